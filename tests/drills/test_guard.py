"""The writing guard's figures: what it catches, where it cries wolf, and what a hostile text costs."""

import json
import random
import re
import time
from pathlib import Path

import pytest
from django.conf import settings

from lms.people.methods.guard import scan
from lms.people.methods.names import parts_of
from tests.drills.conftest import FULL
from tests.people.methods import contact_corpus, cpr_corpus
from tests.people.methods.cpr_corpus import TODAY

pytestmark = pytest.mark.drill

MANY = 20_000 if FULL else 1_000
# Drawn once for these figures and never looked into while the patterns were made.
SEED = 19_770_402
KINDS = {
    "CPR-like strings": ({"cpr"}, cpr_corpus.positives, cpr_corpus.negatives),
    "phone numbers": ({"phone"}, contact_corpus.phones, contact_corpus.negatives),
    "addresses": ({"address"}, contact_corpus.addresses, contact_corpus.negatives),
}
CONTENT = json.loads(Path(settings.BASE_DIR, "lms/home/management/demo/data/demo_content.json").read_text())
CASES = {case["id"]: case for case in CONTENT["cases"]}
STAFF = parts_of(person["name"] for person in CONTENT["people"])
# Names as people use them, common and less so: written down here, not taken from the guard's list.
NAMES = [
    "Mette", "Jens", "Fatima", "Kasper", "Birthe", "Mohammed", "Anne-Marie", "Søren", "Sidsel", "Lærke", "Kim", "Ole",
    "Gitte Sørensen", "Hassan Ali", "Pernille Bach", "Bo Lund", "Jørgen Kjær", "Aisha Hussein", "Torben Vestergaard",
    "Emma Ravn", "Ilse", "Hjalte", "Xenia", "Fru Jensen", "Thorkild", "Rasmus Toft", "Karen Winther",
]  # fmt: skip
# So many times each case is written with names drawn anew.
DRAWS = 40
PERSON = re.compile(r"(?<=[a-zæøå,] )(?:han|hun|borgeren|ham|hende)\b")


@pytest.mark.parametrize("what", KINDS)
def test_nearly_all_is_caught_and_hardly_anything_else(what, report):
    kinds, positives, negatives = KINDS[what]
    missed = [text for text in positives(SEED, MANY) if not kinds & set(scan(text, today=TODAY).kinds)]
    alarms = [text for text in negatives(SEED, MANY) if kinds & set(scan(text, today=TODAY).kinds)]

    caught, cried = 1 - len(missed) / MANY, len(alarms) / MANY
    report(f"{what}: {caught:.2%} of {MANY:,} caught, {cried:.2%} of {MANY:,} harmless texts cause an alarm")
    assert caught >= 0.99, missed
    assert cried <= 0.005, alarms


def names_found(text):
    found = scan(text, today=TODAY, confidential=True, names=STAFF).findings
    return [text[finding.start : finding.end] for finding in found if finding.kind == "name"]


def text_of(case):
    return "\n".join(value for name, value in case.items() if isinstance(value, str) and name not in {"id", "meta"})


@pytest.mark.parametrize("key", CASES)
def test_names_in_the_cases_of_the_demo(key, report):
    """As they are they hold no name; with one for every »han«, »hun« and »borgeren« inside a sentence they do."""
    text, chance = text_of(CASES[key]), random.Random(key)
    given: list[str] = []

    def name(_match):
        given.append(chance.choice(NAMES))
        return given[-1]

    alarms = names_found(text)
    hits = [hit for _draw in range(DRAWS) for hit in names_found(PERSON.sub(name, text))]
    report(f"{key}: {len(hits)} of {len(given)} names found, {len(alarms)} false alarms in {len(text)} characters")
    assert alarms == []
    # About one in seven of these names stands in no list.
    assert len(hits) >= 0.7 * len(given), sorted(set(given) - set(hits))


SLOW = [
    "1", "1 ", "01", "12 ", "010190-", "010190-1234 ", "0101901238 ", "01 01 90 ", "1234 ", "20304050 ", "20 30 40 50 ",
    "+45 ", "+45", "(+", "00", "+4620", "<a", "<!--", "<a>", "&#", "&#49;", "&amp;", "%31", "%25", "\\u0031", "\u200b1", "\u200b", "\n",
    " ", "-", "(", "DK50 ", "10.1234/", "a@", "a.", "a@b.", "Nørregade ", "Nørregade 12 ", "Gl. ", "vej 1", "Mette ", "M", "M-",
    "cpr ",
]  # fmt: skip
LONG, SHORT = (100_000, 25_000) if FULL else (16_000, 4_000)
# Four times the text takes four times as long; sixteen times would be its square.
STEEPEST = 9
# Under this a clock tells nothing.
FLOOR = 0.02


def seconds(text):
    begun = time.process_time()
    scan(text, today=TODAY, confidential=True, names=STAFF)
    return time.process_time() - begun


def growth(piece):
    """How much longer four times the text takes, at the calmest of three tries, and how long that was."""
    tries = []
    for _try in range(3):
        short, long = (seconds(piece * (length // len(piece))) for length in (SHORT, LONG))
        tries.append((long / max(short, FLOOR), long))
    return min(tries)


def test_no_text_takes_more_than_its_length(report):
    grown = {piece: growth(piece) for piece in SLOW}

    steepest, longest = max(grown, key=lambda piece: grown[piece][0]), max(grown, key=lambda piece: grown[piece][1])
    report(
        f"{len(SLOW)} hostile texts of {LONG // 1000} kB, four times as long as their like: at most "
        f"{grown[steepest][0]:.1f} times the time ({steepest!r}); the longest took {grown[longest][1]:.2f} s of CPU ({longest!r})"
    )
    assert len(SLOW) == 44
    assert {piece: factor for piece, (factor, _time) in grown.items() if factor > STEEPEST} == {}


def test_a_case_of_4000_characters_is_scanned_between_two_keystrokes(report):
    text = "\n".join(text_of(case) for case in CASES.values())[:4_000]
    everybody = STAFF | frozenset(f"navn{number}" for number in range(5_000))

    def once():
        begun = time.process_time()
        scan(text, today=TODAY, confidential=True, names=everybody)
        return time.process_time() - begun

    took = sorted(once() for _try in range(25))
    report(
        f"a case of {len(text)} characters beside {len(everybody)} names: {took[12] * 1000:.1f} ms of CPU, median of 25"
    )
    assert len(text) == 4_000
