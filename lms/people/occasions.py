"""What people tells others of: invitations and their reminders."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from lms.notifications.methods import Mail, Occasion, register
from lms.notifications.models import Notice
from lms.people.models import Invitation, Membership
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


register(Occasion("people.invited", load_invited))
register(Occasion("people.joined", load_joined))
register(Occasion("people.reminded", load_reminded))
