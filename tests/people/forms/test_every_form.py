"""No form of ours takes a text past the writing guard."""

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.utils import get_form_class
from django import forms
from django.utils.module_loading import autodiscover_modules

from courses.forms.pages import GuardedPageForm
from lms.people.forms import CPR_MESSAGE, GuardedFormMixin
from lms.people.forms.passkeys import EditPasskeyForm, FirstPasskeyForm, GuardedNameMixin
from tests.factories.people import UserFactory

OURS = {"courses", "lms", "supervision"}
# These guard in their own way, or store nothing that is typed.
GUARDED_OTHERWISE = {
    "courses.forms.pages.GuardedPageForm": "walks through the blocks of a page; tests/courses",
    "lms.people.forms.passkeys.AddPasskeyForm": "guards the name, beside a key no person writes",
    "lms.people.forms.passkeys.EditPasskeyForm": "the same",
    "lms.people.forms.passkeys.FirstPasskeyForm": "the same",
}
STORES_NO_TEXT = {
    "courses.forms.library.LibraryForm": "choices of a filter",
    "courses.forms.own_work.PreparationForm": "ticks",
    "lms.home.forms.SearchForm": "looks up and keeps nothing",
    "lms.meetings.forms.reservations.GiveBackForm": "a number out of a list",
    "lms.people.forms.invitations.PasswordForm": "a password",
}


def forms_of_ours():
    autodiscover_modules("forms", "urls")
    waiting, found = [forms.BaseForm], set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.partition(".")[0] in OURS:
                found.add(kind)
    return found


def test_every_form_is_guarded_or_says_why_not():
    unguarded = {
        f"{kind.__module__}.{kind.__name__}" for kind in forms_of_ours() if not issubclass(kind, GuardedFormMixin)
    }

    # Wagtail makes a form class of its own for each kind of page.
    made = {name for name in unguarded if name.endswith("PageForm")} - {"courses.forms.pages.GuardedPageForm"}
    assert unguarded - made == GUARDED_OTHERWISE.keys() | STORES_NO_TEXT.keys()


def test_forms_wagtail_makes_for_our_pages_are_guarded():
    made = {kind for kind in forms_of_ours() if kind.__name__.endswith("PageForm")}

    assert {kind for kind in made if not issubclass(kind, GuardedPageForm)} == set()


@pytest.mark.parametrize("key", ["add_webauthn", "edit_webauthn"])
def test_allauth_names_keys_with_our_forms(key):
    assert issubclass(get_form_class(app_settings.FORMS, key, forms.Form), GuardedNameMixin)


@pytest.mark.django_db
def test_a_key_may_not_be_named_after_a_citizen():
    form = FirstPasskeyForm({"name": "010190-1234", "credential": "{}"}, user=UserFactory())

    assert form.errors["name"] == [CPR_MESSAGE]


@pytest.mark.parametrize(("name", "is_taken"), [("010190-1234", False), ("min nøgle", True)])
def test_a_new_name_of_a_key_is_guarded_too(name, is_taken):
    key = Authenticator(type=Authenticator.Type.WEBAUTHN, data={"name": "Nøgle"})

    assert EditPasskeyForm({"name": name}, instance=key).is_valid() == is_taken
