"""Links in mails that work without signing in: they say what they are for, and nobody else can write one."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

# Longer than any of ours: what is longer is not worth the arithmetic.
LONGEST_TOKEN = 300


def sign(purpose: str, **ids: int | str) -> str:
    """A token for an address, that :func:`read` turns back into ``ids`` for the same purpose alone."""
    return _signer(purpose).sign_object(ids)


def read(purpose: str, token: str, max_age: timedelta | int | None) -> dict | None:
    """What was signed; nothing for a forged token, one for another purpose, or one older than ``max_age``."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        return _signer(purpose).unsign_object(token, max_age=max_age)
    except (BadSignature, UnicodeError):
        return None


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"lms.meetings.links.{purpose}", sep=".")
