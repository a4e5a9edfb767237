"""What can happen to people and what is kept of it."""

from lms.people.actions.audit import (
    TooPrecise,
    note_openings,
    record,
    record_coarsely,
    record_number,
)
from lms.people.actions.erasure import erase_files, erase_person
from lms.people.actions.erasure_requests import ask_for_erasure, carry_out_erasures, regret_erasure
from lms.people.actions.export import export_person
from lms.people.actions.invitations import (
    InvitationClosed,
    accept,
    cancel_invitation,
    invite,
    offer_new_link,
    remind,
)
from lms.people.actions.memberships import (
    BeginsTooEarly,
    LastAdministrator,
    NobodyThere,
    add_member,
    add_membership,
    change_job,
    end_membership,
)
from lms.people.actions.profiles import change_profile, note_information_read
from lms.people.actions.retention import keep_no_longer, waiting_to_go
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
    "BeginsTooEarly",
    "DomainTaken",
    "InvitationClosed",
    "LastAdministrator",
    "NobodyThere",
    "NotTried",
    "TooPrecise",
    "accept",
    "add_member",
    "add_membership",
    "ask_for_erasure",
    "cancel_invitation",
    "carry_out_erasures",
    "change_job",
    "change_profile",
    "change_work_account",
    "come_in_from_work",
    "end_membership",
    "end_session",
    "erase_files",
    "erase_person",
    "export_person",
    "invite",
    "keep_no_longer",
    "note_information_read",
    "note_openings",
    "note_sign_of_life",
    "note_trial",
    "offer_new_link",
    "record",
    "record_coarsely",
    "record_number",
    "regret_erasure",
    "remind",
    "remove_link",
    "reset_factors",
    "set_up_work_account",
    "sign_out_everywhere",
    "switch_work_account",
    "waiting_to_go",
]
