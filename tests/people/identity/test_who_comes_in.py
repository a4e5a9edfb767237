"""Who comes in with a work account, who does not, and how long: against a provider that really runs."""

from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.contrib.messages import get_messages
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.models import Membership, User
from lms.people.rules import signed_in_with_strong_factor
from tests.access.asking import PASSING
from tests.factories.people import PASSWORD, MembershipFactory, MunicipalityFactory, UserFactory
from tests.people.identity.test_oidc import told, traces
from tests.people.identity.workplaces import begin, come_back, invited_to, is_signed_in, path_of

pytestmark = pytest.mark.django_db


def content_of(response):
    """What a page says, without the token of its forms."""
    return PASSING.sub("", response.content.decode())


def says_whom_to_ask(response):
    return "koordinatoren for dit hold" in response.content.decode()


def employee(workplace, **fields):
    """Somebody who has an account here with a password, and works there."""
    person = UserFactory(email="mette@viborg.dk", **fields)
    MembershipFactory(person=person, organisation=workplace.organisation)
    return person


def test_somebody_with_an_account_here_is_linked_and_keeps_the_password(client, entra):
    person = employee(entra)

    come_back(client, entra.provider)

    assert client.session["_auth_user_id"] == str(person.pk)
    assert User.objects.get(pk=person.pk).check_password(PASSWORD) is True


def test_nobody_with_the_address_is_made(client, entra):
    before = traces()

    response = come_back(client, entra.provider)

    assert (response.status_code, says_whom_to_ask(response), is_signed_in(client)) == (403, True, False)
    assert traces() == before


def not_of_the_organisation(workplace):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=MunicipalityFactory())


def no_longer_of_the_organisation(workplace):
    employee(workplace)
    Membership.objects.update(end_date=timezone.localdate() - timedelta(days=1))


def with_an_invitation_that_ran_out(workplace):
    invited_to(workplace.organisation, expires_at=timezone.now() - timedelta(hours=1))


def with_an_invitation_taken_back(workplace):
    invited_to(workplace.organisation, cancelled_at=timezone.now())


def invited_by_somebody_else(workplace):
    invitation = invited_to(MunicipalityFactory())
    invitation.person.memberships.all().delete()


def closed_here(workplace):
    employee(workplace, is_active=False)


STRANGERS = [
    not_of_the_organisation,
    no_longer_of_the_organisation,
    with_an_invitation_that_ran_out,
    with_an_invitation_taken_back,
    invited_by_somebody_else,
    closed_here,
]


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda stranger: stranger.__name__)
def test_page_is_the_same_for_everybody_without_a_place_here(client, entra, stranger):
    unknown = content_of(come_back(client, entra.provider))
    stranger(entra)
    before = traces()

    response = come_back(client, entra.provider)

    assert (response.status_code, content_of(response), is_signed_in(client)) == (403, unknown, False)
    assert traces() == before


def test_membership_that_ended_after_linking_refuses_too(client, entra):
    employee(entra)
    come_back(client, entra.provider)
    client.logout()
    Membership.objects.update(end_date=timezone.localdate() - timedelta(days=1))

    response = come_back(client, entra.provider)

    assert (response.status_code, is_signed_in(client)) == (403, False)


CLAIMS = [
    ({"oid": "o", "email": "mette@andet.dk"}, None),
    ({"oid": "o", "preferred_username": "mette@viborg.dk", "upn": "mette@viborg.dk"}, "no-email"),
    ({"oid": "o", "email": "mette@viborg.dk", "email_verified": False}, "email-denied"),
    ({"email": "mette@viborg.dk"}, "no-subject"),
]


@pytest.mark.parametrize(("claims", "problem"), CLAIMS)
def test_address_that_is_missing_foreign_or_unverified_links_nobody(client, entra, claims, problem):
    employee(entra)
    entra.employ("mette", **claims)

    response = come_back(client, entra.provider)

    assert (response.status_code, told(response), is_signed_in(client)) == (403, [problem] if problem else [], False)
    assert SocialAccount.objects.count() == 0


def test_address_is_compared_without_regard_to_case(client, entra, invitation):
    entra.employ("mette", email="Mette@Viborg.DK", oid="o")

    come_back(client, entra.provider)

    assert is_signed_in(client) is True


def test_new_employee_with_an_old_address_does_not_come_in_as_the_old_one(client, entra, invitation):
    come_back(client, entra.provider)
    client.logout()
    entra.employ("ny", email="mette@viborg.dk", oid="oid-of-somebody-new")

    response = come_back(client, entra.provider, login="ny")

    assert (response.status_code, told(response), is_signed_in(client)) == (403, ["another-subject"], False)


