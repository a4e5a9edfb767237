"""The people of a cohort, as each who may see the page sees them."""

from dataclasses import dataclass

from lms.meetings.models import Cohort, Enrolment
from lms.meetings.queries.seats import GONE
from lms.meetings.rules import can_approve, can_organise
from lms.people.models import Invitation, Role, User, access_of

SEATED = Enrolment.State.ENROLLED


@dataclass(frozen=True)
class ListedPerson:
    """A line of the list. ``email`` and ``invitation`` are empty for people who may not see them."""

    enrolment: Enrolment
    email: str
    invitation: Invitation | None

    @property
    def tick(self) -> str:
        """The invitation and its present link, as a checkbox of the reminder page carries it."""
        return f"{self.invitation.pk}.{self.invitation.rotation}" if self.invitation else ""


def people_for(user: User, cohort: Cohort) -> list[ListedPerson]:
    """Everybody ``user`` may see, by name. Addresses and invitations only to coordinators and own managers."""
    enrolments = cohort.enrolments.visible_to(user).exclude(state__in=GONE).select_related("person", "municipality")
    looked_after = looked_after_by(user, cohort)
    waiting = _waiting(cohort) if looked_after else {}
    return [_line(enrolment, looked_after, waiting) for enrolment in enrolments]


def applications_among(lines: list[ListedPerson], user: User) -> list[Enrolment]:
    """What ``user`` may say yes or no to."""
    return [line.enrolment for line in lines if can_approve(user, line.enrolment)]


def people_to_remind_for(user: User, cohort: Cohort) -> list[ListedPerson]:
    """Those with a seat who have not accepted, among the people ``user`` looks after."""
    return [line for line in people_for(user, cohort) if line.invitation and line.enrolment.state == SEATED]


@dataclass(frozen=True)
class LookedAfter:
    """Whose invitations somebody follows: everybody's on the cohort, or some municipalities'."""

    everybody: bool
    municipalities: frozenset[int]

    def __bool__(self):
        return self.everybody or bool(self.municipalities)

    def includes(self, municipality_id: int) -> bool:
        return self.everybody or municipality_id in self.municipalities


def looked_after_by(user: User, cohort: Cohort) -> LookedAfter:
    own = frozenset(access_of(user).organisations(Role.LOCAL_MANAGER))
    return LookedAfter(can_organise(user, cohort), own)


def _line(enrolment, looked_after, waiting):
    if not looked_after.includes(enrolment.municipality_id):
        return ListedPerson(enrolment, "", None)
    return ListedPerson(enrolment, enrolment.person.email, waiting.get(enrolment.person_id))


def _waiting(cohort):
    people = cohort.enrolments.enrolled().values("person")
    invitations = Invitation.objects.waiting().filter(person__in=people)
    rows = invitations.select_related("person", "organisation", "invited_by")
    return {invitation.person_id: invitation for invitation in rows}
