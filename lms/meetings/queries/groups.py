"""What the page that makes and changes a supervision group reads."""

from hashlib import sha256

from lms.meetings.methods.composition import Seat, hints
from lms.meetings.models import Cohort, Enrolment, GroupMembership, SupervisionGroup
from lms.people.models import Membership, Organisation, Role, User


def supervisors_of(provider: Organisation) -> list[User]:
    """Who may lead a provider's groups today."""
    leading = Membership.objects.current().with_role(Role.SUPERVISOR).filter(organisation=provider)
    return list(User.objects.filter(is_active=True, pk__in=leading.values("person")).order_by("name", "pk"))


def places_in(group: SupervisionGroup) -> list[GroupMembership]:
    """The places nobody has ended, by name."""
    places = group.memberships.filter(end_date=None, enrolment__state=Enrolment.State.ENROLLED)
    return list(places.select_related("enrolment__person", "enrolment__municipality"))


def without_group(cohort: Cohort) -> list[Enrolment]:
    """The enrolled kursister who have no place in a group, by name."""
    placed = GroupMembership.objects.filter(end_date=None).values("enrolment")
    enrolments = cohort.enrolments.enrolled().exclude(pk__in=placed)
    return list(enrolments.select_related("person", "municipality"))


def edition_of(group: SupervisionGroup, places: list[GroupMembership]) -> str:
    """A fingerprint of a group: two coordinators who change it each hear of the other."""
    facts = (group.name, group.supervisor_id, *sorted(place.enrolment_id for place in places))
    return sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:16]


def hints_for_group(places: list[GroupMembership]) -> list[str]:
    """In words what one might want otherwise of a group that sits like this."""
    seats = [Seat(row.person_id, row.person.name, row.municipality.name) for row in (p.enrolment for p in places)]
    managing = Membership.objects.current().with_role(Role.LOCAL_MANAGER)
    of_members = managing.filter(person__in=[seat.person for seat in seats])
    return hints(seats, set(of_members.values_list("person", "organisation__name")))