def test_new_employee_comes_in_when_an_administrator_removed_the_old_link(client, entra, invitation):
    come_back(client, entra.provider)
    client.logout()
    entra.employ("ny", email="mette@viborg.dk", oid="oid-of-somebody-new")
    actions.remove_link(link=SocialAccount.objects.get(), by=entra.by, now=timezone.now())

    come_back(client, entra.provider, login="ny")

    assert is_signed_in(client) is True


def test_somebody_signed_in_is_never_joined_with_a_foreign_work_account(client, entra, invitation):
    """The answer comes back to a browser where somebody else signed in meanwhile: it stays with its own person."""
    other = UserFactory(email="dorthe@viborg.dk")
    MembershipFactory(person=other, organisation=entra.organisation)
    answer = path_of(entra.provider.sign_in(begin(client), "mette"))
    client.force_login(other)

    client.get(answer)

    assert SocialAccount.objects.get().user == invitation.person
    assert client.session.get("_auth_user_id") in {str(invitation.person_id), None}


def test_closed_account_at_the_organisation_does_not_come_in(client, entra, invitation):
    come_back(client, entra.provider)
    client.logout()
    del entra.people["mette"]
    entra.introduce()

    response = come_back(client, entra.provider)

    assert (response.status_code, told(response), is_signed_in(client)) == (403, ["refused-there"], False)


def test_sign_in_page_answers_the_same_for_known_and_unknown_people_of_the_domain(client, entra, invitation):
    pages = [
        client.post(reverse("people:work_sign_in"), {"email": name}) for name in ("mette@viborg.dk", "x@viborg.dk")
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert [page.content.decode().count("http-equiv") for page in pages] == [1, 1]
    assert [begin(client, name).partition("&")[0] for name in ("mette@viborg.dk", "x@viborg.dk")] == [
        f"{entra.provider.origin}/auth?client_id=fodfaeste"
    ] * 2


@pytest.mark.parametrize(
    "email", ["mette@viborg.dk.evil.org", "mette@evil.org", "viborg.dk@evil.org", "mette@sub.viborg.dk"]
)
def test_other_domains_lead_nowhere(client, entra, email):
    page = client.post(reverse("people:work_sign_in"), {"email": email})

    assert (page.status_code, "http-equiv" in page.content.decode()) == (200, False)
    assert email in page.content.decode()


def test_work_account_that_is_off_leads_nowhere_and_takes_nobody(client, entra, invitation):
    answer = path_of(entra.provider.sign_in(begin(client), "mette"))
    entra.switch(is_active=False)

    page = client.post(reverse("people:work_sign_in"), {"email": "mette@viborg.dk"})
    response = client.get(answer)

    assert "http-equiv" not in page.content.decode()
    assert (response.status_code, told(response), is_signed_in(client)) == (403, ["not-active"], False)


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/hold/", "/hold/"), ("https://evil.org/", "/overblik/"), ("//evil.org", "/overblik/")]
)
def test_one_comes_to_where_one_wanted_to_go_and_never_to_another_site(client, entra, invitation, wanted, reached):
    answer = entra.provider.sign_in(begin(client, next=wanted), "mette")

    assert client.get(path_of(answer)).url == reached


def test_session_gets_a_new_key(client, entra, invitation):
    answer = path_of(entra.provider.sign_in(begin(client), "mette"))
    before = client.session.session_key

    client.get(answer)

    assert client.session.session_key != before


# How long it lasts.


def test_session_ends_at_the_next_request_when_the_work_account_is_switched_off(client, entra, invitation):
    come_back(client, entra.provider)
    assert is_signed_in(client) is True

    entra.switch(is_active=False)

    assert is_signed_in(client) is False


def test_session_ends_with_the_working_day(client, entra, invitation):
    come_back(client, entra.provider)
    moment = timezone.now()

    with time_machine.travel(moment + timedelta(hours=5), tick=False):
        is_signed_in(client)
    with time_machine.travel(moment + timedelta(hours=9, minutes=50), tick=False):
        before = is_signed_in(client)
    with time_machine.travel(moment + timedelta(hours=10, minutes=10), tick=False):
        after = is_signed_in(client)

    assert (before, after) == (True, False)


def test_session_ends_when_the_link_is_removed(client, entra, invitation):
    come_back(client, entra.provider)

    actions.remove_link(link=SocialAccount.objects.get(), by=entra.by, now=timezone.now())

    assert is_signed_in(client) is False


