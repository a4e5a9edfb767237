import pytest

from lms.meetings.methods.columns import Columns, HeadingsMissing, find_columns, fold, speakable


def found(*cells):
    return find_columns([(1, list(cells))]).places


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("E-mail", "email"),
        ("email", "email"),
        ("E-post", "email"),
        ("Mailadresse", "email"),
        ("E-mail (arbejde)", "email"),
        ("Medarbejderens e-mailadresse", "email"),
        ("KOMMUNE", "municipality"),
        ("Kommunenavn:", "municipality"),
        ("Kommune-kode", "municipality"),
        ("Navn på kommune", "municipality"),
        ("Municipality", "municipality"),
        ("Stilling", "title"),
        ("Jobtitel", "title"),
        ("Tlf.nr.", "phone"),
        ("Mobil", "phone"),
        ("Telefon / mobil", "phone"),
        ("Fulde navn", "name"),
        ("Navn", "name"),
        ("Kursist", "name"),
        ("Full name", "name"),
        ("Fornavn(e)", "first_name"),
        ("Efternavn", "last_name"),
    ],
)
def test_heading_is_recognised(heading, field):
    other = "E-mail" if field != "email" else "Navn"

    assert found("x", heading, other)[field] == [1]


@pytest.mark.parametrize(
    "heading", ["Leders e-mail", "E-mail på nærmeste leder", "Privat mail", "Faktura-mail til", "Rolle", "CPR-nr.", ""]
)
def test_heading_about_something_else_is_left_alone(heading):
    assert found("Navn", "E-mail", heading) == {"name": [0], "email": [1]}


def test_a_whole_sentence_is_no_heading():
    assert found("Navn", "E-mail", "Skriv her hvis du har en anden mail end ovenfor") == {"name": [0], "email": [1]}


def test_an_exact_heading_wins_over_a_similar_one():
    assert found("Mail til holdet", "Navn", "E-mail")["email"] == [2]


def test_several_columns_may_hold_the_same():
    assert found("Navn", "E-mail", "Kommunekode", "Kommune")["municipality"] == [2, 3]


def test_order_and_extra_columns_do_not_matter():
    assert found("Nr.", "Kommune", "Bemærkning", "E-mail", "Navn") == {"municipality": [1], "email": [3], "name": [4]}


def test_headings_need_not_stand_in_the_first_row():
    rows = [(1, ["Tilmelding til Hold Vest", ""]), (3, ["Udfyldes af lederen", ""]), (5, ["Navn", "E-mail"])]

    assert find_columns(rows) == Columns(5, ("Navn", "E-mail"), {"name": [0], "email": [1]})


@pytest.mark.parametrize(
    "rows", [[], [(1, ["Mette", "mette@viborg.example"])], [(1, ["Navn", "Kommune"])], [(1, ["E-mail", "CPR"])]]
)
def test_headings_missing(rows):
    with pytest.raises(HeadingsMissing):
        find_columns(rows)


def test_headings_far_down_are_not_looked_for():
    rows = [(number, ["x", "y"]) for number in range(1, 21)] + [(21, ["Navn", "E-mail"])]

    with pytest.raises(HeadingsMissing):
        find_columns(rows)


def test_heading_of_is_what_the_file_says():
    columns = find_columns([(1, ["Fornavn", "Efternavn", "Mail 1"])])

    assert [columns.heading_of(name) for name in ("name", "email", "municipality")] == ["Fornavn", "Mail 1", ""]


def test_speakable_never_repeats_what_is_full_of_digits():
    assert speakable("Navn, f.eks. 010190-1234") == ""
    assert speakable("Mail 1") == "Mail 1"


def test_fold_forgets_spelling_and_punctuation():
    assert [fold(text) for text in ("Århus", "AARHUS ", "Lyngby-Taarbæk")] == ["aarhus", "aarhus", "lyngbytaarbaek"]
