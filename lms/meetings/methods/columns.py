"""Which column of a list of people holds what, however the headings are written."""

import re
from dataclasses import dataclass, field

FIELDS = ("name", "email", "municipality", "title", "phone")
HEADINGS_WITHIN = 20
MOST_DIGITS = 4
LONGEST_HEADING = 60
# Most telling first: "Navn på kommune" is a municipality, "Mail på medarbejder" is an address.
WORDS = {
    "email": (
        "email mail epost emailadresse mailadresse epostadresse arbejdsmail arbejdsemail tjenestemail "
        "emailaddress mailaddress workemail"
    ),
    "municipality": (
        "kommune kommunen kommunenavn kommunekode kommunenr kommunenummer arbejdskommune "
        "municipality municipalityname municipalitycode"
    ),
    "phone": (
        "telefon telefonnr telefonnummer tlf tlfnr tlfnummer mobil mobilnr mobilnummer mobiltelefon mobiltlf "
        "direkte phone phonenumber mobile telephone"
    ),
    "title": "titel stilling stillingsbetegnelse jobtitel funktion title jobtitle position",
    "first_name": "fornavn fornavne firstname givenname forename",
    "last_name": "efternavn efternavne lastname surname familyname",
    "name": (
        "navn fuldenavn fuldtnavn heltnavn medarbejder medarbejdernavn medarbejdere kursist kursister kursistnavn "
        "deltager deltagernavn jobformidler for-ogefternavn name fullname participant"
    ),
}
ALIASES = {alias.replace("-", ""): name for name, aliases in WORDS.items() for alias in aliases.split()}
# A column about somebody else is none of ours.
OF_OTHERS = {"leder", "leders", "lederens", "chef", "chefs", "naermeste", "manager", "managers", "privat", "faktura"}
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})


class HeadingsMissing(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No row says which column holds the names and which the addresses."""

    code = "headings_missing"


@dataclass(frozen=True)
class Columns:
    """Where each field stands. Several columns may hold the same one: the first that is filled counts."""

    heading_row: int
    headings: tuple[str, ...]
    places: dict[str, list[int]] = field(default_factory=dict)

    def heading_of(self, name: str) -> str:
        """The heading as the person who made the file knows it."""
        places = self.places.get(name) or (self.places.get("first_name") if name == "name" else None)
        return speakable(self.headings[places[0]]) if places else ""


def speakable(heading: str) -> str:
    """A heading to repeat to people; what is full of digits is none, and might be what must not be kept."""
    return "" if sum(sign.isdigit() for sign in heading) > MOST_DIGITS else heading[:LONGEST_HEADING]


def fold(text: str) -> str:
    """Letters and digits only, æøå written out, so that spelling and punctuation do not matter."""
    return re.sub(r"[^a-z0-9]", "", text.casefold().translate(LETTERS))


def find_columns(rows: list[tuple[int, list[str]]]) -> Columns:
    """The row that looks most like headings, among the first ones.

    :raises HeadingsMissing: when none names both an address and something else.
    """
    candidates = [_columns(number, cells) for number, cells in rows[:HEADINGS_WITHIN]]
    best = max(candidates, key=lambda columns: len(columns.places), default=None)
    if best is None or "email" not in best.places or len(best.places) < 2:  # noqa: PLR2004 - an address and one more
        raise HeadingsMissing
    return best


def _columns(number, cells):
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for place, cell in enumerate(cells):
        if name := ALIASES.get(fold(cell)):
            exact.setdefault(name, []).append(place)
        elif name := _by_words(cell):
            loose.setdefault(name, []).append(place)
    return Columns(number, tuple(cells), {**loose, **exact})


def _by_words(cell):
    """What a longer heading such as "E-mail (arbejde)" is about; nothing for whole sentences and other people's."""
    words = [fold(word) for word in re.split(r"[\s/(),:;.*]+", cell) if word]
    if len(words) > 6 or OF_OTHERS.intersection(words):  # noqa: PLR2004 - a sentence is no heading
        return None
    found = {ALIASES[word] for word in words if word in ALIASES}
    return next((name for name in WORDS if name in found), None)
