from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from lms.meetings.models import Cohort, Invitee
from lms.people.models import Membership, Role, User


def managers_of(municipality, now: datetime) -> QuerySet[User]:
    """Who says yes or no to a municipality's applications today."""
    managing = Membership.objects.current(localdate(now)).with_role(Role.LOCAL_MANAGER)
    return User.objects.filter(pk__in=managing.filter(organisation=municipality).values("person"), is_active=True)


def concerned_by(cohort: Cohort, meetings: QuerySet, now: datetime) -> QuerySet[User]:
    """Whom the end of a cohort concerns: all with a seat or a wish for one, the trainers of ``meetings``, and the
    managers of municipalities with people or reservations there."""
    standing = cohort.enrolments.standing()
    leading = Invitee.objects.active().filter(meeting__in=meetings.values("pk"), role=Invitee.Role.TRAINER)
    managers = Membership.objects.current(localdate(now)).with_role(Role.LOCAL_MANAGER)
    sending = managers.filter(
        Q(organisation__in=standing.values("municipality"))
        | Q(organisation__in=cohort.reservations.values("municipality"))
    )
    return User.objects.filter(
        Q(pk__in=standing.values("person")) | Q(pk__in=leading.values("person")) | Q(pk__in=sending.values("person")),
        is_active=True,
    )
