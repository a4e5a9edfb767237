"""May this person do this to this meeting, now?"""

from datetime import datetime

from django.utils.timezone import localdate

from lms.meetings.models import Cohort, Invitee, Meeting
from lms.meetings.models.meeting import TRAINER_ROLES
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES


def can_run(user, meeting: Meeting) -> bool:
    """Take attendance: the provider's instructors, supervisors and coordinators."""
    return _provider(meeting.cohort) in access_of(user).organisations(*TRAINER_ROLES)


def can_organise(user, cohort: Cohort) -> bool:
    """Move a meeting, call it off, remind people: the provider's coordinators."""
    return _provider(cohort) in access_of(user).organisations(Role.PROVIDER_COORDINATOR)


def can_see_attendance(user, cohort: Cohort) -> bool:
    """Beside the names of a whole cohort: the provider that runs it, and the agency."""
    access = access_of(user)
    return access.has(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER) or (
        _provider(cohort) in access.organisations(*PROVIDER_ROLES)
    )


def can_see_people(user, cohort: Cohort) -> bool:
    """The page of people and invitations: coordinators, managers with people there, and the agency."""
    roles = (Role.LOCAL_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
    return can_organise(user, cohort) or access_of(user).has(*roles)


def is_open_for_attendance(meeting: Meeting, now: datetime) -> bool:
    """From the first minute of the day, not only when it is over."""
    return not meeting.is_cancelled and localdate(now) >= localdate(meeting.starts_at)


def is_expected(invitee: Invitee, now: datetime) -> bool:
    """Still to be asked: on the list, able to sign in, and the meeting neither called off nor over."""
    is_on = not invitee.is_removed and not invitee.meeting.is_cancelled
    return is_on and invitee.person.is_active and invitee.meeting.ends_at > now


def can_answer(invitee: Invitee, now: datetime) -> bool:
    return is_expected(invitee, now) and invitee.role != Invitee.Role.TRAINER


def _provider(cohort: Cohort) -> int:
    return cohort.course.provider_id


def enrols_from(user, cohort: Cohort) -> frozenset[int] | None:
    """Whose people ``user`` may enrol: a coordinator everybody's (``None``), a manager own ones while it is open."""
    if cohort.state != Cohort.State.CANCELLED and can_organise(user, cohort):
        return None
    if cohort.state != Cohort.State.OPEN:
        return frozenset()
    return frozenset(access_of(user).organisations(Role.LOCAL_MANAGER))


def can_enrol(user, cohort: Cohort) -> bool:
    allowed = enrols_from(user, cohort)
    return allowed is None or bool(allowed)
