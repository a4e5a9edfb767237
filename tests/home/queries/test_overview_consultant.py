"""A job consultant's overview: what to do next, the next day, the round, the group and the community."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from lms.home.queries import overview_for
from lms.meetings.models import Enrolment, Invitee
from lms.people.models import Role
from supervision.models import NextStep
from tests.factories.courses import TeachingDayFactory, TrialFactory, course_page, full_day_page
from tests.factories.forum import TriedFactory, consultant_in, shared_by
from tests.factories.meetings import (
    CohortFactory,
    InviteeFactory,
    MeetingFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import MembershipFactory, person_with
from tests.factories.supervision import CaseFactory, NextStepFactory, SupervisionMeetingFactory, day_from_now

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def group():
    return SupervisionGroupFactory(cohort=CohortFactory(name="Vest"), name="Vest 1")


@pytest.fixture
def mette(group):
    return member_of(group, name="Mette Lindholm")


def teaching_day(person, starts_at, number=1):
    """A day of the person's cohort, the person invited."""
    cohort = person.enrolments.get().cohort
    page = full_day_page(_page_of(cohort.course), number=number, title="Metoden")
    meeting = MeetingFactory(cohort=cohort, title="Metoden", starts_at=starts_at)
    InviteeFactory(meeting=meeting, person=person)
    return TeachingDayFactory(cohort=cohort, number=number, page=page, meeting=meeting)


def _page_of(course):
    return getattr(course, "page", None) or course_page(course)


def supervision_day(person, now, days, number=1):
    group = person.enrolments.get().group_memberships.get().group
    day = day_from_now(now, days, group=group, number=number, title="Når det går i stå")
    InviteeFactory(meeting=day.meeting, person=person)
    return day


def titles(shown):
    return [task.title for task in [shown["task"], *shown["todos"]] if task]


SHARE = "Share something others can use"
CASE = "Write a draft of a case"
STEP = "Tell what came of your next step"
TOLD = "Tell how your trial went"


def test_somebody_new_sees_an_overview_without_dates(now):
    shown = overview_for(kursist_in(CohortFactory(name="Vest")), now)

    assert (shown["meeting"], shown["group"], shown["cohort"]) == (None, None, "Vest")
    assert titles(shown) == [SHARE]
    assert list(shown["discussions"]) == []
    assert [step["state"] for step in shown["steps"]] == ["here", "next", "next", "next", "next"]


def test_somebody_without_a_cohort_has_an_overview_too(now):
    shown = overview_for(consultant_in(), now)

    assert (shown["cohort"], shown["meeting"], titles(shown)) == (None, None, [SHARE])


def test_the_next_day_is_the_first_that_is_not_over(mette, now):
    teaching_day(mette, now - 30 * DAY, number=1)
    today = teaching_day(mette, now - timedelta(hours=1), number=2)
    teaching_day(mette, now + 30 * DAY, number=3)

    meeting = overview_for(mette, now)["meeting"]

    assert (meeting.meeting, meeting.title) == (today.meeting, "Metoden")
    assert meeting.url == today.get_absolute_url()


def test_the_next_day_says_what_one_has_answered(mette, now):
    day = teaching_day(mette, now + DAY)
    day.meeting.invitees.update(answer=Invitee.Answer.DECLINED)

    assert overview_for(mette, now)["meeting"].answer == Invitee.Answer.DECLINED


def test_a_cancelled_day_is_not_the_next(mette, now):
    cancelled = teaching_day(mette, now + DAY, number=1)
    coming = supervision_day(mette, now, 5)
    cancelled.meeting.state = "cancelled"
    cancelled.meeting.save()

    meeting = overview_for(mette, now)["meeting"]

    assert (meeting.meeting, meeting.title) == (coming.meeting, coming.meeting.title)


def test_a_day_one_was_taken_off_is_not_the_next(mette, now):
    teaching_day(mette, now + DAY).meeting.invitees.update(is_removed=True)

    assert overview_for(mette, now)["meeting"] is None


def test_another_groups_day_is_nobodys_next(mette, group, now):
    day_from_now(now, 3, group=SupervisionGroupFactory(cohort=group.cohort))

    assert overview_for(mette, now)["meeting"] is None


