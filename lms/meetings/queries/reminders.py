"""In which words a day is reminded of, and who is reminded."""

from lms.meetings.methods.reminders import DEFAULTS, Words, is_before
from lms.meetings.models import Attendance, Invitee, Meeting, Reminder

COMING = (Attendance.State.PRESENT, Attendance.State.PARTIAL)


def words_by_course(courses) -> dict[tuple[int, str, str], Words]:
    """The provider's own words, by course, kind of day and moment."""
    reminders = Reminder.objects.filter(course__in=courses)
    return {(one.course_id, one.kind, one.moment): _own(one) for one in reminders}


def words_for(meeting: Meeting, moment: str) -> Words:
    course = meeting.cohort.course_id
    return words_by_course([course]).get((course, meeting.kind, moment)) or DEFAULTS[meeting.kind, moment]


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
