from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from lms.notifications.models import Notice
from lms.people import actions
from lms.people.models import AuditEntry, Invitation, Role
from lms.people.models.invitation import LIFETIME
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def notices():
    return sorted(Notice.objects.values_list("occasion", "revision"))


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def invite(person, now=NOW):
    return actions.invite(
        person=person, organisation=MunicipalityFactory(), by=person_with(Role.PROVIDER_COORDINATOR), now=now
    )


def test_invite_writes_the_row_the_notice_and_the_audit_entry_together():
    person = UserFactory(email="mette@viborg.example")

    invitation = invite(person)

    assert (invitation.email, invitation.expires_at, invitation.rotation) == ("mette@viborg.example", NOW + LIFETIME, 0)
    assert notices() == [("people.invited", 0)]
    assert verbs() == ["invited"]


def test_invite_twice_is_one_invitation():
    person = UserFactory()

    assert invite(person) == invite(person, LATER)
    assert notices() == [("people.invited", 0)]


def test_invite_renews_an_invitation_that_ran_out():
    person = UserFactory()
    old = invite(person)

    renewed = invite(person, NOW + LIFETIME)

    assert renewed == old
    assert (renewed.rotation, renewed.expires_at) == (1, NOW + 2 * LIFETIME)
    assert notices() == [("people.invited", 0), ("people.reminded", 1)]


def test_remind_sends_a_new_link_that_retires_the_old_one():
    invitation = InvitationFactory(created_at=NOW)
    old = invitation.token

    fresh = actions.remind(invitation=invitation, by=UserFactory(), now=LATER)

    assert (fresh.rotation, fresh.reminded_at, fresh.expires_at) == (1, LATER, LATER + LIFETIME)
    assert Invitation.objects.with_token(old) is None
    assert notices() == [("people.reminded", 1)]
    assert verbs() == ["reminded"]


def test_remind_from_a_list_that_was_sent_already_changes_nothing():
    invitation = InvitationFactory(created_at=NOW)
    actions.remind(invitation=invitation, by=UserFactory(), now=LATER)

    actions.remind(invitation=invitation, by=UserFactory(), now=LATER)

    assert notices() == [("people.reminded", 1)]


@pytest.mark.parametrize("field", ["accepted_at", "cancelled_at"])
def test_remind_leaves_answered_invitations_alone(field):
    invitation = InvitationFactory(created_at=NOW, **{field: NOW})

    actions.remind(invitation=invitation, by=UserFactory(), now=LATER)

    assert notices() == []
    assert verbs() == []


def test_accept_lets_the_person_in_and_marks_the_address_as_theirs():
    invitation = InvitationFactory(created_at=NOW)

    person = actions.accept(invitation=invitation, password="en helt ny adgangskode", now=LATER)

    assert person.check_password("en helt ny adgangskode") is True
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (person.pk, person.email, True, True)
    ]
    assert verbs() == ["accepted_invitation"]
    assert Invitation.objects.get().accepted_at == LATER


def test_accept_without_a_password_leaves_none_that_works():
    person = actions.accept(invitation=InvitationFactory(created_at=NOW), password=None, now=LATER)

    assert person.has_usable_password() is False


def test_accept_works_once():
    invitation = InvitationFactory(created_at=NOW)
    actions.accept(invitation=invitation, password="en helt ny adgangskode", now=LATER)

    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=invitation, password="en fremmeds adgangskode", now=LATER)

    assert Invitation.objects.get().person.check_password("en helt ny adgangskode") is True


def test_accept_refuses_an_invitation_that_ran_out():
    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=InvitationFactory(created_at=NOW), password="x", now=NOW + LIFETIME)


def test_accept_refuses_a_link_that_was_renewed_while_the_page_was_open():
    invitation = InvitationFactory(created_at=NOW)
    actions.remind(invitation=invitation, by=UserFactory(), now=LATER)

    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=invitation, password="x", now=LATER)


def test_accept_refuses_when_the_account_has_another_address_now():
    invitation = InvitationFactory(created_at=NOW)
    invitation.person.email = "ny@example.org"
    invitation.person.save()

    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=invitation, password="x", now=LATER)


def test_cancel_invitation_closes_the_link():
    invitation = InvitationFactory(created_at=NOW)

    fresh = actions.cancel_invitation(invitation=invitation, by=UserFactory(), now=LATER)

    assert fresh.cancelled_at == LATER
    assert verbs() == ["cancelled_invitation"]
    with pytest.raises(actions.InvitationClosed):
        actions.accept(invitation=invitation, password="x", now=LATER)


def test_cancel_invitation_leaves_what_was_accepted():
    invitation = InvitationFactory(created_at=NOW, accepted_at=NOW)

    fresh = actions.cancel_invitation(invitation=invitation, by=UserFactory(), now=LATER)

    assert fresh.cancelled_at is None
    assert verbs() == []


def test_offer_new_link_reaches_whoever_was_invited_even_long_ago():
    invitation = InvitationFactory(created_at=NOW - 3 * LIFETIME)

    actions.offer_new_link(email=f" {invitation.email.upper()} ", now=NOW)

    invitation.refresh_from_db()
    assert invitation.is_open(NOW) is True
    assert notices() == [("people.reminded", 1)]


def test_offer_new_link_again_and_again_sends_one_mail():
    invitation = InvitationFactory(created_at=NOW - 3 * LIFETIME)

    for minutes in (0, 1, 10, 19):
        actions.offer_new_link(email=invitation.email, now=NOW + timedelta(minutes=minutes))

    assert notices() == [("people.reminded", 1)]


@pytest.mark.parametrize("field", ["accepted_at", "cancelled_at"])
def test_offer_new_link_sends_nothing_to_people_who_need_none(field):
    invitation = InvitationFactory(created_at=NOW - LIFETIME, **{field: NOW})

    actions.offer_new_link(email=invitation.email, now=NOW)
    actions.offer_new_link(email="ukendt@example.org", now=NOW)

    assert notices() == []
