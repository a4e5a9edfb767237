"""What people type: guarded before it is stored."""

from lms.people.forms.guarded import CPR_MESSAGE, GuardedFormMixin, guard_text

__all__ = ["CPR_MESSAGE", "GuardedFormMixin", "guard_text"]
