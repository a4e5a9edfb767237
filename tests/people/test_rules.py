import pytest

from lms.people.rules import can_sign_in
from tests.factories.people import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db
MOMENT = "2026-11-03T09:00:00Z"


def test_can_sign_in_without_ever_having_been_invited():
    assert can_sign_in(UserFactory()) is True


@pytest.mark.parametrize("fields", [{}, {"cancelled_at": MOMENT}])
def test_cannot_sign_in_before_accepting(fields):
    assert can_sign_in(InvitationFactory(**fields).person) is False


def test_can_sign_in_after_accepting_also_when_invited_again():
    accepted = InvitationFactory(accepted_at=MOMENT)
    InvitationFactory(person=accepted.person)

    assert can_sign_in(accepted.person) is True
