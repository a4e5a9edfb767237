"""Where in a text somebody's address stands: a street with its house number, or an e-mail address."""

import re
from collections.abc import Iterator

from .cpr_context import TOWNS
from .plain import Plain

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
POST_CODE = r"(?:DK-)?[0-9]{4} [A-ZÆØÅ]"
DOOR = r"(?:tv|th|mf|sal|dør ?[0-9]{1,3})\b\.?(?: (?:tv|th|mf)\b\.?)?"
TOWN = r"(?:DK-)?(?P<code>[0-9]{4}) (?P<name>[A-ZÆØÅ][a-zæøåé]+(?: (?:NØ|NV|SØ|SV|[NSØVCK]|[A-ZÆØÅ][a-zæøå]+)\b)?)"
NUMBERED = re.compile(
    r"(?<!\w)(?P<word>[^\W\d_][\w-]{0,40})\.? {1,2}"
    r"(?P<house>[1-9][0-9]{0,2}(?: ?[A-Z]| ?[a-z](?=,)|[a-z])?)(?![\w%])"
    rf"(?P<floor>,? {{0,2}}(?:(?:[0-9]{{1,2}}\.?|st\.?|kld?\.?),? ?{DOOR}|(?:st|kld?)\.(?=,? ?{POST_CODE})))?"
    rf"(?P<town>(?:,? ?\n ?|, ?| ){TOWN})?"
)
ROAD = re.compile(
    r"(?:vej(?:en)?|gade(?:n)?|allé(?:en)?|alle(?:en)?|stræde(?:t)?|vænge(?:t)?|boulevard(?:en)?|plads(?:en)?|torv(?:et)?|"
    r"park(?:en)?|vang(?:en)?|bakke(?:n)?|have(?:n)?|toft(?:en)?|eng(?:en)?|sti(?:en)?|krog(?:en)?|lund(?:en)?|kaj(?:en)?|"
    r"skrænt(?:en)?|brink(?:en)?|sving(?:et)?|agre|ager(?:en)?|kvarter(?:et)?|gårde?n?e?|passage(?:n)?|promenade(?:n)?)$",
    re.IGNORECASE,
)
# Endings that towns, surnames and institutions have too.
MAYBE_ROAD = re.compile(r"(?:eng|sti|krog|lund|kaj|park|toft|vang|have|haven|gårde?n?e?|agre|ager)$", re.IGNORECASE)
NO_STREET = re.compile(
    r"(?:motor|lande|om|gen|ud|af|på|under|adgangs|indfalds|karriere|uddannelses|job|livs|side|grus|cykel|gang)ve|"
    r"(?:arbejds|praktik|lære|parkerings|lege|bygge|elev|kontor|uddannelses|hvile|lager|raste?|trænings|job|studie)plads|"
    r"(?:børne|projekt|nytte|skole|koloni|fritids|køkken)have|(?:bil|vogn|maskin)park|(?:cykel|gang)sti|(?:tilbage|tids)torv",
    re.IGNORECASE,
)
UNITS = re.compile(
    r"\s?(?:[-–]\s?\d{1,3}\s?)?(?:%|(?:timer?|dage?|uger?|gange?|min|minut\w*|måned\w*|år|km|meter|m|kr|pct|procent|borger\w*|"
    r"personer|deltagere|kursister|kolleg\w*|ansatte|stk|point|skridt|boder|hold|sider|kommuner|mand|mennesker)\b)"
    r"|[.,:-]\d",
    re.IGNORECASE,
)
ROOMS = re.compile(
    r"(?:lokale\w*|rum\w*|bygning|dag|side|gruppe|hold|uge|modul|afsnit|bilag|kapitel|sal)$", re.IGNORECASE
)
LIVES = re.compile(r"(?:\bbo[re]?\w{0,2}\b|adresse|flytte\w*|hjemme|lejlighed|værelse)[\w :,]{0,14}$", re.IGNORECASE)
# First words of a street's name that is more than one word: »Gl. Kongevej«, »H.C. Andersens Boulevard«, »Ved Skoven«.
CAPITALS = re.compile(r"(?:(?<![\w.])(?:[A-ZÆØÅ][\w.'’-]{0,20}) ){1,3}$")
USUAL_BEGINNING = re.compile(
    r"(?<![\w.])(?:(?:[A-ZÆØÅ]\.){1,2}|Gl\.|Ndr\.|Sdr\.|Vstr\.|Skt\.|Sct\.|Ll\.|Chr\.|Sankt|Store|Lille|Nordre|Søndre|Vestre|"
    r"Østre|Gammel|Nørre|Øster|Vester|Sønder|Dronning|Kong|Prins) $"
)
PREPOSITION = re.compile(r"(?<![\w.])(?:Ved|Bag|Over|Langs|Mellem|Under) $")
LOOK_BACK = 60


def emails_in(plain: Plain) -> Iterator[tuple[int, int]]:
    for match in EMAIL.finditer(plain.text):
        yield match.span()


def addresses_in(plain: Plain) -> Iterator[tuple[int, int]]:
    """A street with a house number, with floor and town where they follow; never a town alone."""
    for match in NUMBERED.finditer(plain.text):
        before = plain.text[max(0, match.start() - LOOK_BACK) : match.start()]
        if _is_address(match, before, plain.text[match.end("house") : match.end("house") + 20]):
            yield match.start() - _beginning(match["word"], before), _end(match)


def _is_address(match, before, after):
    word, is_capital = match["word"], match["word"][0].isupper()
    if ROOMS.search(word):
        return False
    if match["floor"] or _has_town(match):
        return is_capital or ROAD.search(word) is not None
    if UNITS.match(after):
        return False
    is_sure = LIVES.search(before) is not None
    if _is_road(word, before):
        return is_sure or (is_capital and MAYBE_ROAD.search(word) is None)
    return is_capital and PREPOSITION.search(before) is not None


def _is_road(word, before):
    """»Nørregade« is one, »Vej« only with the rest of its name, »omvej« is none."""
    match = ROAD.search(word)
    if match is None:
        return False
    if match.start() == 0:
        return CAPITALS.search(before) is not None
    return NO_STREET.match(word) is None


def _has_town(match):
    """A year is no post code, unless a known town follows."""
    if not match["town"]:
        return False
    return YEAR.fullmatch(match["code"]) is None or TOWNS.match(" " + match["name"]) is not None


def _end(match):
    if _has_town(match):
        return match.end()
    return match.end("floor") if match["floor"] else match.end("house")


def _beginning(word, before):
    """How many signs of the street's name stand before its last word."""
    is_bare = (road := ROAD.search(word)) is not None and road.start() == 0
    more = (CAPITALS if is_bare else USUAL_BEGINNING).search(before) or PREPOSITION.search(before)
    return len(more[0]) if more else 0
