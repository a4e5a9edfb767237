"""A job consultant's overview: what to do in the next ten minutes, the next day, and where one is on the round."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Trial
from courses.queries import steps_of
from lms.forum.queries import new_discussions_for
from lms.home.queries.overview.parts import SOON, NextMeeting, Task, before, minutes, split
from lms.home.queries.overview.standing import Standing, standing_of
from lms.meetings.models import GroupMembership, Invitee, Meeting

NEW = 4


def build(person, now: datetime) -> dict:
    standing = standing_of(person, now)
    return {
        "template": "home/overview/consultant.html",
        "meeting": _next_meeting(standing.ahead),
        "steps": steps_of(standing.progress, now),
        "discussions": new_discussions_for(person, NEW),
        "cohort": standing.facts["cohort"],
        "group": _group(person),
        **split([*_tasks(standing)]),
    }


def _next_meeting(ahead: list[Meeting]) -> NextMeeting | None:
    if not ahead:
        return None
    return NextMeeting(ahead[0], ahead[0].title, _url(ahead[0]), ahead[0].own_answer)


def _url(meeting) -> str:
    if day := _supervision_day(meeting):
        return reverse("supervision:day", args=[day.pk])
    if hasattr(meeting, "teaching_day"):
        return reverse("courses:day", args=[meeting.cohort.slug, meeting.teaching_day.number])
    return reverse("meetings:meeting", args=[meeting.pk])


def _supervision_day(meeting: Meeting):
    """The day of the own group; a guest comes to the meeting and to nothing else."""
    return getattr(meeting, "supervision_day", None) if meeting.own_role == Invitee.Role.KURSIST else None


def _group(person) -> dict | None:
    """The own group's people, with the supervisor; one query, whoever many sit in it."""
    own = GroupMembership.objects.current().filter(enrolment__person=person).values("group")
    memberships = GroupMembership.objects.current().filter(group__in=own)
    rows = list(memberships.select_related("group__supervisor", "enrolment__person", "enrolment__municipality"))
    if not rows:
        return None
    return {"group": rows[0].group, "memberships": [row for row in rows if row.group_id == rows[0].group_id]}


def _tasks(standing: Standing):
    """In the order of what is asked of people first."""
    if standing.open_trial:
        yield _trial_task(standing.open_trial)
    yield from _day_tasks(standing.ahead, standing.now)
    if standing.facts["step"]:
        yield _step_task(standing.facts)
    yield _sharing_task()


def _trial_task(trial: Trial) -> Task:
    day = trial.teaching_day
    return Task(
        kicker=_("The next thing for you to do · %(minutes)s") % {"minutes": minutes(10)},
        title=_("Tell how your trial went"),
        text=_("You wanted to: %(intention)s Write two lines on what happened. It is fine if it did not work.")
        % {"intention": _sentence(trial.intention)},
        url=reverse("courses:trial", args=[day.cohort.slug, day.number]),
        button=_("Write two lines"),
        meta=_("Only your instructors see it, and only when you share it."),
    )


def _day_tasks(ahead: list[Meeting], now: datetime):
    """The preparation of a teaching day that is near, and a case for the nearest supervision day alone."""
    for meeting in ahead:
        if hasattr(meeting, "teaching_day") and meeting.starts_at - now <= SOON:
            yield _preparation_task(meeting, now)
    supervision = next(filter(_supervision_day, ahead), None)
    if supervision and not supervision.has_case:
        yield _case_task(supervision, now)


def _case_task(meeting: Meeting, now: datetime) -> Task:
    return Task(
        kicker=_("The next thing for you to do · %(minutes)s") % {"minutes": minutes(10)},
        title=_("Write a draft of a case"),
        text=_(
            "A situation you would like to see with new eyes. Without names, places or anything that can be recognised."
        ),
        url=reverse("supervision:new_case", args=[meeting.supervision_day.pk]),
        button=_("Write the case"),
        meta=before(meeting.starts_at, now),
    )


def _preparation_task(meeting: Meeting, now: datetime) -> Task:
    number = meeting.teaching_day.number
    return Task(
        kicker=_("The next thing for you to do"),
        title=_("Prepare for day %(number)d") % {"number": number},
        text=_("See the agenda, and what to read and bring."),
        url=reverse("courses:day", args=[meeting.cohort.slug, number]),
        button=_("See the day"),
        meta=before(meeting.starts_at, now),
    )


def _step_task(facts: dict) -> Task:
    return Task(
        kicker=_("The next thing for you to do"),
        title=_("Tell what came of your next step"),
        text=facts["step_text"],
        url=reverse("supervision:tell_next_step", args=[facts["step"]]),
        button=_("Write one line"),
    )


def _sharing_task() -> Task:
    return Task(
        kicker=_("When you have ten minutes"),
        title=_("Share something others can use"),
        text=_(
            "A success, a challenge or a question: somebody in another municipality may be standing in the same place."
        ),
        url=reverse("forum:new"),
        button=_("Write to the Community"),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "«")) else f"{text}."
