"""A web worker is killed in the middle of giving somebody a seat: all of it has happened, or nothing."""

import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.meetings.actions import fill_freed_seats
from lms.meetings.models import Enrolment, EnrolmentChange, Invitee, SeatOffer
from lms.meetings.queries.seats import offer_token
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, Role
from tests.drills.conftest import KILLS
from tests.drills.dying import Request, die, session_of
from tests.drills.faults import AFTER_COMMIT, AFTER_INSERT, POINTS
from tests.factories.meetings import CohortFactory, SeatReservationFactory
from tests.factories.people import MunicipalityFactory, person_with
from tests.meetings.days import schedule
from tests.meetings.seats import wishing

pytestmark = [pytest.mark.usefixtures("arena"), pytest.mark.drill]
EFFECTS = (Enrolment, EnrolmentChange, SeatOffer, Invitee, Notice, AuditEntry)


def cohort_with_days(**fields):
    cohort, now = CohortFactory(**fields), timezone.now()
    for days in (10, 20):
        schedule(cohort, starts_at=now + timedelta(days=days), now=now)
    return cohort


def applying() -> Request:
    """Somebody asks for a free seat."""
    cohort, person = cohort_with_days(), person_with(Role.JOB_CONSULTANT)
    return Request(reverse("meetings:apply"), {"cohort": cohort.pk}, session_of(person))


def approving() -> Request:
    """The local manager says yes to an application, which uses the municipality's own seat."""
    cohort, municipality = cohort_with_days(needs_approval=True), MunicipalityFactory()
    SeatReservationFactory(cohort=cohort, municipality=municipality, name_by_date=timezone.localdate())
    wish = wishing(cohort, Enrolment.State.APPLIED, municipality=municipality)
    path = reverse("meetings:application", args=[cohort.slug, wish.pk])
    return Request(path, {"decision": "approve"}, session_of(person_with(Role.LOCAL_MANAGER, municipality)))


def accepting() -> Request:
    """Somebody says yes to an offer by the link in the mail."""
    cohort = cohort_with_days()
    wishing(cohort)
    [offer] = fill_freed_seats(cohort=cohort, now=timezone.now())
    return Request(reverse("meetings:offer_by_link", args=[offer_token(offer)]), {"decision": "accept"})


REQUESTS = pytest.mark.parametrize("prepare", [applying, approving, accepting], ids=lambda prepare: prepare.__name__)


def counts() -> Counter:
    states = Counter(f"{state} seats" for state in Enrolment.objects.values_list("state", flat=True))
    return states + Counter({model.__name__: model.objects.count() for model in EFFECTS})


def change_since(before: Counter) -> dict:
    after = counts()
    return {name: after[name] - before[name] for name in before | after if after[name] != before[name]}


def whole(prepare) -> dict:
    """What the request does when nobody disturbs it."""
    request = prepare()
    before = counts()
    request.send()
    return change_since(before)


@REQUESTS
def test_a_seat_is_given_with_all_that_belongs_to_it(prepare):
    change = whole(prepare)

    assert (change["enrolled seats"], change["Invitee"], change["EnrolmentChange"]) == (1, 2, 1)
    assert (change["Notice"] >= 2, change["AuditEntry"] >= 1) == (True, True)


@REQUESTS
def test_a_killed_worker_leaves_all_or_nothing_and_asking_again_gives_one_seat(prepare, report):
    all_of_it, left = whole(prepare), Counter()
    for point in POINTS * KILLS:
        request = prepare()
        before = counts()
        assert die(request, point) == -signal.SIGKILL
        after = change_since(before)
        left["all" if after == all_of_it else "nothing" if not after else "half"] += 1
        assert after == (all_of_it if point == AFTER_COMMIT else {})
        request.send()
        assert change_since(before) == all_of_it

    outcome = f"{left['nothing']} left nothing, {left['all']} everything, {left['half']} half"
    report(
        f"{prepare.__name__}: {sum(left.values())} kills at {len(POINTS)} points: {outcome}; one seat each afterwards"
    )


@REQUESTS
def test_without_a_transaction_a_killed_worker_leaves_halves(prepare, report):
    """The control: should this ever leave nothing or everything, the kills above prove nothing."""
    all_of_it, halves = whole(prepare), 0
    for _kill in range(KILLS):
        request = prepare()
        before = counts()
        assert die(request, AFTER_INSERT, transactions=False) == -signal.SIGKILL
        halves += change_since(before) not in ({}, all_of_it)

    report(f"control, {prepare.__name__} without a transaction: {halves} of {KILLS} kills left half")
    assert halves == KILLS
