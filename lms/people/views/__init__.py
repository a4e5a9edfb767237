"""The pages where people come in and look after their account."""

from lms.people.views.accounts import account, admin_login, closed
from lms.people.views.history import history, openings
from lms.people.views.invitations import invitation, new_invitation
from lms.people.views.memberships import add_member, change_job, end_membership, organisation, organisations
from lms.people.views.own_data import erase_account, keep_account, own_data, regret_erasure
from lms.people.views.passkeys import first_passkey, remove_passkey
from lms.people.views.second_factor import reset_factors, second_factor
from lms.people.views.sessions import end_session, sessions, sign_out_everywhere
from lms.people.views.work_accounts import (
    new_work_account,
    remove_work_link,
    switch_work_account,
    try_work_account,
    work_account,
    work_account_trial,
    work_accounts,
)
from lms.people.views.work_sign_in import (
    oidc_callback,
    saml_acs,
    saml_finish_acs,
    saml_metadata,
    saml_sls,
    work_sign_in,
)

__all__ = [
    "account",
    "add_member",
    "admin_login",
    "change_job",
    "closed",
    "end_membership",
    "end_session",
    "erase_account",
    "first_passkey",
    "history",
    "invitation",
    "keep_account",
    "new_invitation",
    "new_work_account",
    "oidc_callback",
    "openings",
    "organisation",
    "organisations",
    "own_data",
    "regret_erasure",
    "remove_passkey",
    "remove_work_link",
    "reset_factors",
    "saml_acs",
    "saml_finish_acs",
    "saml_metadata",
    "saml_sls",
    "second_factor",
    "sessions",
    "sign_out_everywhere",
    "switch_work_account",
    "try_work_account",
    "work_account",
    "work_account_trial",
    "work_accounts",
    "work_sign_in",
]
