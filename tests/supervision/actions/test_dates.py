import pytest

from lms.meetings import actions as meetings
from lms.meetings.models import Meeting
from supervision import actions
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.factories.supervision import SupervisionDayFactory
from tests.meetings.days import NOW
from tests.meetings.polls import answer, ask, coordinator_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return SupervisionGroupFactory()


@pytest.fixture
def choose(group):
    member = member_of(group)
    poll = ask(group)
    answer(poll, member, "yes", "no")
    coordinator = coordinator_of(group)

    def send(number=0, **how):
        option = poll.options.all()[number]
        how = {"title": "Håb", "by": coordinator, "now": NOW} | how
        return actions.choose_date(poll=poll, option=option, **how)

    send.poll, send.member = poll, member
    return send


def test_choose_date_makes_the_groups_next_day_and_invites(group, choose):
    SupervisionDayFactory(group=group, number=3)

    choose(place="Vejle")

    day = group.days.get(number=4)
    option = choose.poll.options.first()
    assert (day.title, day.meeting.title, day.meeting.place) == ("Håb", "Supervisionsdag 4: Håb", "Vejle")
    assert (day.meeting.starts_at, day.meeting.ends_at) == (option.starts_at, option.ends_at)
    invited = day.meeting.invitees.values_list("person", "role")
    assert set(invited) == {(choose.member.pk, "kursist"), (group.supervisor_id, "trainer")}


def test_choose_date_twice_makes_one_day(group, choose):
    choose()
    choose(title="Noget andet")

    assert (group.days.count(), Meeting.objects.count()) == (1, 1)


def test_choose_date_refuses_another_one_afterwards(group, choose):
    choose()

    with pytest.raises(meetings.PollClosed):
        choose(1, is_meant=True)

    assert group.days.count() == 1


def test_choose_date_makes_nothing_of_a_date_nobody_can_come_to(group, choose):
    with pytest.raises(meetings.NobodyCanCome):
        choose(1)

    choose.poll.refresh_from_db()
    assert (group.days.count(), choose.poll.closed_at) == (0, None)
