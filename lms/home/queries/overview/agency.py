"""STAR's overview: four numbers, the municipalities, what waits for approval. Never supervision."""

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState

from lms.forum.models import Report, Tried
from lms.home.queries.overview.parts import Task, split
from lms.meetings.models import Attendance, Cohort, Enrolment
from lms.people.models import Organisation

PERCENT = 100


def build(person, now: datetime) -> dict:
    return {
        "template": "home/overview/agency.html",
        "numbers": _numbers(now),
        "municipalities": _municipalities(now),
        "cohorts": Cohort.objects.visible_to(person).with_seat_counts().select_related("course__provider"),
        **split(_approval_tasks()),
    }


def build_for_moderator(_person, _now: datetime) -> dict:
    count = Report.objects.filter(resolved_at=None).count()
    task = Task(
        kicker=_("The community"),
        title=ngettext("%(count)d report waits", "%(count)d reports wait", count) % {"count": count},
        text=_("Somebody thinks that something can be recognised, or should not stand as it does."),
        url=reverse("forum:discussions"),
        button=_("Go to the community"),
    )
    return {"template": "home/overview/plain.html", **split([task])}


def build_for_administrator(_person, _now: datetime) -> dict:
    task = Task(
        kicker=_("Running the site"),
        title=_("See the cohorts and the editing pages"),
        text=_("Cases are closed to you: they belong to the group and its supervisor."),
        url=reverse("meetings:cohorts"),
        button=_("See the cohorts"),
    )
    accounts = Task(
        kicker=_("Sign-in"),
        title=_("Connect an organisation’s own sign-in"),
        text=_("Its people come in with the account they have at work, and a closed account is closed here too."),
        url=reverse("people:work_accounts"),
        button=_("See the work accounts"),
    )
    return {"template": "home/overview/plain.html", **split([task, accounts])}


def _numbers(now: datetime) -> list[tuple[str, str]]:
    enrolled = Enrolment.objects.enrolled()
    counts = enrolled.aggregate(people=Count("person", distinct=True), places=Count("municipality", distinct=True))
    there = Count("pk", filter=~Q(state=Attendance.State.ABSENT))
    halves = Attendance.objects.filter(meeting__ends_at__lte=now).aggregate(all=Count("pk"), there=there)
    tried = Tried.objects.count()
    share = f"{round(PERCENT * halves['there'] / halves['all'])} %" if halves["all"] else "–"
    return [
        (str(counts["people"]), _("kursister")),
        (str(counts["places"]), _("municipalities")),
        (share, _("attendance")),
        (str(tried), _("tried elsewhere")),
    ]


def _municipalities(now: datetime):
    """Each municipality with its people and their attendance: nobody's name, nothing from supervision."""
    enrolled = Q(enrolments__state=Enrolment.State.ENROLLED)
    marked = enrolled & Q(enrolments__attendance__meeting__ends_at__lte=now)
    there = marked & ~Q(enrolments__attendance__state=Attendance.State.ABSENT)
    return (
        Organisation.objects.municipalities()
        .filter(enrolled)
        .annotate(
            people_count=Count("enrolments", filter=enrolled, distinct=True),
            marked_count=Count("enrolments__attendance", filter=marked, distinct=True),
            present_count=Count("enrolments__attendance", filter=there, distinct=True),
        )
        .order_by("name")
    )


def _approval_tasks() -> list[Task]:
    count = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()
    if not count:
        return []
    return [
        Task(
            kicker=_("The next thing for you to do"),
            title=ngettext("%(count)d page waits for approval", "%(count)d pages wait for approval", count)
            % {"count": count},
            text=_("A provider has sent changes. Kursister see them when you have approved them."),
            url=reverse("wagtailadmin_home"),
            button=_("See what waits"),
        )
    ]
