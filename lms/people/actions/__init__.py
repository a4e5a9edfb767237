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

__all__ = [
    "InvitationClosed",
    "accept",
    "add_membership",
    "cancel_invitation",
    "change_profile",
    "end_membership",
    "invite",
    "offer_new_link",
    "record",
    "remind",
]
