"""Words that stand in one kind of text only, and who may read that text: no answer may hold another one."""

from lms.people.models import Role

AGENCY = {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
WRITERS = {Role.INSTRUCTOR, Role.PROVIDER_COORDINATOR, Role.EDITOR}
PROVIDER = WRITERS | {Role.SUPERVISOR}
TRAINERS = {Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR}

READERS = {
    "giraffen": {Role.JOB_CONSULTANT, Role.SUPERVISOR},  # a case of the own group
    "tapiren": set(),  # a colleague's draft of a case
    "okapien": set(),  # another group's case
    "kiwien": set(),  # a case of another provider's cohort
    "flamingoen": {Role.JOB_CONSULTANT} | PROVIDER | AGENCY,  # a member of another group of the own cohort
    "pingvinen": {Role.JOB_CONSULTANT} | PROVIDER | AGENCY,  # a member of the own group
    "paafuglen": {Role.PROVIDER_COORDINATOR},  # that member's e-mail address
    "lemuren": AGENCY,  # a person and a page of another provider's cohort
    "sneuglen": {Role.JOB_CONSULTANT, Role.PSYCHIATRY_PARTNER} | PROVIDER | AGENCY,  # a day's published page
    "narhvalen": WRITERS | AGENCY,  # the own provider's unpublished page
    "zebraen": AGENCY,  # another provider's unpublished page, file, image and collection
    "koalaen": set(),  # a reflection somebody keeps
    "lamaen": TRAINERS,  # a reflection that was handed in
    "ulven": set(),  # somebody's draft in the community
    "bisonen": {Role.MODERATOR},  # what a moderator has hidden
    "grævlingen": {Role.MODERATOR},  # why somebody reported a text
}


def secrets_in(body: str, role: str) -> list[str]:
    told = body.lower()
    return [word for word, readers in READERS.items() if word in told and role not in readers]
