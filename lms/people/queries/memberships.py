"""Who belongs to an organisation, as those who look after it see them."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet

from lms.people.models import Membership, Organisation, Role, access_of
from lms.people.models.membership import MANAGERS, managed_by

# The administrators' place in addresses, where an organisation's number stands.
ADMINISTRATORS = "administratorer"


@dataclass(frozen=True)
class Member:
    """A line of the list."""

    membership: Membership
    is_here: bool

    @property
    def name(self) -> str:
        """The name only when the person has been here since: before, the list knows what was typed and no more."""
        return self.membership.person.name if self.is_here else self.membership.person.email


@dataclass(frozen=True)
class Members:
    """Everybody of an organisation's: those of today, those to come and those who have left."""

    current: list[Member] = field(default_factory=list)
    coming: list[Member] = field(default_factory=list)
    ended: list[Member] = field(default_factory=list)


def members_of(organisation: Organisation | None, today: date) -> Members:
    rows = list(_at(organisation).select_related("person").order_by("person__name", "person_id", "start_date"))
    here = {row.person_id for row in rows if _has_been_here(row)}
    members = Members()
    for row in rows:
        place = members.coming if row.start_date > today else members.current
        if row.end_date and row.end_date < today:
            place = members.ended
        place.append(Member(row, row.person_id in here))
    return members


def member_for(membership: Membership) -> Member:
    """One line by itself; the name stands where the list would show it."""
    rows = Membership.objects.filter(person=membership.person_id, organisation=membership.organisation_id)
    return Member(membership, any(_has_been_here(row) for row in rows.select_related("person")))


def _at(organisation):
    """Administrators belong to no organisation, and nobody else does not."""
    return Membership.objects.filter(organisation=organisation)


def _has_been_here(membership: Membership) -> bool:
    last = membership.person.last_login
    return membership.added_at is None or (last is not None and last >= membership.added_at)


def organisations_to_manage(user, today: date, words: str = "") -> QuerySet[Organisation]:
    """The organisations ``user`` looks after, those with ``words`` in their name, with the number of their people."""
    holding = Q(memberships__in=Membership.objects.current(today))
    people = Count("memberships__person", filter=holding, distinct=True)
    organisations = Organisation.objects.annotate(people_count=people).order_by("kind", "name")
    if words:
        organisations = organisations.filter(name__icontains=words)
    if access_of(user).has(Role.ADMINISTRATOR):
        return organisations
    return organisations.filter(pk__in=managed_by(user))


def others_who_manage(membership: Membership, today: date) -> QuerySet[Membership]:
    """Who else looks after the organisation today with no end in sight, of those who can sign in."""
    rows = (
        _at(membership.organisation)
        .with_role(_role_in_charge(membership))
        .current(today)
        .filter(end_date=None, person__is_active=True)
    )
    uninvited_or_here = Q(person__invitations=None) | Q(person__invitations__accepted_at__isnull=False)
    return rows.exclude(pk=membership.pk).filter(uninvited_or_here).distinct()


def _role_in_charge(membership: Membership) -> str:
    return MANAGERS.get(membership.organisation.kind, "") if membership.organisation else Role.ADMINISTRATOR


def leaves_nobody_in_charge(membership: Membership, today: date) -> bool:
    """Whether its end leaves an organisation without a manager. A region never had one of its own."""
    return membership.role == _role_in_charge(membership) and not others_who_manage(membership, today).exists()


def other_places_of(membership: Membership, today: date) -> list[Membership]:
    """What else the person is at the same organisation; where else they belong is not told to its manager."""
    rows = Membership.objects.lasting(today).filter(person=membership.person_id, organisation=membership.organisation)
    return list(rows.exclude(pk=membership.pk))
