"""What can happen to people and what is kept of it."""

from lms.people.actions.audit import record
from lms.people.actions.invitations import (
    InvitationClosed,
    accept,
    cancel_invitation,
    invite,
    offer_new_link,
    remind,
)
from lms.people.actions.memberships import add_membership, end_membership
from lms.people.actions.profiles import change_profile
from lms.people.actions.sign_in import end_session, note_sign_of_life, reset_factors, sign_out_everywhere
from lms.people.actions.work_accounts import (
    DomainTaken,
    NotTried,
    change_work_account,
    come_in_from_work,
    note_trial,
    remove_link,
    set_up_work_account,
    switch_work_account,
)

__all__ = [
    "DomainTaken",
    "InvitationClosed",
    "NotTried",
    "accept",
    "add_membership",
    "cancel_invitation",
    "change_profile",
    "change_work_account",
    "come_in_from_work",
    "end_membership",
    "end_session",
    "invite",
    "note_sign_of_life",
    "note_trial",
    "offer_new_link",
    "record",
    "remind",
    "remove_link",
    "reset_factors",
    "set_up_work_account",
    "sign_out_everywhere",
    "switch_work_account",
]