def test_session_begun_with_a_password_goes_on_when_the_work_account_is_switched_off(client, entra):
    employee(entra)
    client.post(reverse("account_login"), {"login": "mette@viborg.dk", "password": PASSWORD})

    entra.switch(is_active=False)

    assert is_signed_in(client) is True


def test_session_begun_with_a_password_keeps_nothing_of_an_earlier_one_from_work(client, entra, invitation):
    come_back(client, entra.provider)
    client.logout()
    other = UserFactory()
    MembershipFactory(person=other)

    client.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})

    assert "work_account" not in client.session


# The only way in.


@pytest.fixture
def required(entra):
    entra.switch(is_active=True, is_required=True)
    return entra


def test_password_lets_nobody_in_where_the_work_account_is_the_only_way(client, required):
    employee(required)

    response = client.post(reverse("account_login"), {"login": "mette@viborg.dk", "password": PASSWORD})

    assert (response.url, is_signed_in(client)) == (reverse("people:work_sign_in"), False)
    assert [str(message) for message in get_messages(response.wsgi_request)] != []


def test_code_by_mail_lets_nobody_in_where_the_work_account_is_the_only_way(client, required):
    employee(required)
    client.post(reverse("account_request_login_code"), {"email": "mette@viborg.dk"})
    code = mail.outbox[-1].body.split("\n\n")[1].strip() if mail.outbox else ""

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert is_signed_in(client) is False


def test_invitation_leads_to_the_work_account_where_it_is_the_only_way(client, required):
    invitation = invited_to(required.organisation)
    address = reverse("people:invitation", args=[invitation.token])

    page = client.get(address).content.decode()
    response = client.post(address, {"password": "en helt ny adgangskode"})

    invitation.refresh_from_db()
    assert ('name="password"' in page, reverse("people:work_sign_in") in page) == (False, True)
    assert (response.url, invitation.accepted_at) == (reverse("people:work_sign_in"), None)


def test_work_account_still_lets_people_in_where_it_is_the_only_way(client, required):
    employee(required)

    come_back(client, required.provider)

    assert is_signed_in(client) is True


def test_people_of_other_domains_and_organisations_keep_their_password(client, required):
    person = UserFactory(email="vikar@bureau.dk")
    MembershipFactory(person=person, organisation=required.organisation)

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert is_signed_in(client) is True


def test_sessions_begun_otherwise_end_when_the_work_account_becomes_the_only_way(client, entra):
    employee(entra)
    client.post(reverse("account_login"), {"login": "mette@viborg.dk", "password": PASSWORD})
    assert is_signed_in(client) is True

    entra.switch(is_active=True, is_required=True)

    assert is_signed_in(client) is False


# Two factors.


def is_strong(client):
    return signed_in_with_strong_factor(client)  # a client has a session, as a request does


@pytest.mark.parametrize(
    ("amr", "vouches", "strong"),
    [([], False, False), (["pwd"], False, False), (["pwd", "mfa"], False, True), ([], True, True)],
)
def test_two_factors_are_the_providers_word_or_the_organisations(client, entra, *, amr, vouches, strong):
    invited_to(entra.organisation)
    entra.switch(is_active=True, counts_as_second_factor=vouches)
    entra.employ("mette", email="mette@viborg.dk", oid="o", amr=amr)

    come_back(client, entra.provider)

    assert is_strong(client) is strong


def test_sign_in_with_a_password_is_never_strong_by_itself(client, entra):
    employee(entra)

    client.post(reverse("account_login"), {"login": "mette@viborg.dk", "password": PASSWORD})

    assert is_strong(client) is False


def test_person_with_an_app_of_codes_gives_one_and_is_then_in_from_work(client, entra):
    """The sign-in waits in the session for the code and is still one from work afterwards."""
    person = employee(entra)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    response = come_back(client, entra.provider)
    assert (response.url, is_signed_in(client)) == (reverse("mfa_authenticate"), False)

    code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("mfa_trust"))

    assert is_signed_in(client) is True
    assert client.session["work_account"]["account"] == entra.account.key


def test_person_cannot_remove_the_link_by_themselves(client, entra, invitation):
    come_back(client, entra.provider)
    link = SocialAccount.objects.get()

    page = client.post(reverse("socialaccount_connections"), {"account": link.pk})

    assert (page.status_code, SocialAccount.objects.count()) == (200, 1)


def test_membership_from_a_day_to_come_is_a_place_here(client, entra):
    person = UserFactory(email="mette@viborg.dk")
    start = date(2999, 1, 1)
    MembershipFactory(person=person, organisation=entra.organisation, start_date=start)

    come_back(client, entra.provider)

    assert is_signed_in(client) is True
