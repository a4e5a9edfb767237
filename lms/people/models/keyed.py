"""Links that are never stored: the number of a row and a keyed proof that we wrote it."""

import uuid
from typing import TypeVar

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac

PART_LENGTH = 32
Keyed = TypeVar("Keyed", bound=models.Model)


class KeyedQuerySet(models.QuerySet[Keyed]):
    """Rows with a ``public_id`` and a ``token`` made by ``token_for``."""

    def with_token(self, token: str) -> Keyed | None:
        """The row a link leads to; ``None`` for what we never wrote and for what a newer link replaced."""
        try:
            public_id = uuid.UUID(hex=token[:PART_LENGTH])
        except ValueError:
            return None
        row = self.filter(public_id=public_id).first()
        return row if row and constant_time_compare(row.token, token) else None  # type: ignore[attr-defined]


def token_for(public_id: uuid.UUID, *, salt: str, signed: str) -> str:
    """What a link carries. ``salt`` is the purpose; ``signed`` is what retires the link when it changes."""
    proof = salted_hmac(salt, signed, algorithm="sha256").hexdigest()
    return f"{public_id.hex}{proof[:PART_LENGTH]}"
