"""Whoever must use a second factor comes no further without, whichever door they take."""

import re

import pytest
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.urls import reverse

from lms.people.methods import sealing
from lms.people.models import Role
from lms.people.rules import MUST_USE_SECOND_FACTOR, SECOND_FACTOR
from tests.factories.people import PASSWORD, MembershipFactory, MunicipalityFactory, UserFactory, person_with
from tests.people.signing_in import (
    OVERVIEW,
    SECRET,
    answer_about_device,
    begun_ago,
    code_of_app,
    give_app,
    give_code,
    give_passkey,
    is_in,
    with_password,
)

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "en stol ved vinduet 17"
SET_UP = "/min-konto/to-trin/"
OTHERS = sorted(set(Role) - MUST_USE_SECOND_FACTOR)


@pytest.fixture
def line():
    return person_with(Role.PROVIDER_COORDINATOR)


def code_by_mail(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = next(line for line in mail.outbox[-1].body.splitlines() if line and " " not in line and line.isupper())
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def new_password(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link).url
    client.post(form, dict.fromkeys(("password1", "password2"), NEW_PASSWORD))
    return with_password(client, person, NEW_PASSWORD)


DOORS = {"password": with_password, "code by e-mail": code_by_mail, "new password": new_password}


def test_roles_that_must_are_these():
    assert sorted(MUST_USE_SECOND_FACTOR) == [
        "administrator", "editor", "instructor", "local_manager", "moderator", "programme_manager",
        "provider_coordinator", "supervisor",
    ]  # fmt: skip


@pytest.mark.parametrize("role", sorted(MUST_USE_SECOND_FACTOR))
@pytest.mark.parametrize("door", DOORS)
def test_one_factor_alone_leads_to_setting_up_a_second(client, role, door):
    DOORS[door](client, person_with(role))

    answers = [client.get(path) for path in (OVERVIEW, "/min-konto/", "/soeg/", "/hold/", "/admin/")]

    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(302, SET_UP)] * 5


def test_superuser_without_any_role_must_as_well(client):
    with_password(client, UserFactory(is_superuser=True))

    assert client.get(OVERVIEW).url == SET_UP


@pytest.mark.parametrize("role", OTHERS)
def test_everybody_else_comes_in_with_one(client, role):
    with_password(client, person_with(role))

    assert is_in(client) is True


def test_forms_lead_there_as_well(client, line):
    with_password(client, line)

    answer = client.post("/min-konto/", {"name": "Line Hansen", "language": "da"})

    line.refresh_from_db()
    assert (answer.url, line.name == "Line Hansen") == (SET_UP, False)


@pytest.mark.parametrize(
    "name", ["home:front", "home:privacy", "home:contact", "people:second_factor", "account_logout"]
)
def test_public_pages_way_out_and_set_up_stay_open(client, line, name):
    with_password(client, line)

    assert client.get(reverse(name)).status_code == 200


def test_language_can_be_chosen(client, line):
    with_password(client, line)

    assert client.post(reverse("set_language"), {"language": "en", "next": "/"}).url == "/"


def test_page_says_why_and_offers_two_ways(client, line):
    with_password(client, line)

    page = client.get(SET_UP).content.decode()

    ways = (reverse("people:first_passkey"), reverse("mfa_activate_totp"))
    assert [f'href="{way}"' in page for way in ways] == [True, True]
    assert "Du er koordinator her" in page


def test_role_that_comes_in_the_middle_counts_at_the_next_request(client):
    person = person_with(Role.JOB_CONSULTANT)
    with_password(client, person)
    before = is_in(client)

    MembershipFactory(person=person, organisation=MunicipalityFactory(), role=Role.LOCAL_MANAGER)

    assert (before, client.get(OVERVIEW).url) == (True, SET_UP)


def test_role_that_has_ended_asks_for_nothing(client, line):
    with_password(client, line)
    line.memberships.update(end_date="2025-01-01")

    assert is_in(client) is True


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_shows_recovery_codes_and_lets_in(client, line):
    with_password(client, line)
    page = client.get(reverse("mfa_activate_totp"))
    code = code_of_app(page.context["form"].secret)

    answer = client.post(reverse("mfa_activate_totp"), {"code": code})

    codes = client.get(answer.url).context["unused_codes"]
    assert (answer.url, len(codes), is_in(client)) == (reverse("mfa_view_recovery_codes"), 10, True)


@pytest.mark.parametrize("door", DOORS)
def test_whoever_has_an_app_is_asked_for_its_code_at_each_door(client, line, door):
    give_app(line)

    answer = DOORS[door](client, line)

    assert (answer.url, "_auth_user_id" in client.session) == (reverse("mfa_authenticate"), False)
    give_code(client)
    answer_about_device(client, remember=False)
    assert is_in(client) is True


def test_recovery_code_counts_once(client, line):
    code = give_app(line).get_unused_codes()[0]
    with_password(client, line)
    give_code(client, code)
    answer_about_device(client, remember=False)
    first = is_in(client)
    client.logout()

    with_password(client, line)
    give_code(client, code)

    assert (first, "_auth_user_id" in client.session) == (True, False)


