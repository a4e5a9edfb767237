import pytest

from lms.people.methods.privacy.words import Words

KAREN = Words("Karen Winther", ("karen@hus.example", "kw@hus.example"), "+45 51 62 73 84")


@pytest.mark.parametrize(
    "text, left",
    [
        ("Karen Winther sagde det", "X sagde det"),
        ("karen  winther sagde det", "X sagde det"),
        ("Karen\nWinther", "X"),
        ("Skriv til karen@hus.example.", "Skriv til X."),
        ("KW@HUS.EXAMPLE", "X"),
        ("Ring 51627384", "Ring X"),
        ("Ring 51 62 73 84 i dag", "Ring X i dag"),
        ("Ring 5162-7384", "Ring X"),
        ("Vi ses\nMed venlig hilsen Karen", "Vi ses\nX"),
        ("Hilsen, Karen", "X"),
        ("Mvh Karen", "X"),
    ],
)
def test_what_gives_the_person_away_is_taken_out(text, left):
    assert KAREN.taken_out_of(text, "X") == left
    assert KAREN.stand_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Karen er et godt navn",
        "Winther var der",
        "Karen Wintherberg",
        "nkaren@hus.example.dk1",
        "151627384",
        "",
        "516273840",
    ],
)
def test_what_could_be_anybody_stays(text):
    assert Words("Karen Winther", ("karen@hus.example",), "51627384").taken_out_of(text, "X") == text


def test_words_are_taken_out_of_everything_json_is_made_of():
    value = {"who": ["Karen Winther", 7, None, {"mail": "kw@hus.example"}], "yes": True}

    assert KAREN.taken_out_of(value, "X") == {"who": ["X", 7, None, {"mail": "X"}], "yes": True}


def test_somebody_without_a_name_takes_nothing_out():
    assert Words("").taken_out_of("Alt bliver stående", "X") == "Alt bliver stående"


def test_a_number_too_short_to_be_anybodys_stays():
    assert Words("Bo", phone="112").taken_out_of("Ring 112", "X") == "Ring 112"
