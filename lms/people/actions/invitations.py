"""Invitations: sent, sent again, taken back, accepted. Each is one row under a lock."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lms.notifications.actions import notify, wake_on_commit
from lms.people.actions.audit import record
from lms.people.models import Invitation, Organisation, User
from lms.people.models.invitation import LIFETIME

# Whoever asks for a link over and over gets three mails an hour at most.
PAUSE_BETWEEN_LINKS = timedelta(minutes=20)


class InvitationClosed(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The invitation was accepted, taken back or became too old."""


@transaction.atomic
def invite(*, person: User, organisation: Organisation, by: User | None, now: datetime, outbox: str = "") -> Invitation:
    """Invite ``person`` on behalf of ``organisation``. Twice is the same invitation, renewed if it ran out."""
    User.objects.select_for_update().get(pk=person.pk)
    if waiting := person.invitations.waiting().first():
        return waiting if waiting.is_open(now) else remind(invitation=waiting, by=by, now=now)
    invitation = Invitation.objects.create(
        person=person,
        organisation=organisation,
        email=person.email,
        invited_by=by,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    notify(recipients=[person], occasion="people.invited", about=invitation, now=now, outbox=outbox)
    record(by=by, verb="invited", about=invitation, now=now)
    return invitation


@transaction.atomic
def remind(*, invitation: Invitation, by: User | None, now: datetime) -> Invitation:
    """Send a new link, which retires the old one. A second click on the same list changes nothing."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.is_waiting and fresh.rotation == invitation.rotation:
        _send_new_link(fresh, now)
        record(by=by, verb="reminded", about=fresh, now=now)
    return fresh


@transaction.atomic
def offer_new_link(*, email: str, now: datetime) -> None:
    """Send a new link to whoever was invited at ``email``. Nothing tells the asker whether anybody was."""
    waiting = Invitation.objects.waiting().filter(email=email.strip().lower())
    invitation = waiting.select_for_update().first()
    if invitation and now - invitation.last_sent_at >= PAUSE_BETWEEN_LINKS:
        _send_new_link(invitation, now)
        record(by=None, verb="asked_for_new_link", about=invitation, now=now)
    else:
        wake_on_commit()


def accept(*, invitation: Invitation, password: str | None, now: datetime) -> User:
    """Let the person in, with ``password``, or without one for somebody who uses a passkey and codes by e-mail.

    :raises InvitationClosed: when somebody was faster, or the invitation is no longer open.
    """
    # Making the hash takes a good part of a second, so it happens before the row is locked.
    return _accept(invitation=invitation, password_hash=make_password(password), now=now)


@transaction.atomic
def _accept(*, invitation, password_hash, now):
    fresh = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    if not fresh.is_open(now) or fresh.rotation != invitation.rotation or fresh.email != fresh.person.email:
        raise InvitationClosed
    fresh.accepted_at = now
    fresh.save(update_fields=["accepted_at"])
    person = fresh.person
    person.password = password_hash
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=person, email=fresh.email, defaults={"verified": True, "primary": True})
    record(by=person, verb="accepted_invitation", about=fresh, now=now)
    return person


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Take an invitation back. What was accepted already stays accepted."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.is_waiting:
        fresh.cancelled_at = now
        fresh.save(update_fields=["cancelled_at"])
        record(by=by, verb="cancelled_invitation", about=fresh, now=now)
    return fresh


def _send_new_link(invitation, now):
    invitation.rotation += 1
    invitation.expires_at = now + LIFETIME
    invitation.reminded_at = now
    invitation.save(update_fields=["rotation", "expires_at", "reminded_at"])
    notify(
        recipients=[invitation.person],
        occasion="people.reminded",
        about=invitation,
        now=now,
        revision=invitation.rotation,
    )
