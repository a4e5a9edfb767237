"""What people tells others of: invitations and their reminders."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.notifications.methods import Mail, Occasion, register
from lms.notifications.models import Notice
from lms.people.models import Invitation
from lms.people.queries import words_for_invitee


def load_invited(notice: Notice, now: datetime) -> Mail | None:
    return _mail("people.invited", notice, now)


def load_reminded(notice: Notice, now: datetime) -> Mail | None:
    return _mail("people.reminded", notice, now)


def _mail(template, notice, now):
    """Dropped when the invitation was answered or taken back meanwhile, or when a newer link replaced this one."""
    invitation = (
        Invitation.objects.open(now)
        .select_related("person", "organisation", "invited_by")
        .filter(pk=notice.object_id, rotation=notice.revision)
        .first()
    )
    if invitation is None or invitation.email != notice.recipient.email:
        return None
    url = f"{settings.BASE_URL}{reverse('people:invitation', args=[invitation.token])}"
    return Mail(template, {**words_for_invitee(invitation), "url": url, "now": now})


def load_factors_reset(notice: Notice, now: datetime) -> Mail | None:
    """Told to whoever it happened to, in any case: it might be somebody else who asked for it."""
    if not notice.recipient.is_active:
        return None
    url = f"{settings.BASE_URL}{reverse('account_login')}"
    words = {"person": notice.recipient, "moment": notice.created_at, "contact": settings.CONTACT}
    return Mail("people.factors_reset", {**words, "url": url, "now": now})


register(Occasion("people.factors_reset", load_factors_reset))
register(Occasion("people.invited", load_invited))
register(Occasion("people.reminded", load_reminded))
