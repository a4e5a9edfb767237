"""Who has said »I am here« themselves."""

from lms.meetings.models import CheckIn, Enrolment, Meeting


def check_ins_for(meeting: Meeting) -> list[CheckIn]:
    """What the trainer still has to know of: those who wait for the list to open, or for a word of the trainer."""
    waiting = meeting.check_ins.exclude(state=CheckIn.State.COUNTED)
    return list(waiting.select_related("enrolment__person", "enrolment__municipality"))


def check_in_for(meeting: Meeting, enrolment: Enrolment, half: str) -> CheckIn | None:
    return meeting.check_ins.filter(enrolment=enrolment, half=half).first()
