"""What people type: guarded before it is stored."""

from lms.people.forms.accounts import AccountForm
from lms.people.forms.factors import ResetFactorsForm
from lms.people.forms.guarded import GuardedFormMixin, guard_text
from lms.people.forms.invitations import NewInvitationForm, PasswordForm
from lms.people.forms.memberships import EndMembershipForm, JobForm, NewMemberForm, OrganisationSearchForm
from lms.people.forms.notes import CPR_IN_FILE, CPR_MESSAGE, TICK, GuardNote
from lms.people.forms.work_accounts import NewWorkAccountForm, SwitchForm, WorkEmailForm, form_for

__all__ = [
    "CPR_IN_FILE",
    "CPR_MESSAGE",
    "TICK",
    "AccountForm",
    "EndMembershipForm",
    "GuardNote",
    "GuardedFormMixin",
    "JobForm",
    "NewInvitationForm",
    "NewMemberForm",
    "NewWorkAccountForm",
    "OrganisationSearchForm",
    "PasswordForm",
    "ResetFactorsForm",
    "SwitchForm",
    "WorkEmailForm",
    "form_for",
    "guard_text",
]
