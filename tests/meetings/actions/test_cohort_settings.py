"""A cohort's settings: changed under the eyes of others, never below what is held."""

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, EnrolmentFactory, SeatReservationFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.seats import offered, wishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(name="Vest", capacity=2)


def change(cohort, seen=None, **changes):
    return actions.change_cohort(cohort=cohort, by=None, now=NOW, seen=seen or cohort.edition, **changes)


def stored(cohort):
    return Cohort.objects.values_list("name", "capacity", "state", "needs_approval", "offer_hours").get(pk=cohort.pk)


def state(enrolment):
    enrolment.refresh_from_db()
    return enrolment.state


def test_all_settings_are_stored_together(cohort):
    change(cohort, name="Øst", capacity=9, state="closed", needs_approval=True, offer_hours=24)

    assert stored(cohort) == ("Øst", 9, "closed", True, 24)


def test_the_same_settings_are_no_change(cohort):
    change(cohort, name="Vest", capacity=2)

    assert AuditEntry.objects.count() == 0


def test_a_change_is_recorded_once(cohort):
    change(cohort, capacity=9)

    assert list(AuditEntry.objects.values_list("verb", "object_id")) == [("change_cohort", cohort.pk)]


def test_there_can_not_be_fewer_seats_than_are_held(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(capacity=5)
    cohort.refresh_from_db()
    EnrolmentFactory(cohort=cohort)
    SeatReservationFactory(cohort=cohort, seats=2)
    EnrolmentFactory(cohort=cohort, state="offered")

    with pytest.raises(actions.SeatsAreHeld) as refused:
        change(cohort, name="Øst", capacity=3)

    assert (refused.value.held, stored(cohort)[:2]) == (4, ("Vest", 5))
    change(cohort, capacity=4)


def test_a_cohort_that_holds_too_many_already_can_still_be_renamed(cohort):
    for _number in range(3):
        EnrolmentFactory(cohort=cohort)

    assert change(cohort, name="Øst").name == "Øst"


def test_new_seats_are_offered_to_those_who_wait(cohort):
    EnrolmentFactory(cohort=cohort), EnrolmentFactory(cohort=cohort)
    first, second = wishing(cohort, minutes=9), wishing(cohort, minutes=5)

    change(cohort, capacity=3)

    assert (state(first), state(second)) == ("offered", "waiting")


def test_opening_again_offers_what_came_free_meanwhile(cohort):
    change(cohort, state="closed")
    waits = wishing(cohort)
    before = state(waits)
    cohort.refresh_from_db()

    change(cohort, state="open")

    assert (before, state(waits)) == ("waiting", "offered")


def test_closing_leaves_an_open_offer_to_be_accepted():
    offer = offered()
    change(offer.enrolment.cohort, state="closed")

    assert actions.accept_offer(offer=offer, by=None, now=NOW).state == "enrolled"


def test_nothing_is_offered_when_every_day_has_begun(cohort):
    schedule(cohort, days=-1)
    waits = wishing(cohort)

    change(cohort, capacity=9)

    assert state(waits) == "waiting"


def test_a_name_of_another_cohort_of_the_course_is_taken(cohort):
    CohortFactory(course=cohort.course, name="Øst")

    with pytest.raises(actions.NameTaken):
        change(cohort, name="Øst", capacity=9)

    assert stored(cohort)[:2] == ("Vest", 2)


def test_another_course_may_have_a_cohort_of_the_same_name(cohort):
    CohortFactory(name="Øst")

    assert change(cohort, name="Øst").name == "Øst"


def test_who_saw_other_settings_changes_nothing(cohort):
    seen = cohort.edition
    change(cohort, capacity=9)

    with pytest.raises(actions.ChangedMeanwhile):
        change(cohort, seen=seen, name="Øst")

    assert stored(cohort)[:2] == ("Vest", 9)


def test_the_edition_tells_every_setting_apart(cohort):
    seen = {cohort.edition}
    for changes in ({"name": "Ø"}, {"capacity": 9}, {"state": "closed"}, {"needs_approval": True}, {"offer_hours": 1}):
        cohort = change(cohort, **changes)
        seen.add(cohort.edition)

    assert len(seen) == 6


def test_a_cancelled_cohort_stays_as_it_is(cohort):
    Cohort.objects.update(state="cancelled")
    cohort.refresh_from_db()

    with pytest.raises(actions.CohortIsCancelled):
        change(cohort, state="open")
