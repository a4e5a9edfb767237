"""May this person …? Each sentence is written here once."""

from lms.people.models import User


def can_sign_in(person: User) -> bool:
    """Whoever was invited comes in by accepting first; nobody else was ever asked to."""
    answers = list(person.invitations.values_list("accepted_at", flat=True))
    return not answers or any(answers)
