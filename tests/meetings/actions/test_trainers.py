import pytest

from lms.meetings import actions
from lms.meetings.models import Invitee
from lms.notifications.models import Notice
from lms.people.models import Role
from tests.factories.meetings import SupervisionGroupFactory
from tests.factories.people import person_with
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(standing):
    return schedule(standing.cohort)


def trainer_for(meeting):
    return person_with(Role.INSTRUCTOR, meeting.cohort.course.provider)


def set_trainers(meeting, *trainers):
    return actions.set_trainers(meeting=meeting, trainers=trainers, by=None, now=NOW)


def leading(meeting):
    return {invitee.person for invitee in meeting.invitees.active().filter(role=Invitee.Role.TRAINER)}


def notices():
    return sorted(Notice.objects.values_list("occasion", "recipient"))


def test_exactly_the_named_lead_and_only_those_who_come_or_go_hear_of_it(meeting):
    stays, goes, comes = (trainer_for(meeting) for _ in range(3))
    set_trainers(meeting, stays, goes)
    Notice.objects.all().delete()

    set_trainers(meeting, stays, comes)

    assert leading(meeting) == {stays, comes}
    assert notices() == [("meetings.invited", comes.pk), ("meetings.uninvited", goes.pk)]


def test_the_same_trainers_again_change_nothing(meeting):
    trainer = trainer_for(meeting)
    set_trainers(meeting, trainer)
    Notice.objects.all().delete()

    again = set_trainers(meeting, trainer)

    assert notices() == []
    assert again.highest_sequence == 0


def test_one_who_comes_back_gets_a_higher_number_than_the_cancellation(meeting):
    trainer = trainer_for(meeting)
    set_trainers(meeting, trainer)
    set_trainers(meeting)
    gone = meeting.invitees.get(person=trainer).sequence

    set_trainers(meeting, trainer)

    assert meeting.invitees.get(person=trainer).sequence > gone


def test_the_groups_supervisor_stays(standing):
    group = SupervisionGroupFactory(cohort=standing.cohort)
    meeting = schedule(standing.cohort, group=group)

    set_trainers(meeting)

    assert leading(meeting) == {group.supervisor}


def test_a_kursist_on_the_day_is_left_alone(meeting, standing):
    set_trainers(meeting)

    assert meeting.invitees.active().filter(person=standing.owner, role=Invitee.Role.KURSIST).exists()


def test_nobody_leads_what_is_called_off(meeting):
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    with pytest.raises(actions.MeetingIsCancelled):
        set_trainers(meeting, trainer_for(meeting))

    assert leading(meeting) == set()
