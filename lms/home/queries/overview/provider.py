"""The provider's overview: the next day one leads, and for the coordinator what is missing."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.home.queries.overview.parts import NextMeeting, Task, before, split
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting
from lms.notifications.models import Notice
from lms.people.models import Invitation, Role, access_of
from supervision.models import Case, SupervisionDay


def build(person, now: datetime) -> dict:
    access = access_of(person)
    next_led = _next_led(person, now)
    tasks = []
    if access.has(Role.SUPERVISOR):
        tasks += _supervisor_tasks(person, now)
    if access.has(Role.PROVIDER_COORDINATOR):
        tasks += _coordinator_tasks(person, now)
    if access.has(Role.INSTRUCTOR) and next_led:
        tasks.append(_day_task(next_led.meeting, now))
    if access.has(Role.EDITOR):
        tasks.append(_editor_task())
    return {
        "template": "home/overview/provider.html",
        "meeting": _led(next_led) if next_led else None,
        "cohorts": _cohorts(person, now),
        **split(tasks),
    }


def _next_led(person, now: datetime) -> Invitee | None:
    led = Invitee.objects.active().filter(person=person, role=Invitee.Role.TRAINER)
    coming = led.filter(meeting__state=Meeting.State.SCHEDULED, meeting__ends_at__gt=now)
    return coming.select_related("meeting__cohort").order_by("meeting__starts_at", "pk").first()


def _led(invitee: Invitee) -> NextMeeting:
    meeting = invitee.meeting
    return NextMeeting(meeting, meeting.title, reverse("meetings:meeting", args=[meeting.pk]), invitee.answer)


def _cohorts(person, now: datetime):
    """Own cohorts with what a coordinator asks first: seats, the next day, and days without attendance."""
    held = Q(meetings__ends_at__lte=now, meetings__state=Meeting.State.SCHEDULED)
    cohorts = Cohort.objects.visible_to(person).with_seat_counts()
    return cohorts.annotate(
        held_count=Count("meetings", filter=held, distinct=True),
        unmarked_count=Count("meetings", filter=held & Q(meetings__attendance=None), distinct=True),
    ).order_by("name")


def _day_task(meeting: Meeting, now: datetime) -> Task:
    return Task(
        kicker=_("Your next day"),
        title=_("Go through »%(title)s«") % {"title": meeting.title},
        text=_("See who comes, and whether something should be adjusted."),
        url=reverse("meetings:meeting", args=[meeting.pk]),
        button=_("See the day"),
        meta=before(meeting.starts_at, now),
    )


def _supervisor_tasks(person, now: datetime):
    days = SupervisionDay.objects.visible_to(person).filter(group__supervisor=person, meeting__ends_at__gt=now)
    brought = Count("cases", filter=Q(cases__state=Case.State.BROUGHT))
    waiting = days.annotate(case_count=brought).filter(case_count__gt=0).select_related("meeting", "group")
    for day in waiting.order_by("meeting__starts_at", "pk")[:2]:
        yield Task(
            kicker=_("Before the next supervision day"),
            title=ngettext("%(count)d case waits in %(group)s", "%(count)d cases wait in %(group)s", day.case_count)
            % {"count": day.case_count, "group": day.group.name},
            text=_("Read them, and think about the order."),
            url=reverse("supervision:day", args=[day.pk]),
            button=_("See the cases"),
            meta=before(day.meeting.starts_at, now),
        )


def _coordinator_tasks(person, now: datetime):
    yield from _failed_mail_tasks(person)
    yield from _unmarked_tasks(person, now)
    yield from _invitation_tasks(person)


def _failed_mail_tasks(person):
    enrolled = Enrolment.objects.visible_to(person).values("person")
    count = Notice.objects.failed().filter(recipient__in=enrolled).count()
    if count:
        yield Task(
            kicker=_("The next thing for you to do"),
            title=ngettext("%(count)d mail could not be sent", "%(count)d mails could not be sent", count)
            % {"count": count},
            text=_("The address may be wrong. Call the kursist, and correct it."),
            url=reverse("meetings:cohorts"),
            button=_("See the cohorts"),
        )


def _unmarked_tasks(person, now: datetime):
    held = Meeting.objects.run_by(person).held(now).filter(attendance=None, cohort__enrolments__state="enrolled")
    for meeting in held.select_related("cohort").distinct().order_by("starts_at", "pk")[:2]:
        yield Task(
            kicker=_("The next thing for you to do"),
            title=_("Take the attendance of »%(title)s«") % {"title": meeting.title},
            text=_("The day is over, and nobody has been marked yet."),
            url=reverse("meetings:attendance", args=[meeting.pk]),
            button=_("Take attendance"),
        )


def _invitation_tasks(person):
    waiting = Invitation.objects.visible_to(person).waiting().values("person")
    cohort = Cohort.objects.visible_to(person).filter(enrolments__person__in=waiting)
    for row in cohort.annotate(count=Count("enrolments__person", distinct=True)).order_by("name")[:1]:
        yield Task(
            kicker=_("The next thing for you to do"),
            title=ngettext(
                "%(count)d kursist in %(cohort)s has not accepted yet",
                "%(count)d kursister in %(cohort)s have not accepted yet",
                row.count,
            )
            % {"count": row.count, "cohort": row.name},
            text=_("See who, and remind only those."),
            url=reverse("meetings:people", args=[row.slug]),
            button=_("See the kursister"),
        )


def _editor_task() -> Task:
    return Task(
        kicker=_("Your pages"),
        title=_("Publish or adjust a teaching day"),
        text=_("Add material, preview it as a kursist sees it, and send it to STAR for approval."),
        url=reverse("wagtailadmin_home"),
        button=_("Go to the editing pages"),
    )
