"""What people tells others of: invitations and their reminders."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lms.notifications.methods import Mail, Occasion, register
from lms.notifications.models import Notice
from lms.people.models import ErasureRequest, Invitation, Membership
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


def load_joined(notice: Notice, now: datetime) -> Mail | None:
    """Dropped when the role was ended or taken back before the mail went."""
    lasting = Membership.objects.lasting(timezone.localdate(now)).select_related("person", "organisation")
    membership = lasting.filter(pk=notice.object_id, person__is_active=True).first()
    if membership is None:
        return None
    words = {"membership": membership, "person": membership.person, "organisation": membership.organisation}
    return Mail("people.joined", {**words, "url": f"{settings.BASE_URL}{reverse('people:account')}", "now": now})


def load_erasure_asked(notice: Notice, now: datetime) -> Mail | None:
    return _erasure_mail("people.erasure_asked", notice, now)


def load_erasure_near(notice: Notice, now: datetime) -> Mail | None:
    return _erasure_mail("people.erasure_near", notice, now)


def _erasure_mail(template, notice, now):
    """Dropped when it was regretted meanwhile."""
    erasure = ErasureRequest.objects.visible_to(notice.recipient).open().filter(pk=notice.object_id).first()
    if erasure is None:
        return None
    url = f"{settings.BASE_URL}{reverse('people:regret_erasure', args=[erasure.token])}"
    return Mail(template, {"erasure": erasure, "person": notice.recipient, "url": url, "now": now})


def load_factors_reset(notice: Notice, now: datetime) -> Mail | None:
    """Told to whoever it happened to, in any case: it might be somebody else who asked for it."""
    if not notice.recipient.is_active:
        return None
    url = f"{settings.BASE_URL}{reverse('account_login')}"
    words = {"person": notice.recipient, "moment": notice.created_at, "contact": settings.CONTACT}
    return Mail("people.factors_reset", {**words, "url": url, "now": now})


register(Occasion("people.factors_reset", load_factors_reset))
register(Occasion("people.invited", load_invited))
register(Occasion("people.joined", load_joined))
register(Occasion("people.reminded", load_reminded))
register(Occasion("people.erasure_asked", load_erasure_asked))
register(Occasion("people.erasure_near", load_erasure_near))