def test_half_a_sign_in_of_one_person_counts_for_no_other(client, line):
    """The code of one, then the password of another in the same browser."""
    give_app(line)
    with_password(client, line)
    give_code(client)
    other = person_with(Role.ADMINISTRATOR)
    client.post(reverse("account_logout"))

    with_password(client, other)

    assert (client.session[SECOND_FACTOR], client.get(OVERVIEW).url) == (False, SET_UP)


def test_session_from_before_the_app_is_asked_for_its_code(client, line):
    """Somebody sat here with a password alone, while the person set up an app elsewhere: no other can be set up here."""
    with_password(client, line)
    give_app(line)

    asked = client.get(OVERVIEW)
    set_up = client.get(reverse("mfa_activate_totp"))
    codes = client.get(reverse("mfa_view_recovery_codes"))

    question = reverse("mfa_reauthenticate")
    assert asked.url == f"{question}?next=%2Foverblik%2F"
    assert [answer.url.partition("?")[0] for answer in (set_up, codes)] == [question] * 2
    assert client.post(asked.url, {"code": code_of_app()}).url == OVERVIEW
    assert is_in(client) is True


def test_form_sent_without_the_code_is_not_led_back_to(client, line):
    with_password(client, line)
    give_app(line)

    assert client.post("/min-konto/", {"name": "x"}).url == f"{reverse('mfa_reauthenticate')}?next=%2Foverblik%2F"


def test_whoever_has_a_passkey_alone_is_asked_for_that(client, line, monkeypatch):
    with_password(client, line)
    give_passkey(line)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda _user: {})

    question = client.get(OVERVIEW).url

    assert question == f"{reverse('mfa_reauthenticate_webauthn')}?next=%2Foverblik%2F"
    assert client.get(question).status_code == 200


def test_whoever_has_one_is_not_asked_to_set_it_up(client, line):
    client.force_login(line)
    give_passkey(line)

    assert client.get(SET_UP).url == "/min-konto/"


def test_last_factor_cannot_be_removed_by_whoever_must_have_it(client, line):
    client.force_login(line)
    give_app(line)

    page = client.post(reverse("mfa_deactivate_totp"))

    assert (page.status_code, Authenticator.objects.filter(user=line).count()) == (200, 2)


def test_last_passkey_cannot_either(client, line):
    client.force_login(line)
    key = give_passkey(line)
    url = reverse("mfa_remove_webauthn", args=[key.pk])

    page, answer = client.get(url), client.post(url)

    assert (page.context["can_remove"], answer.url) == (False, reverse("mfa_index"))
    assert Authenticator.objects.get() == key


@pytest.mark.parametrize("role", [Role.PROVIDER_COORDINATOR, Role.JOB_CONSULTANT])
def test_one_of_two_can(client, role):
    person = person_with(role)
    client.force_login(person)
    give_app(person)
    key = give_passkey(person)

    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_whoever_may_do_without_removes_the_last(client):
    person = person_with(Role.JOB_CONSULTANT)
    client.force_login(person)
    give_app(person)

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.count() == 0


def test_just_signed_in_nobody_is_asked_for_the_password_again_and_later_they_are(client, line):
    with_password(client, line)
    soon = client.get(reverse("mfa_activate_totp")).status_code

    begun_ago(client, 11 * 60)

    assert (soon, client.get(reverse("mfa_activate_totp")).url.partition("?")[0]) == (
        200,
        reverse("account_reauthenticate"),
    )


def test_demo_counts_its_password_and_its_buttons_as_second_factor(client, line, settings):
    settings.DEMO = True
    with_password(client, line)
    by_password = is_in(client)
    client.logout()
    line.email = "line.falk@fjordbro.example"
    line.save()

    client.post(reverse("home:demo_sign_in"), {"email": line.email})

    assert (by_password, is_in(client)) == (True, True)


def test_production_never_counts_them(client, line, settings):
    """Its settings refuse the demo (tests/test_settings.py), and without it the button is no door and the password no more than one."""
    settings.DEMO = False
    line.email = "line.falk@fjordbro.example"
    line.save()

    button = client.post(reverse("home:demo_sign_in"), {"email": line.email}).status_code
    with_password(client, line, PASSWORD)

    assert (button, client.session[SECOND_FACTOR], client.get(OVERVIEW).url) == (404, False, SET_UP)


def test_somebody_without_a_role_is_told_why_in_general(client):
    client.force_login(UserFactory())

    page = client.get(SET_UP)

    assert (page.status_code, page.context["roles"]) == (200, [])


def test_secrets_of_apps_and_codes_lie_sealed():
    """Who steals a copy of the database has no second factor. Without our adapter allauth stores them as they are."""
    codes = give_app(person_with(Role.LOCAL_MANAGER))
    stored = dict(Authenticator.objects.values_list("type", "data"))
    kept = stored[Authenticator.Type.TOTP]["secret"], stored[Authenticator.Type.RECOVERY_CODES]["seed"]

    opened = [sealing.unseal(text, keys=settings.SEALING_KEYS, purpose=sealing.SECOND_FACTOR) for text in kept]

    assert (SECRET in str(stored), opened[0], len(codes.get_unused_codes())) == (False, SECRET, 10)
    assert [DefaultMFAAdapter().decrypt(text) for text in kept] == list(kept) != opened
    with pytest.raises(sealing.CannotBeOpened):
        sealing.unseal(kept[0], keys=settings.SEALING_KEYS)
