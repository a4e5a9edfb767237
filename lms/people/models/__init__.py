"""Who people are and what they may do."""

from lms.people.models.access import Access, access_of
from lms.people.models.audit import AuditEntry, Opening
from lms.people.models.erasure import ErasureRequest, FileToErase, RetentionCount
from lms.people.models.invitation import Invitation
from lms.people.models.membership import PROVIDER_ROLES, Membership, Role
from lms.people.models.organisation import MunicipalityRegion, Organisation
from lms.people.models.user import User
from lms.people.models.work_account import WorkAccount, WorkAccountDomain

__all__ = [
    "PROVIDER_ROLES",
    "Access",
    "AuditEntry",
    "ErasureRequest",
    "FileToErase",
    "Invitation",
    "Membership",
    "MunicipalityRegion",
    "Opening",
    "Organisation",
    "RetentionCount",
    "Role",
    "User",
    "WorkAccount",
    "WorkAccountDomain",
    "access_of",
]
