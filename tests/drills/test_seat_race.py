"""Many people at once for the last seat. SQLite lets one writer in at a time, so only PostgreSQL can lose the race."""

import pytest
from django.db import connection

from lms.meetings.models import EnrolmentChange, SeatOffer
from lms.notifications.models import Notice
from tests.drills import works
from tests.drills.conftest import CROWD, FEW_ROUNDS, ROUNDS
from tests.factories.meetings import CohortFactory, EnrolmentFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory, UserFactory
from tests.meetings.days import schedule
from tests.meetings.seats import wishing

pytestmark = [
    pytest.mark.usefixtures("arena"),
    pytest.mark.drill,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs two writers: PostgreSQL only"),
]


@pytest.fixture(scope="module")
def people(arena):
    return [UserFactory().pk for _number in range(CROWD)]


def wishes(cohort, people, *municipalities):
    """Everybody's wish for a seat, from the municipalities in turn."""
    municipalities = municipalities or (MunicipalityFactory(),)
    return [
        {"person": person, "cohort": cohort.pk, "municipality": municipalities[number % len(municipalities)].pk}
        for number, person in enumerate(people)
    ]


def seats(cohort) -> int:
    return cohort.enrolments.enrolled().count()


def last_seat(crowd, people, work=works.enrol, *, locked=True):
    """A cohort with a day and one seat, for which everybody asks; what they heard, and how many have it."""
    cohort = CohortFactory(capacity=1)
    schedule(cohort)
    answers = crowd.at_once(work, wishes(cohort, people), locked=locked)
    return cohort, answers


def test_the_last_seat_goes_to_exactly_one(crowd, people, report):
    sold = []
    for _round in range(ROUNDS):
        cohort, answers = last_seat(crowd, people)
        refusals = [answer.refusal for answer in answers if answer.refusal]
        assert refusals == ["CohortFull"] * (CROWD - 1)
        assert Notice.objects.filter(outbox=cohort.outbox).count() == 1
        sold.append(seats(cohort))

    report(f"{CROWD} processes, {ROUNDS} rounds: {sum(sold)} seats for {ROUNDS}")
    assert sold == [1] * ROUNDS


def test_without_the_lock_the_last_seat_is_sold_again_and_again(crowd, people, report):
    """The control: should this ever be one seat, the race above proves nothing."""
    sold = [seats(last_seat(crowd, people, locked=False)[0]) for _round in range(FEW_ROUNDS)]

    report(f"control, no lock: {sum(sold)} seats for {FEW_ROUNDS}")
    assert min(sold) > 1


def test_who_applies_for_the_last_seat_has_it_or_waits(crowd, people, report):
    sold = []
    for _round in range(ROUNDS):
        cohort, answers = last_seat(crowd, people, works.apply)
        assert sorted(answer.value for answer in answers) == ["enrolled"] + ["waiting"] * (CROWD - 1)
        sold.append(seats(cohort))

    report(f"{CROWD} processes, {ROUNDS} rounds: {sum(sold)} seats, everybody else on the list")
    assert sold == [1] * ROUNDS


def test_without_the_lock_many_applicants_have_the_last_seat(crowd, people, report):
    sold = [seats(last_seat(crowd, people, works.apply, locked=False)[0]) for _round in range(FEW_ROUNDS)]

    report(f"control, no lock: {sum(sold)} seats for {FEW_ROUNDS}")
    assert min(sold) > 1


def clicking(crowd, people, *, locked=True):
    """One person sends the same wish again and again; there is room for all."""
    cohort = CohortFactory(capacity=CROWD)
    schedule(cohort)
    answers = crowd.at_once(works.enrol, wishes(cohort, people[:1] * CROWD), locked=locked)
    return cohort, answers


def test_one_person_clicking_many_times_takes_one_seat(crowd, people, report):
    for _round in range(ROUNDS):
        cohort, answers = clicking(crowd, people)
        assert {answer.value for answer in answers} == {cohort.enrolments.get().pk}
        assert EnrolmentChange.objects.filter(enrolment__cohort=cohort).count() == 1
        assert Notice.objects.filter(outbox=cohort.outbox).count() == 1

    report(f"{CROWD} clicks at once, {ROUNDS} rounds: one seat and one mail each")


def test_without_the_lock_clicking_many_times_is_an_error(crowd, people, report):
    """The database's own rule holds even then, but the person is shown a fault of the site."""
    refusals = [answer.refusal for _round in range(FEW_ROUNDS) for answer in clicking(crowd, people, locked=False)[1]]

    report(f"control, no lock: {refusals.count('IntegrityError')} of {len(refusals)} clicks end in an error")
    assert refusals.count("IntegrityError") >= FEW_ROUNDS


def reserved_seat(crowd, people, *, locked=True):
    """The only seat is held for one municipality; half of those who ask for it come from there."""
    own, other = MunicipalityFactory(), MunicipalityFactory()
    cohort = CohortFactory(capacity=1)
    SeatReservationFactory(cohort=cohort, municipality=own, seats=1)
    crowd.at_once(works.enrol, wishes(cohort, people, own, other), locked=locked)
    return list(cohort.enrolments.enrolled().values_list("municipality", flat=True)), own.pk


def test_a_reserved_seat_goes_to_one_of_its_municipality(crowd, people, report):
    for _round in range(ROUNDS):
        holders, own = reserved_seat(crowd, people)
        assert holders == [own]

    report(f"{CROWD} processes, {ROUNDS} rounds: the one reserved seat to its municipality")


def test_without_the_lock_a_reserved_seat_is_named_again_and_again(crowd, people, report):
    sold = [len(reserved_seat(crowd, people, locked=False)[0]) for _round in range(FEW_ROUNDS)]

    report(f"control, no lock: {sum(sold)} seats for {FEW_ROUNDS}")
    assert min(sold) > 1


def leaving(crowd, *, locked=True):
    """Everybody gives up the seat at once, and as many wait for one; who was offered one, by place on the list."""
    cohort = CohortFactory(capacity=CROWD)
    municipality = MunicipalityFactory()
    held = [EnrolmentFactory(cohort=cohort, municipality=municipality) for _person in range(CROWD)]
    queue = [wishing(cohort, minutes=CROWD - place, municipality=municipality).pk for place in range(CROWD)]
    crowd.at_once(works.withdraw, [{"enrolment": seat.pk} for seat in held], locked=locked)
    offered = SeatOffer.objects.open().filter(enrolment__cohort=cohort).order_by("enrolment__waiting_since", "pk")
    return [queue.index(pk) for pk in offered.values_list("enrolment", flat=True)]


def test_seats_given_up_at_once_are_all_offered_on(crowd, report):
    for _round in range(FEW_ROUNDS):
        assert sorted(leaving(crowd)) == list(range(CROWD))

    report(f"{CROWD} seats given up at once, {FEW_ROUNDS} rounds: {CROWD} offers each")


def test_without_the_lock_seats_given_up_at_once_are_lost(crowd, report):
    offered = [len(leaving(crowd, locked=False)) for _round in range(FEW_ROUNDS)]

    report(f"control, no lock: {sum(offered)} offers for {FEW_ROUNDS * CROWD} seats")
    assert sum(offered) < FEW_ROUNDS * CROWD
