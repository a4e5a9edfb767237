from datetime import UTC, datetime, timedelta

import pytest

from courses import actions
from courses.models import MakeUp
from lms.meetings.models import Cohort, Invitee, Meeting
from lms.notifications.models import Notice
from tests.courses.makeups import ask, day_of, fill, make_story
from tests.factories.courses import day_page
from tests.factories.meetings import AttendanceFactory, InviteeFactory, kursist_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TO_COORDINATORS, AGREED, REFUSED = "courses.make_up_asked", "courses.make_up_agreed", "courses.make_up_refused"


@pytest.fixture
def story():
    return make_story(NOW)


def told(occasion):
    return list(Notice.objects.filter(occasion=occasion).values_list("recipient", flat=True))


def coming(meeting):
    return list(meeting.invitees.active().values_list("person", "role", "makes_up_for"))


def agree(make_up, story):
    return actions.agree_make_up(make_up=make_up, by=story.coordinator, now=NOW)


def test_ask_make_up_asks_the_coordinators_once(story):
    assert ask(story, NOW) == ask(story, NOW)

    assert MakeUp.objects.get().state == MakeUp.State.ASKED
    assert told(TO_COORDINATORS) == [story.coordinator.pk]


def test_ask_make_up_on_a_full_day_waits_and_asks_nobody():
    story = make_story(NOW, capacity=1)
    fill(story)

    assert ask(story, NOW).state == MakeUp.State.WAITING
    assert told(TO_COORDINATORS) == []


def test_ask_make_up_for_a_second_day_is_refused_until_the_first_is_withdrawn(story):
    first = ask(story, NOW)
    story.instead = day_of(
        Cohort.objects.create(course=story.home.course, name="Nord", slug="nord"), story.page, NOW + timedelta(days=20)
    ).meeting

    with pytest.raises(actions.AskedAlready):
        ask(story, NOW)
    actions.withdraw_make_up(make_up=first, by=story.kursist, now=NOW)

    assert ask(story, NOW).instead == story.instead


def test_a_request_whose_day_has_gone_by_stands_in_nobodys_way(story):
    first = ask(story, NOW)
    later = day_of(
        Cohort.objects.create(course=story.home.course, name="Nord", slug="nord"), story.page, NOW + timedelta(days=40)
    ).meeting

    second = actions.ask_make_up(missed=story.missed, instead=later, by=story.kursist, now=NOW + timedelta(days=11))

    first.refresh_from_db()
    assert (first.state, second.state) == (MakeUp.State.WITHDRAWN, MakeUp.State.ASKED)


def test_ask_make_up_needs_a_day_that_was_missed():
    story = make_story(NOW, declined=False)

    with pytest.raises(actions.NotMissed):
        ask(story, NOW)
    AttendanceFactory(meeting=story.missed, enrolment=story.kursist.enrolments.get(), state="absent")

    assert ask(story, NOW).state == MakeUp.State.ASKED


@pytest.mark.parametrize("state", [Cohort.State.DRAFT, Cohort.State.CANCELLED])
def test_ask_make_up_only_reaches_cohorts_that_are_held(story, state):
    Cohort.objects.filter(pk=story.host.pk).update(state=state)

    with pytest.raises(actions.NotMissed):
        ask(story, NOW)


def test_ask_make_up_is_for_the_same_day_alone(story):
    page = day_page(story.page.get_parent(), number=2)
    story.instead = day_of(story.host, page, NOW + timedelta(days=11), number=2).meeting

    with pytest.raises(actions.NotMissed):
        ask(story, NOW)


def test_a_stranger_has_nothing_to_make_up_for(story):
    with pytest.raises(actions.NotMissed):
        ask(story, NOW, by=kursist_in(story.host))


