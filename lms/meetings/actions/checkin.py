"""»I am here«, from a kursist's own phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings import rules
from lms.meetings.methods.checkin import code_holds
from lms.meetings.models import Attendance, CheckIn, CheckInTry, Enrolment, Meeting
from lms.people.actions import record

TRIES = 5


class WrongCode(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """No code of this meeting reads like that."""


class TooManyTries(Exception):  # noqa: N818
    """Five wrong codes while the list was open: from here on the QR code or the trainer helps."""


class NotOpen(Exception):  # noqa: N818
    """The moment lies in no half day for which one can check in."""


@dataclass(frozen=True)
class Sent:
    """What a phone brings: its number for the mark, when it says it was, and a ticket's moment or a typed code."""

    nonce: UUID
    noted_at: datetime
    seen_at: datetime | None = None
    code: str = ""


def check_in(*, meeting, enrolment: Enrolment, sent: Sent, now: datetime) -> CheckIn:
    """Note that somebody is here. Sent again, it is the same mark; a wrong code is remembered although it is refused.

    :raises WrongCode: :raises TooManyTries: :raises NotOpen: in which case nobody is noted.
    """
    if known := _sent_before(meeting, enrolment, sent):
        return known
    moment = sent.seen_at or _proved_by_code(meeting, enrolment, sent, now)
    return _note(meeting, enrolment, sent, moment, now)


@transaction.atomic
def confirm_check_in(*, check_in: CheckIn, by, now: datetime) -> CheckIn:
    """The trainer vouches for a mark that came late without proof."""
    Meeting.objects.select_for_update().get(pk=check_in.meeting_id)
    check_in = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    if check_in.state == CheckIn.State.UNCONFIRMED:
        _count(check_in, by, now, is_own=False)
        record(by=by, verb="confirm_check_in", about=check_in, now=now)
    return check_in


def open_check_ins(*, now: datetime) -> int:
    """Count those who came before the list opened, once it is open; returns how many."""
    waiting = CheckIn.objects.filter(state=CheckIn.State.QUEUED, meeting__state=Meeting.State.SCHEDULED)
    return sum(_open_one(check_in.pk, now) for check_in in waiting.select_related("meeting") if _is_due(check_in, now))


def _is_due(check_in: CheckIn, now: datetime) -> bool:
    window = rules.window_of(check_in.meeting, check_in.half)
    return window is not None and window.opens_at <= now


@transaction.atomic
def _open_one(pk: int, now: datetime) -> int:
    found = CheckIn.objects.select_related("enrolment").get(pk=pk)
    Meeting.objects.select_for_update().get(pk=found.meeting_id)
    check_in = CheckIn.objects.select_for_update().get(pk=pk)
    if check_in.state != CheckIn.State.QUEUED:
        return 0
    _count(check_in, found.enrolment.person, now, is_own=True)
    return 1


def _sent_before(meeting, enrolment, sent: Sent) -> CheckIn | None:
    known = CheckIn.objects.filter(nonce=sent.nonce).first()
    if known and (known.enrolment_id, known.meeting_id) != (enrolment.pk, meeting.pk):
        raise WrongCode
    return known


@transaction.atomic
def _note(meeting, enrolment, sent: Sent, moment: datetime, now: datetime) -> CheckIn:
    """Our own ticket vouches for any moment, a typed code only for now."""
    is_certain = moment in (sent.seen_at, now)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    window = rules.check_in_window(meeting, moment)
    if window is None:
        raise NotOpen
    check_in, is_new = CheckIn.objects.get_or_create(
        meeting=meeting, enrolment=enrolment, half=window.half,
        defaults={
            "nonce": sent.nonce, "noted_at": min(sent.noted_at, now), "received_at": now,
            "state": CheckIn.State.QUEUED if is_certain else CheckIn.State.UNCONFIRMED,
        },
    )  # fmt: skip
    if is_certain and window.opens_at <= now and check_in.state != CheckIn.State.COUNTED:
        _count(check_in, enrolment.person, now, is_own=True)
    if is_new:
        record(by=enrolment.person, verb="check_in", about=check_in, now=now)
    return check_in


def _count(check_in: CheckIn, by, now: datetime, *, is_own: bool) -> None:
    """A mark where the trainer has set none: the trainer's list always wins."""
    check_in.state = CheckIn.State.COUNTED
    check_in.save(update_fields=["state"])
    Attendance.objects.get_or_create(
        meeting_id=check_in.meeting_id,
        enrolment_id=check_in.enrolment_id,
        half=check_in.half,
        defaults={"state": Attendance.State.PRESENT, "is_own": is_own, "marked_by": by, "marked_at": now},
    )


def _proved_by_code(meeting, enrolment, sent: Sent, now: datetime) -> datetime:
    """The moment a typed code speaks for: now, or an earlier one that only the trainer can vouch for."""
    moment = _spend_try(meeting, enrolment.person_id, sent, now)
    if moment is None:
        raise WrongCode
    return moment


@transaction.atomic
def _spend_try(meeting, person: int, sent: Sent, now: datetime) -> datetime | None:
    """The row is the lock: ten tries at once are counted one after the other."""
    window = rules.check_in_window(meeting, now)
    tries, _is_new = CheckInTry.objects.select_for_update().get_or_create(
        meeting=meeting, person_id=person, window=int(window.opens_at.timestamp()) if window else 0
    )
    if tries.wrong >= TRIES:
        raise TooManyTries
    moment = _moment_of(meeting, sent, now)
    if moment is None:
        tries.wrong += 1
        tries.save(update_fields=["wrong"])
    return moment


def _moment_of(meeting, sent: Sent, now: datetime) -> datetime | None:
    if code_holds(meeting.pk, sent.code, now):
        return now
    is_past = now - timedelta(days=1) < sent.noted_at < now and localdate(sent.noted_at) == localdate(meeting.starts_at)
    return sent.noted_at if is_past and code_holds(meeting.pk, sent.code, sent.noted_at) else None
