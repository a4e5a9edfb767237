"""Who belongs where: the own municipality with its manager, and the other provider, which has nobody who asks."""

from lms.people.models import Role
from tests.factories.people import person_with


def make_staff(world) -> dict[str, dict]:
    own, other = world.places.municipality, world.places.other_provider
    belongs = {
        "own": person_with(Role.JOB_CONSULTANT, own).memberships.get(),
        "other": person_with(Role.EDITOR, other, name="Lemuren Sand").memberships.get(),
    }
    return {
        "staff": {"own": {"key": own.pk}, "other": {"key": other.pk}},
        "membership": {name: {"key": row.organisation_id, "pk": row.pk} for name, row in belongs.items()},
    }
