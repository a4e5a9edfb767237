"""The test button: a real round, told in plain words. Nobody is signed in by it, and nothing is linked."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.methods.problems import Problem
from lms.people.models import AuditEntry, WorkAccount
from tests.people.identity.test_oidc import traces
from tests.people.identity.workplaces import EMAIL, REFRESH, SECRET, Workplace, finish, invited_to, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def untested(provider):
    """Set up, but neither tested nor on."""
    workplace = Workplace(provider, "entra", is_active=False)
    WorkAccount.objects.update(tested_at=None)
    workplace.employ("mette", email="mette@viborg.dk", name="Mette L.", oid="oid-of-mette", preferred_username="x@y.z")
    return workplace


def press(client, workplace):
    """What the button answers with: a page that leads on, or the way to the report."""
    client.force_login(workplace.by)
    return client.post(reverse("people:try_work_account", args=[workplace.account.public_id]))


def reported(client, workplace, login="mette"):
    """Press the button, sign in there, and read the report."""
    page = press(client, workplace)
    if page.status_code == 302:
        return client.get(page.url).content.decode()
    address = REFRESH.search(page.content.decode())[1].replace("&amp;", "&")
    answer = client.get(path_of(workplace.provider.sign_in(address, login)))
    return client.get(answer.url).content.decode()


def reported_saml(client, workplace, login="mette"):
    page = press(client, workplace)
    address = REFRESH.search(page.content.decode())[1].replace("&amp;", "&")
    return client.get(finish(client, *workplace.provider.answer_saml(address, login)).url).content.decode()


def test_report_says_what_came_back_and_what_would_have_happened(client, untested):
    invited_to(untested.organisation)
    before = traces()

    page = reported(client, untested)

    told = (
        "Forbindelsen virker",
        "mette@viborg.dk",
        "Mette L.",
        "oid-of-mette",
        "preferred_username",
        "Mette Lindholm",
    )
    assert [word in page for word in told] == [True] * 6
    assert traces() == before
    assert client.session["_auth_user_id"] == str(untested.by.pk)


def test_test_that_went_well_opens_the_way_to_switching_on(client, untested):
    reported(client, untested)

    untested.switch(is_active=True)

    assert WorkAccount.objects.get().is_active is True
    assert AuditEntry.objects.filter(verb="tried_work_account").last().actor_id == untested.by.pk


def test_without_a_test_nothing_is_switched_on(untested):
    with pytest.raises(actions.NotTried):
        untested.switch(is_active=True)

    assert WorkAccount.objects.get().is_active is False


def test_after_a_change_it_must_be_tested_again(client, untested):
    reported(client, untested)
    actions.change_work_account(
        account=untested.account, domains=["viborg.dk"], secret="en anden", by=untested.by, now=timezone.now()
    )

    with pytest.raises(actions.NotTried):
        untested.switch(is_active=True)


def test_tester_whom_nobody_invited_has_still_shown_that_the_connection_works(client, untested):
    page = reported(client, untested)

    assert ("Forbindelsen virker" in page, str(Problem.NOT_INVITED.label) in page) == (True, True)


def test_somebody_linked_already_would_have_been_signed_in(client, untested):
    person = invited_to(untested.organisation, accepted_at=timezone.now()).person
    SocialAccount.objects.create(user=person, provider=untested.account.key, uid="oid-of-mette")

    assert "Mette Lindholm ville være blevet logget ind." in reported(client, untested)


TWISTS = {
    "another issuer in the discovery document": Problem.WRONG_ISSUER,
    "an inner address in the discovery document": Problem.ADDRESS_REFUSED,
    "answers without end": Problem.UNREACHABLE,
    "leads elsewhere": Problem.ADDRESS_REFUSED,
    "out of order": Problem.UNREACHABLE,
    "for another site": Problem.WRONG_AUDIENCE,
    "from another issuer": Problem.WRONG_ISSUER,
    "signed with another key": Problem.BAD_SIGNATURE,
    "not signed": Problem.NOT_SIGNED,
    "expired": Problem.CLOCK,
    "not yet valid": Problem.CLOCK,
}


@pytest.mark.parametrize("twist", TWISTS)
def test_what_is_wrong_is_said_in_words(client, untested, twist):
    untested.provider.change(twist=twist)

    page = reported(client, untested)

    assert ("Ingen ville være kommet ind" in page, str(TWISTS[twist].label) in page) == (True, True)
    assert WorkAccount.objects.get().tested_at is None


def test_nobody_at_the_address_is_said_in_words(client, untested):
    change(untested, issuer="http://127.0.0.1:9")

    assert str(Problem.UNREACHABLE.label) in reported(client, untested)


def change(workplace, secret="", **connection):
    workplace.account = actions.change_work_account(
        account=workplace.account,
        domains=["viborg.dk"],
        secret=secret,
        by=workplace.by,
        now=timezone.now(),
        **connection,
    )


def test_wrong_secret_is_said_in_words(client, untested):
    change(untested, secret=f"{SECRET} forkert")

    assert str(Problem.CODE_REFUSED.label) in reported(client, untested)


@pytest.mark.parametrize(
    ("claims", "problem"),
    [
        ({"oid": "o", "preferred_username": "mette@viborg.dk"}, Problem.NO_EMAIL),
        ({"email": "mette@viborg.dk"}, Problem.NO_SUBJECT),
        ({"oid": "o", "email": "mette@andet.dk"}, Problem.OTHER_DOMAIN),
        ({"oid": "o", "email": "mette@viborg.dk", "email_verified": False}, Problem.EMAIL_DENIED),
    ],
)
def test_claim_that_is_missing_is_named(client, untested, claims, problem):
    untested.employ("mette", **claims)

    page = reported(client, untested)

    assert ("Ingen ville være kommet ind" in page, str(problem.label) in page) == (True, True)
    assert WorkAccount.objects.get().tested_at is None


def test_claim_with_another_name_is_found_when_it_is_written_down(client, untested):
    change(untested, email_claim="preferred_username")
    untested.employ("mette", oid="o", preferred_username="mette@viborg.dk")

    assert "Forbindelsen virker" in reported(client, untested)


def test_closed_account_there_is_said_in_words(client, untested):
    assert str(Problem.REFUSED_THERE.label) in reported(client, untested, login="ukendt")


@pytest.mark.parametrize(
    ("twist", "problem"),
    [
        ("for another site", Problem.WRONG_AUDIENCE),
        ("expired", Problem.CLOCK),
        ("signed with another key", Problem.BAD_SIGNATURE),
    ],
)
def test_saml_is_tested_the_same_way(client, adfs, twist, problem):
    adfs.provider.change(twist=twist)

    assert str(problem.label) in reported_saml(client, adfs)


def test_saml_round_that_goes_well_is_told(client, adfs):
    page = reported_saml(client, adfs)

    assert [word in page for word in ("Forbindelsen virker", "mark-of-mette", EMAIL)] == [True] * 3


def test_report_is_shown_to_nobody_else(client, untested):
    reported(client, untested)
    other = client.__class__()
    other.force_login(untested.by)

    response = other.get(reverse("people:work_account_trial", args=[untested.account.public_id]))

    assert response.url == reverse("people:work_account", args=[untested.account.public_id])


def test_connection_that_is_not_filled_in_is_not_tested(client, untested):
    account = actions.set_up_work_account(
        organisation=untested.organisation, shape="saml", by=untested.by, now=timezone.now()
    )
    client.force_login(untested.by)

    response = client.post(reverse("people:try_work_account", args=[account.public_id]), follow=True)

    assert "Udfyld forbindelsen først." in response.content.decode()
