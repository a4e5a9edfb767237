"""What allauth and Wagtail change for somebody stands in our log, in numbers and fixed words."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_removed
from django.urls import reverse
from wagtail.log_actions import log, registry
from wagtail.models import Page

from lms.people.methods.verbs import EDITING
from lms.people.models import AuditEntry
from lms.people.receivers.audit import EDITING_VERBS
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.programme import ThemeFactory

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "en anden lang adgangskode 43"


@pytest.fixture
def person():
    return UserFactory(name="Mette Lindholm", email="mette@viborg.example")


@pytest.fixture
def known(person):
    """Somebody whose address is known to be theirs."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def noted() -> list[tuple]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor_id", "object_type", "object_id"))


def of_person(verb, person):
    return (verb, person.pk, "people.user", person.pk)


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_signing_in_is_noted_and_a_wrong_password_by_nobody(client, known):
    client.post(reverse("account_login"), {"login": known.email, "password": "forkert"})
    sign_in(client, known)

    assert noted() == [("failed_sign_in", None, "people.user", known.pk), of_person("signed_in", known)]


def test_wrong_password_for_an_address_nobody_has_is_noted_without_it(client):
    client.post(reverse("account_login"), {"login": "ukendt@example.org", "password": "forkert"})

    assert noted() == [("failed_sign_in", None, "people.user", None)]


def test_new_password_is_noted(client, known):
    sign_in(client, known)
    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    client.post(reverse("account_change_password"), words)

    assert noted()[1:] == [of_person("changed_password", known)]


@pytest.mark.parametrize(
    ("signal", "verb"),
    [
        (authenticator_added, "added_sign_in_method"),
        (authenticator_removed, "removed_sign_in_method"),
        (authenticator_reset, "renewed_recovery_codes"),
        (email_changed, "changed_email"),
    ],
)
def test_change_allauth_tells_of_is_noted(rf, person, signal, verb):
    request = rf.post("/")
    request.user, request.session = person, {}

    signal.send(sender=Authenticator, request=request, user=person, authenticator=Authenticator(user=person))

    assert noted() == [of_person(verb, person)]


def test_confirmed_address_is_noted(person):
    email_confirmed.send(sender=EmailAddress, request=None, email_address=EmailAddress(user=person))

    assert noted() == [of_person("confirmed_email", person)]


def test_work_account_taken_off_by_allauth_is_noted(person):
    social_account_removed.send(sender=SocialAccount, request=None, socialaccount=SocialAccount(user=person))

    assert noted() == [of_person("removed_work_link", person)]


def test_renamed_passkey_is_noted_and_a_used_one_is_not(person):
    key = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Nøgle"})
    codes = Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    key.record_usage()
    codes.save()
    assert noted() == []

    key.save()

    assert noted() == [of_person("renamed_passkey", person)]


def test_page_edited_in_the_admin_is_noted_without_its_title(person):
    page = Page.objects.get(depth=1)

    log(instance=page, action="wagtail.edit", user=person)
    log(instance=page, action="wagtail.workflow.approve", user=person)

    assert noted() == [
        ("edited_content", person.pk, "wagtailcore.page", page.pk),
        ("judged_content", person.pk, "wagtailcore.page", page.pk),
    ]


def test_word_edited_in_the_admin_is_noted_without_its_name(person):
    theme = ThemeFactory()

    log(instance=theme, action="wagtail.create", user=person)

    assert noted() == [("created_content", person.pk, "programme.theme", theme.pk)]


def test_page_nobody_edited_is_nobodys_deed():
    log(instance=Page.objects.get(depth=1), action="wagtail.publish")

    assert noted() == []


def test_whatever_wagtail_does_has_a_word(person, report):
    actions = [action for action, _label in registry.get_choices()]

    for action in actions:
        log(instance=Page.objects.get(depth=1), action=action, user=person)

    report(f"{len(actions)} acts of Wagtail's admin, each with a word")
    assert len(noted()) == len(actions) > 30
    assert {verb for verb, *_rest in noted()} == EDITING.keys() == set(EDITING_VERBS.values())
