"""Seats, days and attendance: what stays as a number, and what goes."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lms.meetings.actions import withdraw
from lms.meetings.actions.enrolments import coming
from lms.meetings.models import Enrolment, ImportDraft, Invitee, RefusedMail, WalkIn
from lms.meetings.models.imports import KEPT_FOR
from lms.meetings.models.mail import REFUSED_MAIL_KEPT
from lms.people.actions.erasure import FORMER_NAME, Erasing
from lms.people.methods.privacy import Erasure, Keep, Line, keep_apart, register
from lms.people.methods.privacy.activities import COURSE, MAIL
from lms.people.models import User
from lms.people.queries.personal import rows_of, words_of

YEAR = 365
COUNTS = _("the agency must be able to say how many took part, from which municipality")
WISHES = (Enrolment.State.APPLIED, Enrolment.State.WAITING, Enrolment.State.OFFERED)


def give_up_seats(person: User, now: datetime) -> None:
    """The seat goes to who waits. Where every day is over, the enrolment stays as what it was: a number."""
    for enrolment in Enrolment.objects.filter(person=person).select_related("cohort"):
        has_days = enrolment.state == Enrolment.State.ENROLLED and coming(enrolment.cohort, now).exists()
        if enrolment.state in WISHES or has_days:
            withdraw(enrolment=enrolment, by=None, now=now)


def leave_coming_days(person: User, now: datetime) -> None:
    """Nobody leads a day, or is a guest on it, who is no longer here."""
    Invitee.objects.filter(person=person, meeting__ends_at__gt=now).exclude(role=Invitee.Role.KURSIST).delete()


def walk_ins_of(person: User) -> QuerySet:
    homes = person.memberships.values("organisation")
    own = Q(enrolment__person=person) | Q(Q(municipality=None) | Q(municipality__in=homes), name__iexact=person.name)
    return WalkIn.objects.filter(pk__in=WalkIn.objects.filter(own).values("pk"))


def forget_walk_ins(line: Line, erasing: Erasing) -> None:
    for walk_in in rows_of(line, erasing.person):
        walk_in.name = f"{FORMER_NAME} {walk_in.pk}"
        walk_in.save(update_fields=["name"])


def refused_mails_of(person: User) -> QuerySet:
    sent = Q(pk__in=[])
    for address in words_of(person).addresses:
        sent |= Q(sender__icontains=address)
    return RefusedMail.objects.filter(sent)


def forget_lists(line: Line, erasing: Erasing) -> None:
    """The person's own lists, and the person's row on everybody's."""
    rows_of(line, erasing.person).delete()
    for draft in ImportDraft.objects.all():
        rows = [row for row in draft.rows if not erasing.words.stand_in(row)]
        if len(rows) < len(draft.rows):
            draft.rows = rows
            draft.save(update_fields=["rows"])


register(
    Line(
        model="meetings.Enrolment",
        activity=COURSE,
        holds=_("who has or wants a seat, for which municipality, since when and why not"),
        person=("person",),
        by=("changed_by",),
        blank=("reason",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
        first=give_up_seats,
    ),
    Line(
        model="meetings.EnrolmentChange",
        activity=COURSE,
        holds=_("each step of a seat: who, when and why"),
        person=("enrolment__person",),
        by=("by",),
        blank=("reason",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
    ),
    Line(
        model="meetings.SeatOffer",
        activity=COURSE,
        holds=_("that a seat was offered, and the answer"),
        person=("enrolment__person",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
    ),
    Line(
        model="meetings.SeatReservation",
        activity=COURSE,
        holds=_("who has reserved seats for a municipality"),
        by=("reserved_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.SupervisionGroup",
        activity=COURSE,
        holds=_("who supervises a group"),
        person=("supervisor",),
        stays=("name",),
        erasure=Erasure.ANONYMOUS,
        because=_("a group has a supervisor; somebody else has to be chosen"),
    ),
    Line(
        model="meetings.GroupMembership",
        activity=COURSE,
        holds=_("who was in which group, from when until when"),
        person=("enrolment__person",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
    ),
    Line(
        model="meetings.Meeting",
        activity=COURSE,
        holds=_("days with place and time; no people"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.MeetingRevision",
        activity=COURSE,
        holds=_("who told of a change of a day"),
        by=("released_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.MeetingDraft",
        activity=COURSE,
        holds=_("who has prepared a change of a day"),
        by=("changed_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.Invitee",
        activity=COURSE,
        holds=_("who is called to a day, the answer and the reason given for it"),
        person=("person",),
        blank=("answer_reason",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
        first=leave_coming_days,
    ),
    Line(
        model="meetings.Attendance",
        activity=COURSE,
        holds=_("who was there, half day by half day, and who marked it"),
        person=("enrolment__person",),
        by=("marked_by",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
    ),
    Line(
        model="meetings.AttendanceChange",
        activity=COURSE,
        holds=_("marks that were corrected, and who did it"),
        person=("enrolment__person",),
        by=("by",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
        keep=Keep(2 * YEAR, "at", _("after the correction")),
    ),
    Line(
        model="meetings.WalkIn",
        activity=COURSE,
        holds=_("the name of somebody who came without being on the list"),
        find=walk_ins_of,
        by=("noted_by",),
        person=("enrolment__person",),
        blank=("name",),
        erasure=Erasure.ANONYMOUS,
        because=COUNTS,
        forget=forget_walk_ins,
        keep=Keep(2 * YEAR, "noted_at", _("after the day")),
    ),
    Line(
        model="meetings.CheckIn",
        activity=COURSE,
        holds=_("that somebody has checked in with a phone, and when"),
        person=("enrolment__person",),
        secret=("nonce",),
        erasure=Erasure.DELETE,
        keep=Keep(90, "received_at", _("after the day")),
    ),
    Line(
        model="meetings.CheckInTry",
        activity=COURSE,
        holds=_("how many wrong codes somebody has typed on a day"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="meetings.DatePoll",
        activity=COURSE,
        holds=_("who has asked a group for a date"),
        by=("asked_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.DatePollOption",
        activity=COURSE,
        holds=_("the times a group is asked about; no people"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="meetings.DatePollAnswer",
        activity=COURSE,
        holds=_("who could come when"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="meetings.ImportDraft",
        activity=COURSE,
        holds=_("a list of people between upload and confirmation"),
        person=("by",),
        secret=("rows", "headings", "public_id"),
        erasure=Erasure.DELETE,
        forget=forget_lists,
        keep=Keep(KEPT_FOR.days, "created_at", _("after it was uploaded")),
    ),
    Line(
        model="meetings.RefusedMail",
        activity=MAIL,
        holds=_("the sender of a mail that was not acted on, and why; not what it said"),
        find=refused_mails_of,
        erasure=Erasure.DELETE,
        keep=Keep(REFUSED_MAIL_KEPT // timedelta(days=1), "received_at", _("after it came in")),
    ),
)

keep_apart(
    _("plans and texts of a course, and no people"),
    "meetings.Cohort",
    "meetings.AgendaItem",
    "meetings.Reminder",
)
