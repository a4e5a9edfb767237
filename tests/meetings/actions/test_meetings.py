from datetime import timedelta

import pytest
from django.db import IntegrityError

from lms.meetings import actions
from lms.meetings.models import Invitee, Meeting
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import UserFactory
from tests.meetings.days import HOURS, NOW, notices, schedule

pytestmark = pytest.mark.django_db


def roles(meeting):
    return {(invitee.person, invitee.role) for invitee in meeting.invitees.all()}


def change(meeting, **changes):
    return actions.change_meeting(meeting=meeting, by=None, now=NOW, **changes)


def test_schedule_meeting_invites_the_cohort_and_the_trainers():
    cohort = CohortFactory()
    people = [kursist_in(cohort), kursist_in(cohort)]
    trainer = UserFactory()

    meeting = schedule(cohort, trainers=[trainer])

    assert roles(meeting) == {(trainer, "trainer"), *((person, "kursist") for person in people)}
    assert [notices(person) for person in people] == [[("meetings.invited", meeting.pk, 0)]] * 2


def test_schedule_meeting_of_a_group_invites_its_members_and_its_supervisor():
    group = SupervisionGroupFactory()
    member = member_of(group)
    kursist_in(group.cohort)

    meeting = schedule(group.cohort, group=group, trainers=[group.supervisor])

    assert roles(meeting) == {(member, "kursist"), (group.supervisor, "trainer")}


def test_schedule_meeting_in_the_past_lists_people_but_tells_nobody():
    cohort = CohortFactory()
    person = kursist_in(cohort)

    meeting = schedule(cohort, days=-3)

    assert roles(meeting) == {(person, "kursist")}
    assert notices(person) == []


def test_schedule_meeting_strips_control_characters_and_line_breaks():
    meeting = schedule(CohortFactory(), title="Dag\x00 4\r\nBEGIN:VEVENT", place="Ve\x0bjle\x85", notes="a\x07\r\nb")

    assert (meeting.title, meeting.place, meeting.notes) == ("Dag 4 BEGIN:VEVENT", "Ve jle", "a\nb")


def test_schedule_meeting_keeps_a_first_revision_and_an_entry():
    meeting = schedule(CohortFactory())

    revision = meeting.revisions.get()
    assert (revision.number, revision.title, revision.sequence) == (1, meeting.title, 0)
    assert list(AuditEntry.objects.values_list("verb", "object_id")) == [("schedule_meeting", meeting.pk)]


def test_schedule_meeting_refuses_an_end_before_the_start():
    with pytest.raises(IntegrityError):
        schedule(CohortFactory(), ends_at=NOW)


def test_a_new_room_raises_the_revision_alone():
    meeting = schedule(CohortFactory(), room="Bøgen")

    changed = change(meeting, room="Egen, 1. sal")

    assert (changed.room, changed.revision, changed.sequence) == ("Egen, 1. sal", 2, 0)


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_a_new_time_raises_revision_and_sequence(name):
    meeting = schedule(CohortFactory())

    changed = change(meeting, **{name: getattr(meeting, name) + timedelta(hours=1)})

    assert (changed.revision, changed.sequence) == (2, 1)


def test_a_new_time_asks_for_new_answers():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)
    invitee = meeting.invitees.get(person=person)
    actions.answer_invitation(invitee=invitee, answer="accepted", by=person, now=NOW)

    change(meeting, starts_at=meeting.starts_at - timedelta(hours=1))

    invitee.refresh_from_db()
    assert (invitee.answer, invitee.answered_at) == (Invitee.Answer.NONE, None)


def test_a_new_room_keeps_the_answers():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)
    invitee = meeting.invitees.get(person=person)
    actions.answer_invitation(invitee=invitee, answer="declined", by=person, now=NOW)

    change(meeting, room="Egen")

    invitee.refresh_from_db()
    assert invitee.answer == Invitee.Answer.DECLINED


def test_a_change_that_changes_nothing_tells_nobody():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort, room="Bøgen")

    changed = change(meeting, room="Bøgen ", place=meeting.place, starts_at=meeting.starts_at)

    assert (changed.revision, len(notices(person))) == (1, 1)


def test_a_change_of_several_facts_is_one_revision_and_one_notice():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)

    change(meeting, room="Egen", starts_at=meeting.starts_at + HOURS, ends_at=meeting.ends_at + HOURS)

    assert notices(person)[1:] == [("meetings.changed", meeting.pk, 2)]


def test_a_change_does_not_reach_those_who_have_been_taken_off():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)
    actions.withdraw(enrolment=person.enrolments.get(), by=None, now=NOW)

    change(meeting, room="Egen")

    assert [occasion for occasion, *_rest in notices(person)] == ["meetings.invited", "meetings.uninvited"]


def test_a_change_based_on_an_older_revision_is_refused():
    meeting = schedule(CohortFactory())
    change(meeting, room="Egen")

    with pytest.raises(actions.ChangedMeanwhile):
        change(meeting, place="Aarhus", based_on=1)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.revision) == ("Vejle", 2)


def test_only_facts_can_be_changed():
    meeting = schedule(CohortFactory())

    with pytest.raises(TypeError):
        change(meeting, uid="another")


def test_a_cancelled_meeting_is_not_changed_any_more():
    meeting = actions.cancel_meeting(meeting=schedule(CohortFactory()), by=None, now=NOW)

    with pytest.raises(actions.MeetingIsCancelled):
        change(meeting, room="Egen")


def test_cancel_meeting_takes_the_next_number_and_tells_everybody():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)

    cancelled = actions.cancel_meeting(meeting=meeting, by=person, now=NOW)

    assert (cancelled.state, cancelled.revision, cancelled.sequence) == (Meeting.State.CANCELLED, 2, 1)
    assert notices(person)[1:] == [("meetings.cancelled", meeting.pk, 2)]


def test_cancel_meeting_twice_is_one_cancellation():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)

    for _time in range(2):
        actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    meeting.refresh_from_db()
    assert (meeting.revision, len(notices(person))) == (2, 2)


def test_cancel_meeting_that_is_over_tells_nobody():
    cohort = CohortFactory()
    person = kursist_in(cohort)

    actions.cancel_meeting(meeting=schedule(cohort, days=-3), by=None, now=NOW)

    assert notices(person) == []


def test_a_number_taken_by_one_person_is_not_used_for_all():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)
    actions.withdraw(enrolment=person.enrolments.get(), by=None, now=NOW)

    moved = change(meeting, starts_at=meeting.starts_at - HOURS)

    assert (meeting.invitees.get(person=person).personal_sequence, moved.sequence) == (1, 2)
