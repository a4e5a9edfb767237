from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment
from tests.factories.meetings import CohortFactory, EnrolmentFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db
BY_DATE = NOW.date() + timedelta(days=14)


def apply(cohort, person=None, municipality=None):
    return actions.apply_for_seat(
        person=person or UserFactory(),
        cohort=cohort,
        municipality=municipality or MunicipalityFactory(),
        by=None,
        now=NOW,
    )


def reserve(cohort, municipality, seats):
    return actions.reserve_seats(
        cohort=cohort, municipality=municipality, seats=seats, name_by_date=BY_DATE, by=None, now=NOW
    )


def steps(enrolment):
    return [(change.before, change.after, change.reason) for change in enrolment.changes.all()]


def test_applying_gives_a_seat_where_nobody_must_approve():
    enrolment = apply(CohortFactory())

    assert (enrolment.state, steps(enrolment)) == ("enrolled", [("", "enrolled", "")])


def test_applying_to_a_full_cohort_is_waiting():
    cohort = CohortFactory(capacity=1)
    EnrolmentFactory(cohort=cohort)

    enrolment = apply(cohort)

    assert (enrolment.state, enrolment.waiting_since) == ("waiting", NOW)


def test_a_newcomer_does_not_pass_those_who_wait():
    cohort = CohortFactory(capacity=1)
    EnrolmentFactory(cohort=cohort)
    apply(cohort)
    Cohort.objects.update(capacity=2)

    assert apply(cohort).state == "waiting"


def test_a_reserved_seat_goes_to_the_own_municipality_past_others_who_wait():
    cohort, own = CohortFactory(capacity=1), MunicipalityFactory()
    reserve(cohort, own, 1)
    apply(cohort)

    assert apply(cohort, municipality=own).state == "enrolled"
    assert list(cohort.reservations.holding(NOW)) == []


def test_a_seat_on_offer_is_not_free():
    cohort = CohortFactory(capacity=1)
    EnrolmentFactory(cohort=cohort, state=Enrolment.State.OFFERED)

    assert apply(cohort).state == "waiting"


def test_applying_twice_is_applying_once():
    cohort, person = CohortFactory(needs_approval=True), UserFactory()

    first, second = apply(cohort, person), apply(cohort, person)

    assert first == second
    assert steps(first) == [("", "applied", "")]


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
def test_only_an_open_cohort_takes_applications(state):
    cohort = CohortFactory(state=state)

    with pytest.raises(actions.NotOpenForEnrolment):
        apply(cohort)

    assert cohort.enrolments.count() == 0


def test_a_yes_gives_a_seat_and_is_kept_in_the_history():
    enrolment = apply(CohortFactory(needs_approval=True))

    approved = actions.approve_application(enrolment=enrolment, by=None, now=NOW)
    again = actions.approve_application(enrolment=enrolment, by=None, now=NOW)

    assert (approved.state, again.state) == ("enrolled", "enrolled")
    assert steps(enrolment) == [("", "applied", ""), ("applied", "enrolled", "")]


def test_a_no_keeps_its_reason_and_is_not_turned_by_a_late_yes():
    enrolment = apply(CohortFactory(needs_approval=True))

    actions.refuse_application(enrolment=enrolment, by=None, now=NOW, reason="Ikke i år")

    with pytest.raises(actions.NotAnApplication):
        actions.approve_application(enrolment=enrolment, by=None, now=NOW)
    assert steps(enrolment)[-1] == ("applied", "refused", "Ikke i år")


def test_a_seat_once_given_is_not_refused():
    enrolment = apply(CohortFactory())

    with pytest.raises(actions.NotAnApplication):
        actions.refuse_application(enrolment=enrolment, by=None, now=NOW, reason="For sent")


def test_the_history_tells_who_withdrew_and_why():
    enrolment = apply(CohortFactory())

    actions.withdraw(enrolment=enrolment, by=enrolment.person, now=NOW, reason="Nyt job")

    last = enrolment.changes.last()
    assert (last.before, last.after, last.by, last.reason) == ("enrolled", "withdrawn", enrolment.person, "Nyt job")


def test_reserving_the_same_number_twice_holds_it_once():
    cohort, own = CohortFactory(capacity=3), MunicipalityFactory()

    reserve(cohort, own, 3)
    reserve(cohort, own, 3)

    assert cohort.reservations.get().seats == 3


def test_no_more_is_reserved_than_is_free():
    cohort = CohortFactory(capacity=3)
    SeatReservationFactory(cohort=cohort, seats=2, name_by_date=BY_DATE)

    with pytest.raises(actions.CohortFull):
        reserve(cohort, MunicipalityFactory(), 2)
