import pytest

from lms.people.methods.addresses import addresses_in, emails_in
from lms.people.methods.plain import readings
from tests.people.methods import contact_corpus, cpr_corpus

MANY = 2_000
# Never looked at while the patterns were made.
UNSEEN = 20_270_114


def found(text, what=addresses_in):
    plain = next(readings(text))
    return [text[start:end] for start, end in what(plain)]


@pytest.mark.parametrize(
    "address",
    [
        "Nørregade 12",
        "Nørregade 12, 3. tv",
        "Østervangsvej 4",
        "Vestergade 3 B, st. th",
        "Skolevej 7, 8700 Horsens",
        "Skolevej 7\n8700 Horsens",
        "Gl. Kongevej 100",
        "H.C. Andersens Boulevard 12",
        "Store Torv 3",
        "Jens Baggesens Vej 14",
        "Ved Skoven 5",
        "Solsikken 4, 8700 Horsens",
        "Solsikken 4, 2. th",
        "Egelund 12, st., 8700 Horsens",
        "Lindevej 2, 2000 Frederiksberg",
        "nørregade 12, 3. tv",
    ],
)
def test_an_address_is_found_to_its_end(address):
    assert found(f"Så sagde jeg {address}, og det var det.") == [address]


@pytest.mark.parametrize("text", ["Hun bor på nørregade 12", "Adresse: Rosenhaven 4", "flyttet til Egelund 12"])
def test_a_word_for_living_somewhere_makes_a_doubtful_street_one(text):
    assert len(found(text)) == 1


def test_what_follows_a_street_and_is_a_year_is_no_town():
    assert found("Skolevej 7, 2026 Forår") == ["Skolevej 7"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi er på vej 2 skridt frem",
        "8700 Horsens",
        "Vejen 12",
        "Vej 12",
        "Motorvej 3",
        "Genvej 2: spørg",
        "Praktikpladsen 3 dage om ugen",
        "Projekthaven 12",
        "Skolevej 3 dage om ugen",
        "Skolevej 3.5",
        "Egelund 12",
        "nørregade 12",
        "Lokale 12, 2. sal",
        "Dag 4, 8700 Horsens",
        "Den 12 mødtes vi",
        "vi gik 12, 8700 Horsens",
        "gaden 12",
        "",
    ],
)
def test_plain_words_and_numbers_are_none(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["a@b.dk", "mette.holm+x@kommune.example.dk"])
def test_an_e_mail_address_is_found(text):
    assert found(f"Skriv til {text}.", emails_in) == [text]


@pytest.mark.parametrize("text", ["@mette", "a@b", "a @ b.dk", "kl. 9@10"])
def test_a_lone_at_is_no_address(text):
    assert found(text, emails_in) == []


def test_nearly_every_address_of_an_unseen_corpus_is_found():
    missed = [text for text in contact_corpus.addresses(UNSEEN, MANY) if not found(text)]

    assert len(missed) / MANY <= 0.01, missed


def test_harmless_texts_hardly_ever_cause_an_alarm():
    texts = contact_corpus.negatives(UNSEEN, MANY) + cpr_corpus.negatives(UNSEEN, MANY)
    alarms = [text for text in texts if found(text)]

    assert len(alarms) / len(texts) <= 0.005, alarms
