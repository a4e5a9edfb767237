"""Reckoning with days: when what was written is deleted again."""

from datetime import datetime, timedelta

RETENTION = timedelta(days=14)
"""How long a case outlives the supervision day it was written for."""


def deletion_moment(day_ends_at: datetime) -> datetime:
    return day_ends_at + RETENTION


def last_end_to_delete(now: datetime) -> datetime:
    """Cases of days that ended then or earlier have been kept long enough."""
    return now - RETENTION
