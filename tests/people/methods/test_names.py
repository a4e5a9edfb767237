import pytest

from lms.people.methods.danish_names import ALSO_WORDS, COMMON
from lms.people.methods.names import names_in, parts_of
from lms.people.methods.plain import readings

ON_SITE = parts_of(["Thomas Quixada", "Inger Sand", "Anne-Mette Zarfa"])


def found(text, on_site=ON_SITE):
    return [text[start:end] for start, end in names_in(next(readings(text)), on_site)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jeg talte med Mette i går.", ["Mette"]),
        ("Det var Mettes idé, ikke Jens' eller Bo's.", ["Mettes", "Jens", "Bo's"]),
        ("Vi kender Mette Holm og Peter Ukendtnavn.", ["Mette Holm", "Peter Ukendtnavn"]),
        ("Mette Holm ringede.", ["Mette Holm"]),
        ("Det skrev Anne-Marie Holm-Ukendt.", ["Anne-Marie Holm-Ukendt"]),
        ("Spørg bl.a. Fatima og fru Jensen.", ["Fatima", "Jensen"]),
        ("Jeg spurgte hr. Nielsen.", ["Nielsen"]),
        ("Det er METTE, der kommer.", ["METTE"]),
    ],
)
def test_common_names_are_found_inside_a_sentence(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Kirsten ringede.",
        "Hej. Kirsten ringede.",
        "»Kirsten ringede«",
        "Hej\n- Kirsten ringede",
        "Så: Kirsten",
        "Hans mor er syg.",
    ],
)
def test_at_the_beginning_of_a_sentence_a_common_name_proves_nothing(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["Quixada ringede.", "Hej. Zarfa kom.", "Jeg så Quixada.", "Det er Quixadas idé."])
def test_a_name_of_the_site_is_found_anywhere(text):
    assert len(found(text)) == 1


def test_a_name_of_the_site_that_is_a_word_too_needs_its_sentence():
    assert found("Sand er gulvet fuldt af.") == []
    assert found("Jeg spurgte Sand om det.") == ["Sand"]
    assert found("Inger Sand kom.") == ["Inger Sand"]


@pytest.mark.parametrize(
    "text",
    [
        "mette og peter kom",
        "Vi var i Viborg og Horsens, og IPS er godt.",
        "Region Midtjylland og Jobcenter Vest svarede",
        "Fredagsmailen kom i November",
        "",
    ],
)
def test_other_words_are_no_names(text):
    assert found(text) == []


def test_parts_of_names_are_single_words_of_two_letters_at_least():
    assert parts_of(["Anne-Mette von Å", "Bo 2. Holm"]) == {"anne", "mette", "von", "bo", "holm"}


def test_the_list_holds_some_hundred_names_in_small_letters():
    assert 500 < len(COMMON) < 1200
    assert all(name == name.casefold() and name.isalpha() for name in COMMON)
    assert len(ALSO_WORDS - COMMON) < 15
