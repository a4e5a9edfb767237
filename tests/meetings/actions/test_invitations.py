import pytest

from lms.meetings import actions
from lms.meetings.models import Invitee
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import UserFactory
from tests.meetings.days import NOW, notices, schedule

pytestmark = pytest.mark.django_db


def test_invite_guest_asks_somebody_from_outside_once():
    meeting = schedule(CohortFactory())
    guest = UserFactory()

    for _time in range(2):
        invitee = actions.invite_guest(meeting=meeting, person=guest, by=None, now=NOW)

    assert (invitee.role, meeting.invitees.count()) == (Invitee.Role.GUEST, 1)
    assert notices(guest) == [("meetings.invited", meeting.pk, 0)]


def test_invite_guest_leaves_a_kursist_a_kursist():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)

    invitee = actions.invite_guest(meeting=meeting, person=person, by=None, now=NOW)

    assert invitee.role == Invitee.Role.KURSIST


def test_answer_invitation_keeps_answer_and_moment():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    invitee = schedule(cohort).invitees.get(person=person)

    actions.answer_invitation(invitee=invitee, answer="tentative", by=person, now=NOW)

    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_at) == (Invitee.Answer.TENTATIVE, NOW)


def test_answer_invitation_twice_leaves_one_entry():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    invitee = schedule(cohort).invitees.get(person=person)

    for _time in range(2):
        actions.answer_invitation(invitee=invitee, answer="accepted", by=person, now=NOW)

    assert AuditEntry.objects.filter(verb="answer_invitation").count() == 1


def test_answer_invitation_refuses_what_is_no_answer():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    invitee = schedule(cohort).invitees.get(person=person)

    with pytest.raises(ValueError, match="maybe"):
        actions.answer_invitation(invitee=invitee, answer="maybe", by=person, now=NOW)


def test_rotate_calendar_retires_the_number():
    person = UserFactory()

    answers = [actions.rotate_calendar(person=person, seen=0, by=person, now=NOW) for _click in range(2)]

    assert (answers, person.calendar_rotation) == ([True, False], 1)
    assert AuditEntry.objects.get().verb == "rotate_calendar"
