"""Secrets of others that must be read again: sealed with a key from the environment, never stored as they are."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# What is sealed for one purpose opens for no other.
WORK_ACCOUNT, SECOND_FACTOR = b"lms.people.work_account", b"lms.people.second_factor"


class CannotBeOpened(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """None of the keys we have sealed this."""


def seal(text: str, *, keys: list[str], purpose: bytes = WORK_ACCOUNT) -> str:
    """``text`` so that only who has the first of ``keys`` reads it; nothing stays nothing."""
    return _box(keys, purpose).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str, *, keys: list[str], purpose: bytes = WORK_ACCOUNT) -> str:
    """:raises CannotBeOpened: after the key was lost or the text was changed."""
    if not sealed:
        return ""
    try:
        return _box(keys, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotBeOpened from error


def _box(keys: list[str], purpose: bytes) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: bytes) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=purpose).derive(key.encode()))
