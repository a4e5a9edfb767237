"""A job consultant's overview: what to do in the next ten minutes, the next day, and where one is on the round."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import TeachingDay, Trial
from courses.queries import loop_for
from lms.forum.queries import new_discussions_for
from lms.home.queries.overview.parts import SOON, NextMeeting, Task, before, minutes, split
from lms.meetings.models import Enrolment, GroupMembership, Invitee, Meeting
from supervision.models import Case, NextStep


def build(person, now: datetime) -> dict:
    ahead = _ahead(person, now)
    own = _meeting(ahead[0]) if ahead else None
    return {
        "template": "home/overview/consultant.html",
        "meeting": own,
        "steps": loop_for(person, now),
        "discussions": new_discussions_for(person, 4),
        "enrolment": Enrolment.objects.enrolled().filter(person=person).select_related("cohort").last(),
        "group": _group(person),
        **split([*_trial_tasks(person), *_day_tasks(ahead, now), *_step_tasks(person), _sharing_task()]),
    }


def _ahead(person, now: datetime) -> list[Invitee]:
    """What the person is invited to and has not been to yet, with the day behind each meeting."""
    case = Case.objects.filter(author=person, day__meeting=OuterRef("meeting"))
    invited = Invitee.objects.active().filter(person=person, meeting__in=Meeting.objects.visible_to(person))
    coming = invited.filter(meeting__state=Meeting.State.SCHEDULED, meeting__ends_at__gt=now)
    related = coming.select_related("meeting__teaching_day", "meeting__supervision_day", "meeting__cohort")
    return list(related.annotate(has_case=Exists(case)).order_by("meeting__starts_at", "pk")[:4])


def _meeting(invitee: Invitee) -> NextMeeting:
    meeting = invitee.meeting
    return NextMeeting(meeting, _title(meeting), _url(meeting), invitee.answer)


def _title(meeting: Meeting) -> str:
    if meeting.kind == Meeting.Kind.SUPERVISION and hasattr(meeting, "supervision_day"):
        day = meeting.supervision_day
        return _("Supervision day %(number)d: %(title)s") % {"number": day.number, "title": day.title}
    if hasattr(meeting, "teaching_day"):
        return _("Day %(number)d: %(title)s") % {"number": meeting.teaching_day.number, "title": meeting.title}
    return meeting.title


def _url(meeting: Meeting) -> str:
    if meeting.kind == Meeting.Kind.SUPERVISION and hasattr(meeting, "supervision_day"):
        return reverse("supervision:day", args=[meeting.supervision_day.pk])
    if hasattr(meeting, "teaching_day"):
        return reverse("courses:day", args=[meeting.cohort.slug, meeting.teaching_day.number])
    return reverse("meetings:meeting", args=[meeting.pk])


def _group(person) -> dict | None:
    """The own group's people, with the supervisor; one query, whoever many sit in it."""
    own = GroupMembership.objects.current().filter(enrolment__person=person).values("group")
    memberships = GroupMembership.objects.current().filter(group__in=own)
    rows = list(memberships.select_related("group__supervisor", "enrolment__person", "enrolment__municipality"))
    if not rows:
        return None
    return {"group": rows[0].group, "memberships": [row for row in rows if row.group_id == rows[0].group_id]}


def _trial_tasks(person):
    """A trial nobody has heard the end of, once its day has been held."""
    trials = Trial.objects.filter(
        person=person, what_happened="", teaching_day__in=TeachingDay.objects.visible_to(person)
    )
    trial = trials.select_related("teaching_day__cohort").order_by("due_date", "pk").first()
    if trial is None:
        return
    day = trial.teaching_day
    yield Task(
        kicker=_("The next thing for you to do · %(minutes)s") % {"minutes": minutes(10)},
        title=_("Tell how your trial went"),
        text=_("You wanted to: %(intention)s Write two lines on what happened. It is fine if it did not work.")
        % {"intention": _sentence(trial.intention)},
        url=reverse("courses:trial", args=[day.cohort.slug, day.number]),
        button=_("Write two lines"),
        meta=_("Only your instructors see it, and only when you share it."),
    )


def _day_tasks(ahead: list[Invitee], now: datetime):
    """The preparation of a teaching day that is near, and a case for the nearest supervision day alone."""
    for invitee in ahead:
        meeting = invitee.meeting
        if hasattr(meeting, "teaching_day") and meeting.starts_at - now <= SOON:
            yield _preparation_task(meeting, now)
    supervision = next((invitee for invitee in ahead if hasattr(invitee.meeting, "supervision_day")), None)
    if supervision and not supervision.has_case:
        yield _case_task(supervision.meeting, now)


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


def _step_tasks(person):
    step = NextStep.objects.visible_to(person).filter(person=person, status=NextStep.Status.PLANNED).first()
    if step:
        yield Task(
            kicker=_("The next thing for you to do"),
            title=_("Tell what came of your next step"),
            text=step.text,
            url=reverse("supervision:tell_next_step", args=[step.pk]),
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
