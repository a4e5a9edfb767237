from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from lms.people import actions
from lms.people.models import AuditEntry, Membership, Role, access_of
from tests.factories.people import MembershipFactory, MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
TODAY = NOW.date()


def add(person, organisation, start_date=TODAY):
    return actions.add_membership(
        person=person,
        organisation=organisation,
        role=Role.JOB_CONSULTANT,
        start_date=start_date,
        by=UserFactory(),
        now=NOW,
    )


def test_add_membership_is_dated_and_recorded():
    person, viborg = UserFactory(), MunicipalityFactory()

    membership = add(person, viborg)

    assert list(Membership.objects.values_list("person", "organisation", "role", "start_date", "end_date")) == [
        (person.pk, viborg.pk, "job_consultant", TODAY, None)
    ]
    assert list(AuditEntry.objects.values_list("verb", "object_id")) == [("added_membership", membership.pk)]


def test_add_membership_twice_is_one():
    person, viborg = UserFactory(), MunicipalityFactory()

    assert add(person, viborg, date(2026, 1, 1)) == add(person, viborg)
    assert Membership.objects.count() == 1


def test_add_membership_again_after_it_ended_is_a_new_one():
    person, viborg = UserFactory(), MunicipalityFactory()
    old = MembershipFactory(person=person, organisation=viborg, end_date=date(2026, 6, 30))

    assert add(person, viborg) != old


def test_end_membership_holds_through_its_last_day():
    membership = MembershipFactory()

    actions.end_membership(membership=membership, end_date=TODAY, by=UserFactory(), now=NOW)

    assert [m.pk for m in Membership.objects.current(TODAY)] == [membership.pk]
    assert list(Membership.objects.current(date(2026, 11, 4))) == []
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["ended_membership"]


def test_end_membership_twice_is_recorded_once():
    membership = MembershipFactory()

    for _ in range(2):
        actions.end_membership(membership=membership, end_date=TODAY, by=UserFactory(), now=NOW)

    assert AuditEntry.objects.count() == 1


def test_access_is_gone_at_the_next_request_after_the_last_membership_ended(client):
    membership = MembershipFactory()
    client.force_login(membership.person)
    shown_before = membership.organisation.name in client.get(reverse("people:account")).content.decode()

    actions.end_membership(membership=membership, end_date=date(2026, 1, 1), by=UserFactory(), now=NOW)

    shown_after = membership.organisation.name in client.get(reverse("people:account")).content.decode()
    person = get_user_model().objects.get(pk=membership.person_id)
    assert (shown_before, shown_after, access_of(person).has_any) == (True, False, False)
