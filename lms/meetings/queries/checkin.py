"""Who has said »I am here« themselves."""

from lms.meetings.models import CheckIn, Enrolment, Meeting
from lms.meetings.queries.attendance import enrolment_at


def check_ins_for(meeting: Meeting) -> list[CheckIn]:
    """What the trainer still has to know of: those who wait for the list to open, or for a word of the trainer."""
    waiting = meeting.check_ins.exclude(state=CheckIn.State.COUNTED)
    return list(waiting.select_related("enrolment__person", "enrolment__municipality"))


def check_in_for(meeting: Meeting, enrolment: Enrolment, half: str) -> CheckIn | None:
    return meeting.check_ins.filter(enrolment=enrolment, half=half).first()


def check_in_place(pk: int, person) -> tuple[Meeting | None, Enrolment | None]:
    """A day and with which seat somebody stands on its list.

    The day also for somebody who may not see it: the view shows it only to those who have its code in hand.
    """
    meeting = Meeting.objects.select_related("cohort").filter(pk=pk).first()
    if meeting is None or not Meeting.objects.visible_to(person).filter(pk=pk).exists():
        return meeting, None
    return meeting, enrolment_at(meeting, person)