def test_a_guest_is_led_to_the_meeting_and_never_asked_for_a_case(now):
    guest = consultant_in()
    day = day_from_now(now, 3)
    InviteeFactory(meeting=day.meeting, person=guest, role=Invitee.Role.GUEST)

    shown = overview_for(guest, now)

    assert shown["meeting"].url == f"/moede/{day.meeting.pk}/"
    assert shown["meeting"].title == day.meeting.title
    assert titles(shown) == [SHARE]


def test_a_guest_day_does_not_move_one_along_the_round(mette, now):
    teaching_day(mette, now + DAY)
    guest_at = MeetingFactory(starts_at=now - 3 * DAY)
    InviteeFactory(meeting=guest_at, person=mette, role=Invitee.Role.GUEST)

    step = overview_for(mette, now)["steps"][0]

    assert step["note"].startswith("Day 1 of 1")


def test_everything_there_is_to_do_comes_in_order(mette, now):
    day = teaching_day(mette, now + 3 * DAY)
    TrialFactory(teaching_day=day, person=mette, intention="Spørge først")
    supervision_day(mette, now, 20, number=2)
    held = supervision_day(mette, now, -10)
    NextStepFactory(day=held, person=mette)

    shown = overview_for(mette, now)

    assert titles(shown) == [TOLD, "Prepare for day 1", CASE, STEP]
    assert shown["task"].text.startswith("You wanted to: Spørge først. ")


def test_preparation_is_asked_for_within_a_fortnight(mette, now):
    teaching_day(mette, now + 15 * DAY)

    assert titles(overview_for(mette, now)) == [SHARE]


def test_a_trial_that_has_been_told_asks_no_more(mette, now):
    TrialFactory(teaching_day=teaching_day(mette, now - DAY), person=mette, what_happened="Det gik.")

    shown = overview_for(mette, now)

    assert titles(shown) == [SHARE]
    assert shown["steps"][1]["state"] == "done"


def test_somebody_elses_trial_is_not_asked_of_one(mette, group, now):
    TrialFactory(teaching_day=teaching_day(mette, now - DAY), person=member_of(group))

    assert titles(overview_for(mette, now)) == [SHARE]


def test_a_case_is_asked_for_until_there_is_one(mette, now):
    day = supervision_day(mette, now, 30)
    asked = titles(overview_for(mette, now))
    CaseFactory(day=day, author=mette)

    assert asked == [CASE, SHARE]
    assert titles(overview_for(mette, now)) == [SHARE]


def test_a_colleagues_case_is_not_ones_own(mette, group, now):
    CaseFactory(day=supervision_day(mette, now, 30), author=member_of(group), brought=True)

    assert titles(overview_for(mette, now)) == [CASE, SHARE]


def test_a_next_step_is_asked_after_until_it_is_told(mette, now):
    step = NextStepFactory(day=supervision_day(mette, now, -10), person=mette, text="Ringe til Karen")
    asked = overview_for(mette, now)["task"]
    NextStep.objects.filter(pk=step.pk).update(status=NextStep.Status.TRIED)

    assert (asked.title, asked.text) == (STEP, "Ringe til Karen")
    assert titles(overview_for(mette, now)) == [SHARE]


def test_a_next_step_of_a_group_one_has_left_asks_no_more(mette, now):
    NextStepFactory(day=supervision_day(mette, now, -10), person=mette)
    mette.enrolments.get().group_memberships.update(end_date=now.date() - DAY)

    assert titles(overview_for(mette, now)) == [SHARE]


def test_the_own_group_is_shown_with_its_people_of_today(mette, group, now):
    colleague = member_of(group, name="Rasmus Toft")
    left = member_of(group, name="Jesper Vang")
    left.enrolments.get().group_memberships.update(end_date=now.date() - DAY)
    member_of(SupervisionGroupFactory(cohort=group.cohort), name="Emil Storgaard")

    shown = overview_for(mette, now)["group"]

    assert shown["group"] == group
    assert [row.enrolment.person for row in shown["memberships"]] == [mette, colleague]


