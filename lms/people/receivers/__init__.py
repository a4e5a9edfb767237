"""What allauth, Django and Wagtail tell us by signal."""

from lms.people.receivers import audit, sessions

__all__ = ["audit", "sessions"]
