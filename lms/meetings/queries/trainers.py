"""Who may lead days."""

from lms.meetings.models.meeting import TRAINER_ROLES
from lms.people.models import Membership, Organisation, Role, User


def trainers_of(provider: Organisation):
    """Who may lead a provider's days today."""
    return _holding(provider, *TRAINER_ROLES)


def supervisors_of(provider: Organisation):
    """Who may have a group of their own today."""
    return _holding(provider, Role.SUPERVISOR)


def _holding(provider: Organisation, *roles: str):
    held = Membership.objects.current().with_role(*roles).filter(organisation=provider)
    return User.objects.filter(is_active=True, pk__in=held.values("person")).order_by("name", "pk")