def test_one_who_has_withdrawn_has_neither_cohort_nor_group(mette, now):
    teaching_day(mette, now - DAY)
    mette.enrolments.update(state=Enrolment.State.WITHDRAWN)

    shown = overview_for(mette, now)

    assert (shown["cohort"], shown["group"], shown["meeting"]) == (None, None, None)


def test_what_is_new_is_by_others_and_the_newest_first(mette, now):
    shared_by(mette, "Min egen")
    stranger = consultant_in()
    shared = [shared_by(stranger, f"Nr {n}", now=now - (9 - n) * DAY) for n in range(6)]
    shared_by(stranger, "Kladde", is_draft=True)

    assert list(overview_for(mette, now)["discussions"]) == shared[:1:-1]


def test_the_round_counts_what_others_made_of_what_one_shared(mette, now):
    practice = shared_by(mette, "Fredage", kind="practice")
    TriedFactory(discussion=practice, person=mette)
    alone = overview_for(mette, now)["steps"]
    TriedFactory(discussion=practice)

    assert [step["state"] for step in alone[3:]] == ["done", "next"]
    assert [step["state"] for step in overview_for(mette, now)["steps"][3:]] == ["done", "done"]


def test_drafts_and_strangers_practices_do_not_count_on_the_round(mette, now):
    shared_by(mette, kind="practice", is_draft=True)
    TriedFactory(discussion=shared_by(consultant_in(), kind="practice"))

    assert [step["state"] for step in overview_for(mette, now)["steps"][3:]] == ["next", "next"]


def test_a_consultant_who_also_leads_sees_own_days_only(mette, now):
    """A manager sees colleagues' days elsewhere; they are no part of one's own round."""
    municipality = mette.enrolments.get().municipality
    MembershipFactory(person=mette, organisation=municipality, role=Role.LOCAL_MANAGER)
    colleague = member_of(SupervisionGroupFactory(), municipality)
    supervision_day(colleague, now, 2)

    shown = overview_for(mette, now)

    assert (shown["template"], shown["meeting"]) == ("home/overview/consultant.html", None)


def fill(mette, count, now):
    """As much of everything the page shows."""
    group = mette.enrolments.get().group_memberships.get().group
    stranger, page = consultant_in(), _page_of(group.cohort.course)
    for number in range(1, count + 1):
        member_of(group)
        shared_by(stranger, f"Nr {number}")
        TriedFactory(discussion=shared_by(mette, f"Min {number}", kind="practice"))
        starts_at = now + number * DAY
        supervision = SupervisionMeetingFactory(cohort=group.cohort, group=group, starts_at=starts_at)
        teaching = MeetingFactory(cohort=group.cohort, starts_at=starts_at)
        day = TeachingDayFactory(
            cohort=group.cohort, number=number, page=full_day_page(page, number=number), meeting=teaching
        )
        TrialFactory(teaching_day=day, person=mette)
        for meeting in (supervision, teaching):
            InviteeFactory(meeting=meeting, person=mette)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_takes_eight_queries_however_much_there_is(client, query_count, mette, count):
    fill(mette, count, timezone.now())
    client.force_login(mette)

    assert query_count("/overblik/") == 8


def test_nobody_else_sees_what_stands_on_ones_overview(client, mette, group, now):
    TrialFactory(teaching_day=teaching_day(mette, now - DAY), person=mette, intention="Min egen prøve")
    NextStepFactory(day=supervision_day(mette, now, -3), person=mette, text="Mit eget skridt")
    others = {
        "group colleague": member_of(group),
        "municipality colleague": kursist_in(CohortFactory(), mette.enrolments.get().municipality),
        "stranger": consultant_in(),
        "manager": person_with(Role.LOCAL_MANAGER, mette.enrolments.get().municipality),
        "supervisor": group.supervisor,
    }

    pages = {}
    for who, person in {"owner": mette, **others}.items():
        client.force_login(person)
        text = client.get("/overblik/").content.decode()
        pages[who] = ("Min egen prøve" in text, person != mette and "Mit eget skridt" in text)

    assert pages.pop("owner") == (True, False)
    assert set(pages.values()) == {(False, False)}
