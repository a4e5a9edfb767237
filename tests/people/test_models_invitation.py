from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from lms.people.models import Invitation, Role
from lms.people.models.invitation import LIFETIME
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


def test_token_leads_back_to_its_invitation():
    invitation = InvitationFactory()

    assert Invitation.objects.with_token(invitation.token) == invitation


def test_token_stands_nowhere_in_the_database():
    invitation = InvitationFactory()

    stored = Invitation.objects.values().get(pk=invitation.pk)

    assert [value for value in stored.values() if invitation.token in str(value)] == []


def test_token_of_an_earlier_rotation_leads_nowhere():
    invitation = InvitationFactory()
    old = invitation.token
    invitation.rotation += 1
    invitation.save()

    assert Invitation.objects.with_token(old) is None
    assert Invitation.objects.with_token(invitation.token) == invitation


@pytest.mark.parametrize(
    "token", ["", "x", "ny", "0" * 64, "æ" * 64, "0" * 31, "../../konto/", "a" * 5000, "\x00" * 64]
)
def test_token_we_never_wrote_leads_nowhere(token):
    InvitationFactory()

    assert Invitation.objects.with_token(token) is None


def test_token_needs_its_own_proof():
    one, other = InvitationFactory.create_batch(2)

    assert Invitation.objects.with_token(one.token[:32] + other.token[32:]) is None
    assert Invitation.objects.with_token(one.token[:-1]) is None
    assert Invitation.objects.with_token(one.token + "0") is None


def test_token_depends_on_the_secret_key(settings):
    invitation = InvitationFactory()
    before = invitation.token
    settings.SECRET_KEY = "another"

    assert invitation.token != before


def test_invitation_is_open_for_fourteen_days():
    invitation = InvitationFactory(created_at=NOW)

    assert invitation.is_open(NOW + LIFETIME - timedelta(seconds=1)) is True
    assert invitation.is_open(NOW + LIFETIME) is False


@pytest.mark.parametrize("field", ["accepted_at", "cancelled_at"])
def test_answered_invitation_is_neither_open_nor_waiting(field):
    invitation = InvitationFactory(created_at=NOW, **{field: NOW})

    assert (invitation.is_open(NOW), invitation.is_waiting) == (False, False)
    assert list(Invitation.objects.waiting()) == []
    assert list(Invitation.objects.open(NOW)) == []


def test_waiting_counts_those_whose_link_ran_out():
    invitation = InvitationFactory(created_at=NOW - 2 * LIFETIME)

    assert list(Invitation.objects.waiting()) == [invitation]
    assert list(Invitation.objects.open(NOW)) == []


def test_database_refuses_two_waiting_invitations_for_one_person():
    person = UserFactory()
    InvitationFactory(person=person)

    with pytest.raises(IntegrityError, match="invitation"):
        InvitationFactory(person=person)


def test_visible_to_a_manager_are_the_own_municipality_s():
    viborg, hjoerring = MunicipalityFactory.create_batch(2)
    own = InvitationFactory(organisation=viborg)
    InvitationFactory(organisation=hjoerring)

    assert list(Invitation.objects.visible_to(person_with(Role.LOCAL_MANAGER, viborg))) == [own]


def test_visible_to_a_colleague_or_stranger_is_nothing():
    viborg = MunicipalityFactory()
    InvitationFactory(organisation=viborg)

    assert list(Invitation.objects.visible_to(person_with(Role.JOB_CONSULTANT, viborg))) == []
    assert list(Invitation.objects.visible_to(person_with(Role.LOCAL_MANAGER))) == []


def test_visible_to_a_provider_are_those_it_sent_and_to_the_agency_all():
    coordinator = person_with(Role.PROVIDER_COORDINATOR)
    own = InvitationFactory(invited_by=coordinator)
    other = InvitationFactory(invited_by=person_with(Role.PROVIDER_COORDINATOR))

    assert list(Invitation.objects.visible_to(coordinator)) == [own]
    assert set(Invitation.objects.visible_to(person_with(Role.PROGRAMME_MANAGER))) == {own, other}
