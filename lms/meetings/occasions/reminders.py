"""Reminders before and after a day. Who still gets one, and whether it is still true, is asked again here."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from lms.meetings.methods.reminders import is_before, is_stale
from lms.meetings.models import Invitee, Reminder
from lms.meetings.queries.reminders import is_reminded, was_there, words_for, words_to
from lms.notifications.methods import Mail, Occasion, register


def reminded(moment: str, notice, now: datetime) -> Mail | None:
    invitees = Invitee.objects.active().select_related("meeting__cohort__course", "person")
    invitee = invitees.filter(meeting=notice.object_id, person=notice.recipient_id).first()
    if invitee is None or not _is_true(invitee, moment, notice, now):
        return None
    words = words_for(invitee.meeting, moment)
    if not is_reminded(invitee, moment, words):
        return None
    return _mail(invitee, words, now)


def _is_true(invitee: Invitee, moment: str, notice, now: datetime) -> bool:
    meeting, person = invitee.meeting, invitee.person
    if meeting.is_cancelled or is_stale(moment, meeting.starts_at, meeting.ends_at, now):
        return False
    if not person.is_active or not person.memberships.exclude(end_date__lt=localdate(now)).exists():
        return False
    return notice.revision == meeting.sequence if is_before(moment) else meeting.ends_at <= now and was_there(invitee)


def _mail(invitee: Invitee, words, now: datetime) -> Mail:
    """Words in the language of the one who reads them; the same for what is put into them."""
    meeting = invitee.meeting
    url = settings.BASE_URL + reverse("meetings:meeting", args=[meeting.pk])
    with translation.override(invitee.person.language):
        subject, text = words_to(invitee.person, meeting, words, now)
    context = {"subject": subject, "words": text, "meeting": meeting, "invitee": invitee, "url": url, "now": now}
    return Mail("meetings.reminder", context)


for one in Reminder.Moment.values:
    register(Occasion(f"meetings.reminder.{one}", partial(reminded, one)))
