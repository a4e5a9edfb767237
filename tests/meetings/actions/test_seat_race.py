"""Many people at once for the last seat. SQLite lets one writer in at a time, so only PostgreSQL can lose the race."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment
from tests.factories.meetings import CohortFactory
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import NOW

CROWD = 12
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


@pytest.fixture
def crowd():
    return [UserFactory() for _number in range(CROWD)]


def at_once(work, people):
    """Each in a thread with a connection of its own, all let go together."""
    start = Barrier(len(people))

    def alone(person):
        connection.ensure_connection()
        start.wait(timeout=20)
        try:
            return work(person)
        except actions.CohortFull:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(alone, people))


def seats(cohort):
    return cohort.enrolments.filter(state=Enrolment.State.ENROLLED).count()


@pytest.mark.parametrize("round_number", range(3))
def test_the_last_seat_goes_to_exactly_one(crowd, round_number):
    cohort, municipality = CohortFactory(capacity=1), MunicipalityFactory()

    given = at_once(
        lambda person: actions.enrol(person=person, cohort=cohort, municipality=municipality, by=None, now=NOW), crowd
    )

    assert (len([seat for seat in given if seat]), seats(cohort)) == (1, 1)


@pytest.mark.parametrize("round_number", range(3))
def test_one_person_clicking_many_times_takes_one_seat(crowd, round_number):
    cohort, municipality = CohortFactory(capacity=5), MunicipalityFactory()

    given = at_once(
        lambda _click: actions.enrol(person=crowd[0], cohort=cohort, municipality=municipality, by=None, now=NOW), crowd
    )

    assert (len({seat.pk for seat in given}), seats(cohort)) == (1, 1)


def test_without_the_lock_the_same_crowd_oversells(crowd):
    """The control: should this ever pass with one seat, the race above proves nothing."""
    cohort, municipality = CohortFactory(capacity=1), MunicipalityFactory()
    counted = Barrier(CROWD)

    def without_lock(person):
        with transaction.atomic():
            unlocked = Cohort.objects.get(pk=cohort.pk)
            is_free = unlocked.enrolments.enrolled().count() < unlocked.capacity
            counted.wait(timeout=20)
            if is_free:
                unlocked.enrolments.create(person=person, municipality=municipality, created_at=NOW, changed_at=NOW)

    at_once(without_lock, crowd)

    assert seats(cohort) == CROWD
