from datetime import timedelta

import pytest

from lms.meetings.models import GroupMembership
from lms.meetings.queries.polls import clashes_with, people_missing, polls_for_group, tally_for
from tests.factories.meetings import InviteeFactory, MeetingFactory, SupervisionGroupFactory, member_of
from tests.meetings.days import NOW
from tests.meetings.polls import CLOSES, answer, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return SupervisionGroupFactory()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_tally_for_counts_in_four_queries(group, count, django_assert_num_queries):
    members = [member_of(group) for _number in range(count)]
    poll = ask(group, options=10)
    for member in members[1:]:
        answer(poll, member, *["yes"] * 5, *["no"] * 5)

    with django_assert_num_queries(4):
        tally = tally_for(poll, members[0])

    assert (tally.missing, len(tally.members)) == (1, count)
    assert (tally.options[0].yes, tally.options[9].no) == (count - 1, count - 1)


def test_tally_for_leaves_those_out_who_have_left(group):
    member, gone = member_of(group), member_of(group)
    poll = ask(group)
    answer(poll, gone, "yes", "yes")
    GroupMembership.objects.filter(enrolment__person=gone).update(end_date=NOW.date() - timedelta(days=1))

    tally = tally_for(poll, member)

    assert [line.place.enrolment.person for line in tally.members] == [member]
    assert [row.yes for row in tally.options] == [0, 0]
    assert tally.options[0].nobody_can


def test_people_missing_also_counts_one_who_has_answered_some(group):
    member, poll = member_of(group), ask(group)
    answer(poll, member, "yes", "yes")
    assert not people_missing(poll).exists()

    poll.options.create(starts_at=NOW + timedelta(days=40), ends_at=NOW + timedelta(days=41))

    assert list(people_missing(poll)) == [member]


@pytest.mark.parametrize(
    ("hours", "answered", "is_clash"),
    [(0, "accepted", True), (5, "none", True), (6, "none", False), (-6, "none", False), (0, "declined", False)],
)
def test_clashes_with_names_a_day_of_ones_own_at_the_same_time(group, hours, answered, is_clash):
    member = member_of(group)
    option = ask(group).options.first()
    start = option.starts_at + timedelta(hours=hours)
    meeting = MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=6))
    InviteeFactory(meeting=meeting, person=member, answer=answered)

    assert clashes_with(member, [option]) == ({option.pk: meeting} if is_clash else {})


def test_clashes_with_needs_no_dates(group):
    assert clashes_with(member_of(group), []) == {}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_polls_for_group_lists_the_latest_first_in_four_queries(group, count, django_assert_num_queries):
    member = member_of(group)
    polls = [ask(group, title=f"Nr. {number}", now=NOW + timedelta(minutes=number)) for number in range(count)]
    answer(polls[0], member, "yes", "no")

    with django_assert_num_queries(4):
        lines = polls_for_group(group, NOW)

    assert [line.poll for line in lines] == polls[::-1]
    assert (lines[-1].answered, lines[-1].asked, lines[-1].is_open) == (1, 1, True)
    assert not polls_for_group(group, CLOSES)[0].is_open
