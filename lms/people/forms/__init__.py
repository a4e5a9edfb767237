"""What people type: guarded before it is stored."""

from lms.people.forms.accounts import AccountForm
from lms.people.forms.guarded import CPR_MESSAGE, GuardedFormMixin, guard_text
from lms.people.forms.invitations import NewInvitationForm, PasswordForm
from lms.people.forms.work_accounts import NewWorkAccountForm, SwitchForm, WorkEmailForm, form_for

__all__ = [
    "CPR_MESSAGE",
    "AccountForm",
    "GuardedFormMixin",
    "NewInvitationForm",
    "NewWorkAccountForm",
    "PasswordForm",
    "SwitchForm",
    "WorkEmailForm",
    "form_for",
    "guard_text",
]
