"""What one page or mail needs to know about people."""

from lms.people.queries.accounts import SignInMethods, sign_in_methods_of
from lms.people.queries.erasures import erasure_behind, erasure_of
from lms.people.queries.history import Deed, deed, history_of_account, openings_for, page_before
from lms.people.queries.invitations import invitation_for_token, words_for_invitee
from lms.people.queries.memberships import (
    ADMINISTRATORS,
    leaves_nobody_in_charge,
    member_for,
    members_of,
    organisations_to_manage,
    other_places_of,
)
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
    "ADMINISTRATORS",
    "Deed",
    "SignInMethods",
    "Standing",
    "deed",
    "erasure_behind",
    "erasure_of",
    "history_of_account",
    "invitation_for_token",
    "leaves_nobody_in_charge",
    "links_of_account",
    "member_for",
    "members_of",
    "names_on_the_site",
    "openings_for",
    "organisations_to_manage",
    "other_places_of",
    "page_before",
    "sessions_of",
    "sign_in_methods_of",
    "standing_of_identity",
    "words_for_invitee",
    "work_account_for_email",
    "work_accounts_for",
]
