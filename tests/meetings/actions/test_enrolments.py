from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Enrolment, GroupMembership, Meeting, SeatReservation
from lms.people.models import AuditEntry
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW, invited_to, notices, schedule

pytestmark = pytest.mark.django_db


def enrol(cohort, person=None, municipality=None):
    return actions.enrol(
        person=person or UserFactory(),
        cohort=cohort,
        municipality=municipality or MunicipalityFactory(),
        by=None,
        now=NOW,
    )


def test_enrol_gives_a_seat():
    cohort = CohortFactory()
    person, municipality = UserFactory(), MunicipalityFactory()

    enrolment = enrol(cohort, person, municipality)

    assert (enrolment.person, enrolment.municipality, enrolment.state) == (person, municipality, "enrolled")
    assert AuditEntry.objects.get().verb == "enrol"


def test_enrol_twice_gives_the_same_seat_and_one_entry():
    cohort = CohortFactory(capacity=1)
    person = UserFactory()

    first, second = enrol(cohort, person), enrol(cohort, person)

    assert first == second
    assert AuditEntry.objects.count() == 1


def test_enrol_refuses_when_the_cohort_is_full():
    cohort = CohortFactory(capacity=1)
    EnrolmentFactory(cohort=cohort)

    with pytest.raises(actions.CohortFull):
        enrol(cohort)

    assert cohort.enrolments.count() == 1


def test_enrol_keeps_seats_that_another_municipality_has_reserved():
    cohort = CohortFactory(capacity=2)
    SeatReservationFactory(cohort=cohort, seats=2)

    with pytest.raises(actions.CohortFull):
        enrol(cohort)


def test_enrol_uses_a_seat_the_municipality_has_reserved():
    cohort = CohortFactory(capacity=2)
    reservation = SeatReservationFactory(cohort=cohort, seats=2)

    enrol(cohort, municipality=reservation.municipality)

    reservation.refresh_from_db()
    assert reservation.seats == 1


def test_enrol_ends_a_reservation_with_its_last_seat():
    cohort = CohortFactory(capacity=1)
    reservation = SeatReservationFactory(cohort=cohort, seats=1)

    enrol(cohort, municipality=reservation.municipality)

    assert list(SeatReservation.objects.holding(NOW)) == []


def test_enrol_takes_seats_back_that_nobody_has_named_in_time():
    cohort = CohortFactory(capacity=2)
    SeatReservationFactory(cohort=cohort, seats=2, name_by_date=NOW.date() - timedelta(days=1))

    assert enrol(cohort).state == "enrolled"


def test_enrol_after_withdrawing_takes_a_seat_again():
    cohort = CohortFactory(capacity=1)
    person = kursist_in(cohort)
    enrolment = actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW, reason="Orlov")

    again = enrol(cohort, person)

    assert (again.pk, again.state, again.reason) == (enrolment.pk, "enrolled", "")


def test_enrol_after_withdrawing_is_refused_when_the_seat_is_gone():
    cohort = CohortFactory(capacity=1)
    person = kursist_in(cohort)
    actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW)
    enrol(cohort)

    with pytest.raises(actions.CohortFull):
        enrol(cohort, person)


def test_enrol_late_invites_to_the_days_still_ahead():
    cohort = CohortFactory()
    schedule(cohort, days=-3)
    coming = [schedule(cohort, days=3), schedule(cohort, days=10)]
    person = UserFactory()

    enrol(cohort, person)

    assert invited_to(person) == coming
    assert notices(person) == [("meetings.invited", meeting.pk, 0) for meeting in coming]


def test_enrol_does_not_invite_to_what_is_cancelled_nor_to_groups_days():
    group = SupervisionGroupFactory()
    schedule(group.cohort, group=group)
    actions.cancel_meeting(meeting=schedule(group.cohort), by=None, now=NOW)
    person = UserFactory()

    enrol(group.cohort, person)

    assert invited_to(person) == []


def test_withdraw_gives_the_seat_back_and_keeps_the_reason():
    cohort = CohortFactory(capacity=1)
    person = kursist_in(cohort)

    enrolment = actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW, reason="Nyt job")

    assert (enrolment.state, enrolment.reason, enrolment.changed_by) == (Enrolment.State.WITHDRAWN, "Nyt job", person)
    assert enrol(cohort).state == "enrolled"


def test_withdraw_clears_every_coming_day_from_the_calendar():
    group = SupervisionGroupFactory()
    person = member_of(group)
    held = schedule(group.cohort, days=-3)
    coming = [schedule(group.cohort), schedule(group.cohort, group=group, days=8)]

    actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW)

    assert invited_to(person) == [held]
    assert notices(person)[2:] == [("meetings.uninvited", meeting.pk, 1) for meeting in coming]


def test_withdraw_ends_the_place_in_the_group():
    group = SupervisionGroupFactory()
    person = member_of(group)

    actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW)

    place = GroupMembership.objects.get()
    assert place.end_date == NOW.date() - timedelta(days=1)


def test_withdraw_forgets_a_place_that_has_not_begun():
    group = SupervisionGroupFactory()
    person = kursist_in(group.cohort)
    enrolment = person.enrolments.get()
    actions.join_group(group=group, enrolment=enrolment, by=None, now=NOW, on=NOW.date() + timedelta(days=7))

    actions.withdraw(enrolment=enrolment, by=person, now=NOW)

    assert not GroupMembership.objects.exists()


def test_withdraw_twice_changes_nothing_more():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    schedule(cohort)
    enrolment = person.enrolments.get()

    for _time in range(2):
        actions.withdraw(enrolment=enrolment, by=person, now=NOW)

    assert Meeting.objects.get().highest_sequence == 1
    assert AuditEntry.objects.filter(verb="withdraw").count() == 1


def test_enrol_after_withdrawing_invites_under_a_higher_number():
    cohort = CohortFactory()
    person = kursist_in(cohort)
    meeting = schedule(cohort)
    actions.withdraw(enrolment=person.enrolments.get(), by=person, now=NOW)

    enrol(cohort, person)

    assert meeting.invitees.get(person=person).sequence == 2
    assert notices(person)[1:] == [("meetings.uninvited", meeting.pk, 1), ("meetings.invited", meeting.pk, 2)]
