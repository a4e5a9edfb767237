"""Mails about applications: to the managers who answer, and to the one who asked."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.meetings.queries.outbox import label_of, waiting_mails
from lms.notifications.actions import compose
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, EnrolmentFactory
from tests.factories.people import MunicipalityFactory, person_with
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg")


@pytest.fixture
def manager(viborg):
    return person_with(Role.LOCAL_MANAGER, viborg, name="Dorthe Grønbæk")


@pytest.fixture
def cohort():
    return CohortFactory(name="Vest", slug="vest", needs_approval=True, capacity=1)


@pytest.fixture
def person(viborg):
    return person_with(Role.JOB_CONSULTANT, viborg, name="Mette Lindholm")


@pytest.fixture
def wish(cohort, manager, person, viborg):
    return actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)


def mail(occasion, now=NOW):
    notice = Notice.objects.get(occasion=occasion)
    loaded = occasion_for(occasion).load(notice, now)
    return loaded and compose(notice=notice, mail=loaded)


def links(message):
    return [a["href"] for a in BeautifulSoup(message.alternatives[0][0], "html.parser").select(".btn a")]


def refuse(wish, manager):
    return actions.refuse_application(enrolment=wish, by=manager, now=NOW, reason="Vi har ingen vikar.")


def approve_into_a_full_cohort(wish, manager):
    EnrolmentFactory(cohort=wish.cohort)
    return actions.approve_application(enrolment=wish, by=manager, now=NOW)


def test_every_manager_of_the_municipality_hears_of_an_application_and_nobody_else(wish, manager, viborg):
    told = Notice.objects.filter(occasion="meetings.applied")

    assert [(notice.recipient, notice.outbox) for notice in told] == [(manager, wish.cohort.outbox)]


def test_managers_of_other_municipalities_and_of_yesterday_hear_nothing(cohort, person, viborg):
    person_with(Role.LOCAL_MANAGER)
    person_with(Role.LOCAL_MANAGER, viborg).memberships.update(end_date=NOW.date() - timedelta(days=1))

    actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)

    assert Notice.objects.count() == 0


def test_asking_twice_tells_once(wish, cohort, person, viborg, manager):
    actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)

    assert Notice.objects.filter(occasion="meetings.applied").count() == 1


def test_applying_anew_after_a_no_tells_anew(wish, cohort, person, viborg, manager):
    refuse(wish, manager)
    actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)

    assert Notice.objects.filter(occasion="meetings.applied").count() == 2


def test_an_application_nobody_must_approve_tells_no_manager(cohort, person, viborg, manager):
    Cohort.objects.update(needs_approval=False)

    actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)

    assert Notice.objects.filter(occasion="meetings.applied").count() == 0


def test_the_mail_to_the_manager_leads_to_the_answer(wish):
    message = mail("meetings.applied")

    assert ["Mette Lindholm" in message.subject, "Vest" in message.subject] == [True, True]
    assert links(message) == [f"http://testserver/hold/vest/kursister/ansoegning/{wish.pk}/"]


@pytest.mark.parametrize("how", ["answered", "withdrawn", "closed", "no manager any more"])
def test_an_application_that_waits_no_longer_is_not_told(wish, manager, how):
    if how == "answered":
        refuse(wish, manager)
    elif how == "withdrawn":
        actions.withdraw(enrolment=wish, by=None, now=NOW)
    elif how == "closed":
        Cohort.objects.update(state="closed")
    else:
        manager.memberships.update(end_date=NOW.date() - timedelta(days=1))

    assert mail("meetings.applied") is None


def test_a_no_is_told_with_the_manager_s_words(wish, manager, person):
    refuse(wish, manager)

    message = mail("meetings.refused")

    assert (message.to, "Vi har ingen vikar." in message.body, "Dorthe Grønbæk" in message.body) == (
        [person.email],
        True,
        True,
    )
    assert links(message) == ["http://testserver/hold/vest/min-plads/"]


def test_a_no_said_twice_is_told_once(wish, manager):
    refuse(wish, manager), refuse(wish, manager)

    assert Notice.objects.filter(occasion="meetings.refused").count() == 1


def test_a_yes_into_a_full_cohort_tells_of_the_waiting_list(wish, manager, person):
    approve_into_a_full_cohort(wish, manager)

    message = mail("meetings.waiting")

    assert (message.to, "1" in message.body) == ([person.email], True)
    assert links(message) == ["http://testserver/hold/vest/min-plads/"]


def test_a_yes_with_a_seat_is_told_by_the_days_alone(wish, manager):
    actions.approve_application(enrolment=wish, by=manager, now=NOW)

    assert list(Notice.objects.exclude(occasion="meetings.applied").values_list("occasion", flat=True)) == []


@pytest.mark.parametrize("how", ["applied anew", "cancelled", "deactivated", "left the job"])
def test_a_no_that_is_out_of_date_is_not_told(wish, manager, person, *, cohort, viborg, how):
    refuse(wish, manager)
    if how == "applied anew":
        actions.apply_for_seat(person=person, cohort=cohort, municipality=viborg, by=person, now=NOW)
    elif how == "cancelled":
        Cohort.objects.update(state="cancelled")
    elif how == "deactivated":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    else:
        person.memberships.update(end_date=NOW.date() - timedelta(days=1))

    assert mail("meetings.refused") is None


def test_who_has_got_an_offer_meanwhile_is_not_told_to_wait(wish, manager):
    approve_into_a_full_cohort(wish, manager)
    cohort = wish.cohort
    actions.change_cohort(cohort=cohort, by=None, now=NOW, seen=cohort.edition, capacity=2)

    assert mail("meetings.waiting") is None


def test_the_outbox_calls_each_by_its_name(wish, manager, cohort):
    refuse(wish, manager)

    assert [line.label for line in waiting_mails(cohort)] == [
        label_of("meetings.applied"),
        label_of("meetings.refused"),
    ]
    assert len({label_of(f"meetings.{name}") for name in ("applied", "refused", "waiting", "offered")}) == 4
