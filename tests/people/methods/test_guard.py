import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.methods import guard
from lms.people.methods.guard import Finding, Verdict, rewritten, scan
from lms.people.methods.names import parts_of
from tests.people.methods.cpr_corpus import TODAY, negatives, positives

MANY = 4_000
NAIVE = re.compile(r"\d{6}[- ]?\d{4}")
WRITTEN_SO_THAT_A_PERSON_READS_A_NUMBER = [
    "Borgeren 010190-1234 ringede",
    "010190 1234",
    "010190–1234",
    "010190 - 1234",
    "010190-\n1234",
    "010190\r\n1234",
    "01.01.90-1234",
    "01-01-90-1234",
    "01-01-1990-1234",
    "født 01.01.1990 - 1234",
    "01 01 90 1234",
    "010190/1234",
    "010190_1234",
    "010190:1234",
    "0 1 0 1 9 0 - 1 2 3 4",
    "cpr 0101901234",
    "CPR0101901234",
    "cpr 01 01 90 12 34",
    "cpr 010119901234",
    "cpr 10190-1234",
    "person nr. 0101901234",
    "cpr-nr.: 010190  1234",
    "cpr=010190+1234",
    "0101901238",
    "710190-1234",
    "cpr: 7101901234",
    "010190&nbsp;1234",
    "010190&amp;nbsp;1234",
    "0&#49;0190-1234",
    "<b>010190</b>-1234",
    "<b>010190</b>1234",
    "010190<br>1234",
    '<a href="/x?cpr=010190-1234">her</a>',
    "010190%2D1234",
    "010190%252D1234",
    "010190\\n1234",
    "010190\\u002d1234",
    "010190\\x2d1234",
    "０１０１９０－１２３４",
    "٠١٠١٩٠-١٢٣٤",
    "010190\u200b1234",
    "0\u200b1\u200b0\u200b1\u200b9\u200b0-1234",
    "0̶1̶0190-1234",
    "010190-1234,020280-4321",
    "1;010190-1234;Peter",
    "010190-1234's sag",
    "010190-1234s sag",
    "(010190-1234)",
    "290296-1234",
]
DOUBTFUL = [
    "0101901234",
    "Backup 120326-1430",
    "Mødet 120326-1430 i lokale 2",
    "120326-1430",
    "Ordre 010190-1234",
    "cpr? nej, ordre 010190-1234",
    "Sag 120324-5678",
    "cpr 12-010190-1234",
    "010190 1234 kr",
    "010190 (1234)",
    "010190-1234,5",
    "010190, 1234",
    "12.03.24 4500 borgere mødte op",
    "12.03.24 4500 mødte op",
    "01.01.1990-1995",
    "12.03.2024 - 4500",
    "150324 2300 København S",
    "10190-1234",
    "1234 010190 1234 12",
    "AB-010190-1234",
    "010190-1234-B",
    "konto 0101901238",
    "1234 0101901238",
    "01 01 90 12 38",
]
HARMLESS = [
    "",
    "Hej",
    "010190-9999-12",
    "12-010190-1234",
    "2024-010190-1234",
    "DK5001019012341234",
    "+0101901238",
    "310290-1234",
    "290299-1234",
    "150327-4234",
    "7101901234",
    "550e8400-e29b-41d4-a716-010190123456",
    "01019012-1234-4abc-8def-123456789012",
    "10.1016/010190-1234",
    "5790101901234",
    "01-01-2024 1430",
    "010119901234",
    "0,0101901238",
    "a0101901238f",
    "konto 0101901234",
    "01 01 90 12 34",
    "010 190 1234",
    "01019-01234",
    "½ liter, 2 ½ time",
]


@pytest.mark.parametrize("text", WRITTEN_SO_THAT_A_PERSON_READS_A_NUMBER)
def test_a_personal_number_is_blocked_however_it_is_written(text):
    assert scan(text, today=TODAY).level == "block"


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_may_be_something_else_is_asked_about(text):
    assert scan(text, today=TODAY).level == "ask"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_pass(text):
    assert scan(text, today=TODAY) == Verdict("pass", [])


def test_nearly_all_of_an_unseen_corpus_is_caught():
    missed = [text for text in positives(2026, MANY) if scan(text, today=TODAY).level != "block"]

    assert len(missed) / MANY <= 0.01, missed


def test_harmless_numbers_hardly_ever_cause_an_alarm():
    alarms = [text for text in negatives(1122, MANY) if scan(text, today=TODAY).level == "block"]

    assert len(alarms) / MANY <= 0.005, alarms


def test_the_simple_pattern_fails_the_same_corpus():
    missed = [text for text in positives(2026, MANY) if not NAIVE.search(text)]
    alarms = [text for text in negatives(1122, MANY) if NAIVE.search(text)]

    assert len(missed) / MANY > 0.3
    assert len(alarms) / MANY > 0.1


def test_a_finding_points_at_the_number_as_it_was_written():
    text = "Borger <b>010190</b>&ndash;1234, ordre 020280-4321"

    verdict = scan(text, today=TODAY)

    assert [text[start:end] for start, end in verdict.spans] == ["010190</b>&ndash;1234", "020280-4321"]
    assert verdict.kinds == ["cpr", "cpr_like"]
    assert verdict.level == "block"


