"""May this person do this to this meeting, now?"""

from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime

from lms.meetings.methods.checkin import Window
from lms.meetings.methods.halves import start_of
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting, SeatOffer
from lms.meetings.models.meeting import TRAINER_ROLES
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES

# When one can check in oneself, and how long before that somebody who comes early is put in a queue.
OPENS_BEFORE, CLOSES_AFTER, QUEUES_FOR = timedelta(minutes=30), timedelta(hours=1), timedelta(hours=1)


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


def check_in_windows(meeting: Meeting) -> list[Window]:
    """Half an hour before each half day until an hour into it."""
    return [_window(meeting, half) for half in meeting.halves]


def window_of(meeting: Meeting, half: str) -> Window | None:
    """A day that has been moved may not have that half any more."""
    return next((window for window in check_in_windows(meeting) if window.half == half), None)


def check_in_window(meeting: Meeting, moment: datetime) -> Window | None:
    """The half day somebody means who checks in at ``moment``: the open one, or the one that opens within the hour."""
    if meeting.is_cancelled:
        return None
    windows = check_in_windows(meeting)
    return next((window for window in windows if window.opens_at - QUEUES_FOR <= moment < window.closes_at), None)


def can_check_in(invitee: Invitee, meeting: Meeting, now: datetime) -> bool:
    """Say oneself that one is here: kursister, and guests who make up for a day."""
    is_listed = invitee.role == Invitee.Role.KURSIST or invitee.makes_up_for_id is not None
    return is_listed and check_in_window(meeting, now) is not None


def _window(meeting: Meeting, half: str) -> Window:
    starts_at = start_of(half, localtime(meeting.starts_at))
    return Window(half, starts_at - OPENS_BEFORE, min(starts_at + CLOSES_AFTER, meeting.ends_at))


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


def can_accept(offer: SeatOffer, now: datetime) -> bool:
    """Held still: neither answered, nor run out, nor of a cohort that is called off."""
    is_on = offer.enrolment.cohort.state != Cohort.State.CANCELLED
    return is_on and offer.state == SeatOffer.State.OPEN and offer.expires_at > now


def can_apply(user) -> bool:
    """Ask for a seat of one's own: job consultants."""
    return access_of(user).has(Role.JOB_CONSULTANT)


def can_approve(user, enrolment: Enrolment) -> bool:
    """Say yes or no to an application: the manager of the municipality it comes from, nobody else."""
    is_asked = enrolment.state == Enrolment.State.APPLIED and enrolment.cohort.state == Cohort.State.OPEN
    return is_asked and is_manager_of(user, enrolment)


def can_manage_seats(user, cohort: Cohort) -> bool:
    """Reserve seats, give them names and give them back: the coordinator, and local managers for their own."""
    return can_organise(user, cohort) or access_of(user).has(Role.LOCAL_MANAGER)


def reserves_for(user, cohort: Cohort) -> frozenset[int] | None:
    """Whose seats ``user`` may reserve while the cohort is open: a coordinator everybody's, a manager own ones."""
    return enrols_from(user, cohort) if cohort.state == Cohort.State.OPEN else frozenset()


def can_look_after(user, enrolment: Enrolment) -> bool:
    """See how a seat came about, give it up or hand it on: the coordinator, and the manager it was sent by."""
    return can_organise(user, enrolment.cohort) or is_manager_of(user, enrolment)


def can_hand_over(enrolment: Enrolment) -> bool:
    return enrolment.state == Enrolment.State.ENROLLED and not enrolment.cohort.is_cancelled


def is_manager_of(user, enrolment: Enrolment) -> bool:
    return enrolment.municipality_id in access_of(user).organisations(Role.LOCAL_MANAGER)
