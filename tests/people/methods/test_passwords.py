import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lms.people.methods.passwords import EnoughBesideOurWords


@pytest.mark.parametrize(
    "password",
    [
        "Fodfæste2026!",
        "fodfaeste-2026-12",
        "Jobformidler123",
        "IPS-Supervision-2027",
        "velkommen_kursist",
        "FlereSkalMed3!!!",
    ],
)
def test_words_of_this_site_with_figures_behind_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert [error.code for error in refused.value.error_list] == ["password_of_our_words"]


@pytest.mark.parametrize(
    "password",
    ["jobformidler spiser kage", "en supervision med tolv solsikker", "gulerod-under-broen", "Starfighter ved fjorden"],
)
def test_sentence_in_which_one_of_them_stands_is_taken(password):
    assert validate_password(password) is None


def test_django_can_say_what_it_asks_for():
    assert EnoughBesideOurWords().get_help_text().startswith("Adgangskoden må ikke bestå af")