def test_a_place_found_in_two_readings_is_told_once_and_at_its_worst():
    verdict = scan("<p>010190-1234</p>", today=TODAY)

    assert verdict.findings == [Finding(3, 14, "cpr")]


def test_a_number_from_tomorrow_passes_until_its_day_comes():
    text = "231126-4123"

    assert scan(text, today=date(2026, 11, 22)).level == "pass"
    assert scan(text, today=date(2026, 11, 23)).level == "block"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "010190-",
        "010190-1234 ",
        "0101901238 ",
        "<a",
        "<!--",
        "&#",
        "&#49;",
        "%31",
        "%25",
        "\\u0031",
        "\u200b1",
        "\n",
        "DK50 ",
        "cpr ",
        "01 01 90 ",
        "-",
        "10.1234/",
        "a1",
    ],
)
def test_hostile_texts_of_200_kilobytes_come_to_an_end(piece):
    text = piece * (200_000 // len(piece))

    assert scan(text, today=TODAY).level in {"block", "ask", "pass"}


@given(st.text(max_size=200))
def test_any_text_gets_a_verdict_whose_places_lie_inside_it(text):
    verdict = scan(text, today=TODAY)

    assert all(0 <= start < end <= len(text) for start, end in verdict.spans)


@given(st.text(alphabet="01249 -.&#%;<>b/x", max_size=60))
def test_texts_of_digits_and_signs_never_break_the_guard(text):
    assert scan(text, today=TODAY).level in {"block", "ask", "pass"}


def test_names_and_e_mail_addresses_are_asked_about_in_cases_alone():
    text = "Skriv til Mette Holm på mette@example.org"

    assert scan(text, today=TODAY) == Verdict("pass", [])
    assert scan(text, today=TODAY, confidential=True).kinds == ["email", "name"]


def test_every_kind_has_its_code_and_the_gravest_decides():
    text = "010190-1234, ordre 020280-4321, tlf. 20 30 40 50, Nørregade 12, a@b.dk og Mette"

    verdict = scan(text, today=TODAY, confidential=True)

    assert (verdict.level, verdict.kinds) == ("block", ["address", "cpr", "cpr_like", "email", "name", "phone"])


def test_a_place_is_told_once_and_as_the_gravest_it_could_be():
    text = "Jens Hansens Vej 12"

    verdict = scan(text, today=TODAY, confidential=True)

    assert verdict.findings == [Finding(0, len(text), "address")]


def test_a_phone_number_hidden_between_signs_nobody_sees_is_found_where_it_stands():
    text = "Ring <b>20&nbsp;30</b> 40\u200b 50!"

    (finding,) = scan(text, today=TODAY).findings

    assert text[finding.start : finding.end] == "20&nbsp;30</b> 40\u200b 50"


WORDS = {kind: f"[{kind}]" for kind in guard.KINDS if kind != "cpr"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring til Mette Holm på 20 30 40 50.", "Ring til [name] på [phone]."),
        ("Hun bor på Nørregade 12, 3. tv, sagde hun", "Hun bor på [address], sagde hun"),
        ("Borger 010190-1234 ringede", "Borger ringede"),
        ("010190-1234 ringede", "ringede"),
        ("En mand (010190-1234) ringede", "En mand ringede"),
        ("Ordre 010190-1234", "Ordre [cpr_like]"),
        ("010190 010190-1234 1234 her", "010190 1234 her"),
        ("intet at se", "intet at se"),
    ],
)
def test_a_text_is_rewritten_with_a_word_for_each_finding(text, expected):
    how = {"today": TODAY, "confidential": True}

    assert rewritten(text, words=WORDS, **how) == expected or scan(expected, today=TODAY).level == "block"
    assert scan(rewritten(text, words=WORDS, **how), **how).level == "pass"


@given(
    st.lists(st.sampled_from(["010190", "-", " ", "1234", "20 30 40 50", "Mette", "(", ")", ". ", "\n"]), max_size=14)
)
def test_nothing_that_must_not_be_stored_is_left_after_rewriting(pieces):
    text = rewritten("".join(pieces), words=WORDS, today=TODAY, confidential=True)

    assert scan(text, today=TODAY).level != "block"


def test_rewriting_ends_even_with_a_word_that_is_a_finding_itself():
    assert rewritten("Borger 010190-1234 her", words={"cpr": "020290-1234"}, today=TODAY) == "Borger 020290-1234 her"


@pytest.mark.parametrize("text", ["tlf. 0101901238", "Ring på mobil: 0101901238", "telefonnummer 0101901238"])
def test_ten_digits_that_are_called_a_phone_number_are_asked_about(text):
    assert scan(text, today=TODAY).level == "ask"


def test_people_of_the_site_come_in_as_data():
    text = "Jeg spurgte Quixada om det"

    assert scan(text, today=TODAY, confidential=True).level == "pass"
    assert scan(text, today=TODAY, confidential=True, names=parts_of(["Bo Quixada"])).kinds == ["name"]


@pytest.mark.parametrize("text", ["Ring til 010190-1234 hvis du er syg", "Tlf. 010190-4321", "sms 010190 1234"])
def test_a_word_for_a_phone_excuses_no_number_of_six_and_four(text):
    assert scan(text, today=TODAY).level == "block"
