"""What can happen to people and what is kept of it."""

from lms.people.actions.audit import record

__all__ = ["record"]