def test_one_coordinators_yes_moves_the_invitation_and_carries_the_day_home(story):
    make_up = agree(ask(story, NOW), story)

    assert (make_up.state, make_up.home_yes_by, make_up.host_yes_by) == ("agreed", story.coordinator, story.coordinator)
    assert coming(story.instead) == [(story.kursist.pk, "guest", story.missed.pk)]
    assert coming(story.missed) == []
    assert told(AGREED) == [story.kursist.pk]


def test_a_yes_to_a_day_that_was_over_leaves_the_past_as_it_is(story):
    Meeting.objects.filter(pk=story.missed.pk).update(
        starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1)
    )
    story.missed.refresh_from_db()

    agree(ask(story, NOW), story)

    assert coming(story.missed) == [(story.kursist.pk, "kursist", None)]
    assert coming(story.instead) == [(story.kursist.pk, "guest", story.missed.pk)]


def test_a_seat_that_has_gone_meanwhile_is_never_given_twice():
    story = make_story(NOW, capacity=1)
    make_up = ask(story, NOW)
    fill(story)

    make_up = agree(make_up, story)

    assert (make_up.state, make_up.host_yes_by) == (MakeUp.State.WAITING, story.coordinator)
    assert story.instead.invitees.active().count() == 1


def test_a_day_called_off_meanwhile_closes_the_request(story):
    make_up = ask(story, NOW)
    Meeting.objects.filter(pk=story.instead.pk).update(state="cancelled")

    assert agree(make_up, story).state == MakeUp.State.WITHDRAWN
    assert coming(story.instead) == []


def test_half_a_yes_waits_for_the_other(story):
    make_up = ask(story, NOW)

    make_up = actions.agree_make_up(make_up=make_up, by=story.kursist, now=NOW)

    assert (make_up.state, make_up.home_yes_by, coming(story.instead)) == (MakeUp.State.ASKED, None, [])


def test_refuse_make_up_tells_why_and_lets_the_kursist_ask_elsewhere(story):
    make_up = actions.refuse_make_up(make_up=ask(story, NOW), reason="Rummet er lille", by=story.coordinator, now=NOW)

    assert (make_up.state, make_up.reason, told(REFUSED)) == ("refused", "Rummet er lille", [story.kursist.pk])
    with pytest.raises(actions.NotOpen):
        agree(make_up, story)
    assert ask(story, NOW).pk != make_up.pk


def test_withdraw_make_up_gives_an_agreed_seat_back_once(story):
    make_up = agree(ask(story, NOW), story)

    for _press in range(2):
        make_up = actions.withdraw_make_up(make_up=make_up, by=story.kursist, now=NOW)

    assert (make_up.state, coming(story.instead)) == (MakeUp.State.WITHDRAWN, [])


def test_a_freed_seat_is_put_before_the_coordinators_for_the_one_who_waited_longest():
    story = make_story(NOW, capacity=1)
    [seat] = fill(story)
    later = kursist_in(story.home)
    InviteeFactory(meeting=story.missed, person=later, answer=Invitee.Answer.DECLINED)
    first, second = ask(story, NOW), ask(story, NOW + timedelta(minutes=1), by=later)

    assert actions.offer_freed_days(now=NOW) == 0
    Invitee.objects.filter(pk=seat.pk).update(answer=Invitee.Answer.DECLINED)
    assert [actions.offer_freed_days(now=NOW), actions.offer_freed_days(now=NOW)] == [1, 0]

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == (MakeUp.State.ASKED, MakeUp.State.WAITING)
    assert told(TO_COORDINATORS) == [story.coordinator.pk]


def test_a_yes_that_lost_its_seat_gets_the_next_one_without_being_asked_again():
    story = make_story(NOW, capacity=1)
    make_up = ask(story, NOW)
    [seat] = fill(story)
    agree(make_up, story)
    seat.delete()

    actions.offer_freed_days(now=NOW)

    make_up.refresh_from_db()
    assert (make_up.state, coming(story.instead)) == ("agreed", [(story.kursist.pk, "guest", story.missed.pk)])
