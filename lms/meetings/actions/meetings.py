from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lms.formats.text import clean_line, clean_text
from lms.meetings import ical
from lms.meetings.actions.invitations import invite, take_number
from lms.meetings.models import (
    Cohort,
    GroupMembership,
    Invitee,
    Meeting,
    MeetingDraft,
    MeetingRevision,
    SupervisionGroup,
)
from lms.meetings.models.facts import FACTS, TIMES
from lms.notifications.actions import notify
from lms.people.actions import record
from lms.people.models import User

LINES = frozenset({"title", "place", "room", "address", "online_link"})
CHANGEABLE = TIMES | LINES | {"notes"}


class MeetingIsCancelled(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """A cancelled meeting is not changed any more."""


class CohortIsCancelled(Exception):  # noqa: N818
    """Nothing is planned or changed any more on what is called off."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else has changed the meeting since it was read."""


@transaction.atomic
def schedule_meeting(
    *,
    cohort,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    by,
    now: datetime,
    group: SupervisionGroup | None = None,
    place: str = "",
    room: str = "",
    address: str = "",
    online_link: str = "",
    notes: str = "",
    trainers: Iterable = (),
) -> Meeting:
    """Put a meeting into the calendars of the cohort (or of the group and its supervisor) and of the trainers.

    The title stands in calendars that people share: »Supervisionsdag 2«, never a case's.

    :raises CohortIsCancelled:
    """
    if Cohort.objects.select_for_update().get(pk=cohort.pk).is_cancelled:
        raise CohortIsCancelled
    texts = _cleaned(title=title, place=place, room=room, address=address, online_link=online_link, notes=notes)
    meeting = Meeting(cohort=cohort, group=group, kind=kind, starts_at=starts_at, ends_at=ends_at, **texts)
    meeting.save()
    _release(meeting, by, now)
    leading = {person.pk: person for person in [*trainers, *([group.supervisor] if group else [])]}
    invite(meeting=meeting, people=leading.values(), role=Invitee.Role.TRAINER, now=now)
    invite(meeting=meeting, people=_kursister(meeting), role=Invitee.Role.KURSIST, now=now)
    record(by=by, verb="schedule_meeting", about=meeting, now=now)
    return meeting


@transaction.atomic
def change_meeting(*, meeting, by, now: datetime, based_on: int | None = None, **changes) -> Meeting:
    """Change facts of a meeting and tell everybody on it, once. Without a real change nobody hears anything.

    ``based_on`` is the revision the person saw while writing; :raises ChangedMeanwhile: when it is not the latest.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if based_on is not None and based_on != meeting.revision:
        raise ChangedMeanwhile
    if meeting.is_cancelled:
        raise MeetingIsCancelled
    if changed := different(meeting, changes):
        _apply(meeting, changed)
        _release(meeting, by, now)
        _settle_draft(meeting)
        _tell_everybody(meeting, "meetings.changed", now)
        record(by=by, verb="change_meeting", about=meeting, now=now)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting, by, now: datetime) -> Meeting:
    """Call a meeting off, for good: it leaves the calendars. Asking twice is one cancellation."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_cancelled:
        meeting.state = Meeting.State.CANCELLED
        meeting.revision += 1
        meeting.sequence = take_number(meeting)
        _release(meeting, by, now)
        MeetingDraft.objects.filter(meeting=meeting).delete()
        _tell_everybody(meeting, "meetings.cancelled", now)
        record(by=by, verb="cancel_meeting", about=meeting, now=now)
    return meeting


def _cleaned(**texts) -> dict:
    return {name: clean_line(text) if name in LINES else clean_text(text) for name, text in texts.items()}


def different(meeting: Meeting, changes: dict) -> dict:
    """Of ``changes``, cleaned, those that would be new."""
    if not changes.keys() <= CHANGEABLE:
        raise TypeError("Only facts of a meeting can be changed.")
    texts = _cleaned(**{name: value for name, value in changes.items() if name not in TIMES})
    times = {name: value for name, value in changes.items() if name in TIMES}
    return {name: value for name, value in (texts | times).items() if getattr(meeting, name) != value}


def _apply(meeting: Meeting, changed: dict) -> None:
    for name, value in changed.items():
        setattr(meeting, name, value)
    meeting.revision += 1
    if TIMES & changed.keys():
        meeting.sequence = take_number(meeting)
        # Whoever could come on Friday has not said so about Monday.
        nothing = {"answered_at": None, "answer_reason": "", "reply_stamp": None, "unconfirmed_answer": ""}
        meeting.invitees.update(answer=Invitee.Answer.NONE, **nothing)


def _release(meeting: Meeting, by, now: datetime) -> None:
    """Store the row with the VEVENT of this revision, and remember what people were told."""
    meeting.vevent = ical.vevent(_happening(meeting, now))
    meeting.save()
    facts = {name: getattr(meeting, name) for name in FACTS}
    MeetingRevision.objects.create(meeting=meeting, number=meeting.revision, released_by=by, released_at=now, **facts)


def _settle_draft(meeting: Meeting) -> None:
    """What was prepared and holds by now waits no longer; the rest was written on top of an older revision."""
    draft = MeetingDraft.objects.filter(meeting=meeting).first()
    if draft is None:
        return
    if left := different(meeting, draft.facts):
        draft.facts, draft.version = left, draft.version + 1
        draft.save(update_fields=["changes", "version"])
    else:
        draft.delete()


def _happening(meeting: Meeting, now: datetime) -> ical.Happening:
    return ical.Happening(
        uid=meeting.uid,
        sequence=meeting.sequence,
        summary=f"{meeting.title}, Fodfæste",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        location=meeting.location,
        online_link=meeting.online_link,
        url=settings.BASE_URL + reverse("meetings:meeting", args=[meeting.pk]),
        is_cancelled=meeting.is_cancelled,
        changed_at=now,
    )


def _kursister(meeting: Meeting) -> list[User]:
    if meeting.kind == Meeting.Kind.SUPERVISION and meeting.group_id:
        places = GroupMembership.objects.filter(group=meeting.group, end_date=None, enrolment__state="enrolled")
        return [place.enrolment.person for place in places.select_related("enrolment__person")]
    return [enrolment.person for enrolment in meeting.cohort.enrolments.enrolled().select_related("person")]


def _tell_everybody(meeting: Meeting, occasion: str, now: datetime) -> None:
    people = [invitee.person for invitee in meeting.invitees.active().select_related("person")]
    if people and meeting.ends_at > now:
        notify(
            recipients=people,
            occasion=occasion,
            about=meeting,
            revision=meeting.revision,
            now=now,
            outbox=meeting.cohort.outbox,
        )
