from datetime import timedelta

import pytest

from lms.meetings import queries
from lms.meetings.models import Invitee, Meeting
from lms.meetings.queries import Period
from tests.factories.meetings import CohortFactory, InviteeFactory, MeetingFactory
from tests.factories.people import UserFactory
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
START = NOW + timedelta(days=7)


@pytest.fixture
def cohort():
    return CohortFactory()


def period(start=START, hours=2, **where):
    return Period(start, start + hours * HOUR, **where)


def meeting_in(cohort, start=START, hours=2, **facts):
    return MeetingFactory(cohort=cohort, starts_at=start, ends_at=start + hours * HOUR, **facts)


def found(cohort, periods, people=(), ignoring=()):
    clashes = queries.clashes_for(provider=cohort.course.provider, periods=periods, people=people, ignoring=ignoring)
    return [(clash.meeting, clash.takes_the_room, clash.people, clash.is_elsewhere) for clash in clashes]


def test_the_same_room_at_an_overlapping_time_is_a_clash_however_it_is_written(cohort):
    meeting = meeting_in(cohort, place="Vejle", room="Lokale 2")

    assert found(cohort, [period(place="vejle ", room="lokale  2")]) == [(meeting, True, (), False)]


@pytest.mark.parametrize(
    "where",
    [{"place": "Vejle", "room": "Lokale 3"}, {"place": "Odense", "room": "Lokale 2"}, {"place": "Vejle"}],
    ids=["another room", "another place", "no room named"],
)
def test_another_room_is_none(cohort, where):
    meeting_in(cohort, place="Vejle", room="Lokale 2")

    assert found(cohort, [period(**where)]) == []


def test_two_days_without_a_room_do_not_share_one(cohort):
    meeting_in(cohort, place="Vejle", room="")

    assert found(cohort, [period(place="Vejle", room="")]) == []


def test_a_room_of_the_same_name_at_another_provider_is_another_room(cohort):
    meeting_in(CohortFactory(), place="Vejle", room="Lokale 2")

    assert found(cohort, [period(place="Vejle", room="Lokale 2")]) == []


@pytest.mark.parametrize("role", Invitee.Role.values)
def test_one_who_is_to_be_elsewhere_clashes_in_every_role(cohort, role):
    person = InviteeFactory(meeting=(meeting := meeting_in(cohort)), role=role).person

    assert found(cohort, [period(START + HOUR)], [person, UserFactory()]) == [(meeting, False, (person,), False)]


def test_a_day_at_another_provider_is_marked_so_that_its_title_is_not_shown(cohort):
    person = InviteeFactory(meeting=(meeting := meeting_in(CohortFactory()))).person

    assert found(cohort, [period()], [person]) == [(meeting, False, (person,), True)]


@pytest.mark.parametrize("fields", [{"answer": "declined"}, {"is_removed": True}], ids=["declined", "taken off"])
def test_one_who_does_not_come_is_free(cohort, fields):
    person = InviteeFactory(meeting=meeting_in(cohort), **fields).person

    assert found(cohort, [period()], [person]) == []


def test_a_cancelled_day_takes_nothing(cohort):
    meeting = meeting_in(cohort, place="Vejle", room="1", state=Meeting.State.CANCELLED)
    person = InviteeFactory(meeting=meeting).person

    assert found(cohort, [period(place="Vejle", room="1")], [person]) == []


@pytest.mark.parametrize("start", [START - 2 * HOUR, START + 2 * HOUR], ids=["just before", "just after"])
def test_one_that_ends_as_the_other_begins_is_no_clash(cohort, start):
    person = InviteeFactory(meeting=meeting_in(cohort, start, place="Vejle", room="1")).person

    assert found(cohort, [period(place="Vejle", room="1")], [person]) == []


def test_what_lies_between_two_proposed_days_clashes_with_neither(cohort):
    person = InviteeFactory(meeting=meeting_in(cohort, START + timedelta(days=1))).person

    assert found(cohort, [period(), period(START + timedelta(days=2))], [person]) == []


def test_the_day_that_is_being_moved_does_not_clash_with_itself(cohort):
    meeting = meeting_in(cohort, place="Vejle", room="1")

    assert found(cohort, [period(place="Vejle", room="1")], ignoring=[meeting.pk]) == []


def test_nothing_proposed_asks_nothing(cohort, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.clashes_for(provider=cohort.course.provider, periods=[]) == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_clashes_are_found_in_two_queries(cohort, django_assert_num_queries, count):
    starts = [START + timedelta(days=day) for day in range(count)]
    people = [InviteeFactory(meeting=meeting_in(cohort, start, place="Vejle", room="1")).person for start in starts]
    provider = cohort.course.provider

    with django_assert_num_queries(2):
        clashes = queries.clashes_for(
            provider=provider, periods=[period(start, place="Vejle", room="1") for start in starts], people=people
        )

    assert [clash.people for clash in clashes] == [(person,) for person in people]
