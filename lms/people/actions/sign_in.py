"""Where a person is signed in, which devices remember them, and starting over when the phone is gone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from lms.notifications.actions import notify
from lms.people.actions.audit import record
from lms.people.models import User


def note_sign_of_life(*, session_key: str, now: datetime) -> None:
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)


@transaction.atomic
def end_session(*, session: UserSession, by: User, now: datetime) -> None:
    """Sign ``session`` out, wherever it is. What it does next, it does as a stranger."""
    record(by=by, verb="ended_session", about=session.user, now=now)
    session.end()


@transaction.atomic
def sign_out_everywhere(*, person: User, by: User | None, now: datetime) -> None:
    """End every session of ``person``, this one as well, and ask every device for the second factor again."""
    person.devices_forgotten_at = now
    person.save(update_fields=["devices_forgotten_at"])
    person.end_sessions()
    record(by=by, verb="signed_out_everywhere", about=person, now=now)


@transaction.atomic
def reset_factors(*, person: User, by: User | None, now: datetime) -> None:
    """Take away everything ``person`` could prove themselves with beside a password, and tell them so.

    Whoever must have a second factor sets up a new one at the next sign-in.
    """
    Authenticator.objects.filter(user=person).delete()
    sign_out_everywhere(person=person, by=by, now=now)
    entry = record(by=by, verb="reset_factors", about=person, now=now)
    notify(recipients=[person], occasion="people.factors_reset", about=entry, now=now)
