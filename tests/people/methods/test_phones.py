import pytest

from lms.people.methods.phones import phones_in
from lms.people.methods.plain import readings
from tests.people.methods import contact_corpus, cpr_corpus

MANY = 2_000
# Never looked at while the patterns were made.
UNSEEN = 20_270_114


def found(text):
    plain = list(readings(text))[-1]
    return [plain.text[start:end] for start, end in phones_in(plain)]


@pytest.mark.parametrize(
    "number",
    [
        "20 30 40 50",
        "20.30.40.50",
        "20-30-40-50",
        "20304050",
        "2030 4050",
        "12 34 56 78",
        "+4520304050",
        "+45 20 30 40 50",
        "+45 2030 4050",
        "(+45) 20304050",
        "004520304050",
        "+46 70 123 45 67",
        "+49 30 1234567",
    ],
)
def test_a_number_is_found_as_danes_write_it(number):
    assert found(f"Du kan få {number}, hvis du vil.")[:1] == [number]


@pytest.mark.parametrize(
    "text", ["tlf. 12345678", "Tlf20304050", "mobil 20 304 050", "ring på 203 040 50", "Telefon: 20 30 4050"]
)
def test_a_word_for_a_phone_makes_any_eight_digits_one(text):
    assert len(found(text)) == 1


def test_our_own_code_may_stand_without_its_sign():
    assert found("45 20 30 40 50") == ["20 30 40 50"]


@pytest.mark.parametrize(
    "text",
    [
        "27.11.2026 kl. 9.30",
        "20261127 og 27112026",
        "2026-11-27",
        "20300000 kr.",
        "kr. 20 304 050",
        "2.030.405 kr.",
        "8700 Horsens",
        "2024 2025",
        "2024-2025",
        "Kommunekode 0615 0791",
        "CVR 20304050",
        "CVR-nr. 20 30 40 50",
        "ordre 20304050",
        "4571 2030 4050 6070",
        "20 30 40 50 60",
        "7, 20 30 40 50.60",
        "12345678",
        "1234 5678",
        "12-34-56-78",
        "2030-4050",
        "20 30.40 50",
        "a20304050",
        "20304050b",
        "3,20304050",
        "https://example.dk/20304050",
        "20304050-60",
        "00 20 30 40 50 60",
        "",
    ],
)
def test_other_figures_are_none(text):
    assert found(text) == []


def test_a_day_that_never_was_may_be_a_number():
    assert found("20261399") == ["20261399"]


def test_nearly_every_number_of_an_unseen_corpus_is_found():
    missed = [text for text in contact_corpus.phones(UNSEEN, MANY) if not found(text)]

    assert len(missed) / MANY <= 0.01, missed


def test_harmless_figures_hardly_ever_cause_an_alarm():
    texts = contact_corpus.negatives(UNSEEN, MANY) + [
        text
        for text in cpr_corpus.negatives(UNSEEN, MANY)
        if not text.startswith(("Ring", "Tlf", "Telefon", "Mobil", "Svensk"))
    ]
    alarms = [text for text in texts if found(text)]

    assert len(alarms) / len(texts) <= 0.005, alarms
