"""In which words a day is reminded of, and who is reminded."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.meetings.methods.reminders import DEFAULTS, Words, filled, is_before
from lms.meetings.models import Attendance, Cohort, Invitee, Meeting, Reminder
from lms.people.templatetags.dates import day, hours


@dataclass(frozen=True)
class Worded:
    """A reminder of a course as it is sent, and whether the provider has written it."""

    kind: str
    moment: str
    words: Words
    is_own: bool

    @property
    def about(self) -> str:
        return str(Meeting.Kind(self.kind).label)

    @property
    def when(self) -> str:
        return str(Reminder.Moment(self.moment).label)


COMING = (Attendance.State.PRESENT, Attendance.State.PARTIAL)


def words_by_course(courses) -> dict[tuple[int, str, str], Words]:
    """The provider's own words, by course, kind of day and moment."""
    reminders = Reminder.objects.filter(course__in=courses)
    return {(one.course_id, one.kind, one.moment): _own(one) for one in reminders}


def words_for(meeting: Meeting, moment: str) -> Words:
    course = meeting.cohort.course_id
    return words_by_course([course]).get((course, meeting.kind, moment)) or DEFAULTS[meeting.kind, moment]


def reminders_of(course) -> list[Worded]:
    """Each kind of day and moment, with the provider's words or ours."""
    own = words_by_course([course.pk])
    return [
        Worded(kind, moment, own.get((course.pk, kind, moment), words), (course.pk, kind, moment) in own)
        for (kind, moment), words in DEFAULTS.items()
    ]


def words_to(person, meeting: Meeting, words: Words, now: datetime) -> tuple[str, str]:
    """Subject and text as ``person`` reads them about that day, in the language that holds."""
    values = {
        "fornavn": person.get_short_name(),
        "dag": meeting.title,
        "dato": day(meeting.starts_at, now),
        "tid": hours(meeting.starts_at, meeting.ends_at),
        "sted": meeting.location,
        "link": settings.BASE_URL + reverse("meetings:meeting", args=[meeting.pk]),
    }
    return filled(str(words.subject), values), filled(str(words.text), values)


def day_to_show(cohort: Cohort, kind: str, now: datetime) -> Meeting | None:
    """For a preview: the next such day of the cohort, or the latest when none is to come."""
    days = Meeting.objects.scheduled().filter(cohort=cohort, kind=kind)
    return days.filter(starts_at__gt=now).order_by("starts_at").first() or days.order_by("starts_at").last()


def is_reminded(invitee: Invitee, moment: str, words: Words) -> bool:
    """By what one has answered; trainers before the day only."""
    if not words.is_on or (words.only_unanswered and invitee.answer != Invitee.Answer.NONE):
        return False
    if is_before(moment):
        return invitee.answer != Invitee.Answer.DECLINED
    return invitee.role != Invitee.Role.TRAINER


def was_there(invitee: Invitee) -> bool:
    """As the list says; where it says nothing yet, unless one has said one would not come."""
    marks = Attendance.objects.filter(meeting=invitee.meeting_id, enrolment__person=invitee.person_id)
    states = set(marks.values_list("state", flat=True))
    return bool(states.intersection(COMING)) if states else invitee.answer != Invitee.Answer.DECLINED


def _own(reminder: Reminder) -> Words:
    return Words(reminder.subject, reminder.text, reminder.is_on, reminder.only_unanswered)
