"""What one page or mail needs to know about people."""

from lms.people.queries.accounts import SignInMethods, sign_in_methods_of
from lms.people.queries.invitations import invitation_for_token, words_for_invitee
from lms.people.queries.names import names_on_the_site
from lms.people.queries.sessions import sessions_of
from lms.people.queries.work_accounts import (
    Standing,
    links_of_account,
    standing_of_identity,
    work_account_for_email,
    work_accounts_for,
)

__all__ = [
    "SignInMethods",
    "Standing",
    "invitation_for_token",
    "links_of_account",
    "names_on_the_site",
    "sessions_of",
    "sign_in_methods_of",
    "standing_of_identity",
    "words_for_invitee",
    "work_account_for_email",
    "work_accounts_for",
]
