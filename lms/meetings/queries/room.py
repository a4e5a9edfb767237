"""How much room a day has."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from lms.meetings.models import Enrolment, Invitee, Meeting, SeatReservation


def seats_left_on(meeting: Meeting, now: datetime) -> int:
    return seats_left_on_each([meeting], now)[meeting.pk]


def seats_left_on_each(meetings: list[Meeting], now: datetime) -> dict[int, int]:
    """Free seats by meeting, in three queries; the meetings bring their cohort.

    A decline frees a seat. Seats a municipality still holds without names, and those on offer, are not free.
    """
    coming = Q(is_removed=False) & ~Q(role=Invitee.Role.TRAINER) & ~Q(answer=Invitee.Answer.DECLINED)
    invitees = Invitee.objects.filter(coming, meeting__in=meetings).order_by()
    taken = dict(invitees.values_list("meeting").annotate(Count("pk")))
    held = _held_by_cohort({meeting.cohort_id for meeting in meetings}, now)
    left = {meeting.pk: _seats(meeting) - taken.get(meeting.pk, 0) - held[meeting.cohort_id] for meeting in meetings}
    return {pk: max(0, seats) for pk, seats in left.items()}


def _seats(meeting: Meeting) -> int:
    return meeting.cohort.capacity if meeting.capacity is None else meeting.capacity


def _held_by_cohort(cohorts: set[int], now: datetime) -> dict[int, int]:
    held = dict.fromkeys(cohorts, 0)
    reserved = SeatReservation.objects.holding(now).filter(cohort__in=cohorts)
    offered = Enrolment.objects.filter(cohort__in=cohorts, state=Enrolment.State.OFFERED)
    for rows, count in ((reserved, Sum("seats")), (offered, Count("pk"))):
        for cohort, seats in rows.order_by().values_list("cohort").annotate(count):
            held[cohort] += seats
    return held
