from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from lms.notifications.models import Notice
from lms.people import actions
from lms.people.models import AuditEntry, Invitation, Membership, Role, User, access_of
from tests.factories.people import (
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
    person_with,
)

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


def test_ending_never_makes_a_membership_longer():
    membership = MembershipFactory(end_date=TODAY)

    end(membership, TODAY + timedelta(days=30))

    assert list(Membership.objects.values_list("end_date", flat=True)) == [TODAY]
    assert AuditEntry.objects.count() == 0


def test_membership_that_would_end_before_it_began_is_taken_back():
    membership = MembershipFactory(start_date=TODAY)

    end(membership, TODAY - timedelta(days=1))
    end(membership, TODAY - timedelta(days=1))

    assert Membership.objects.count() == 0
    assert verbs() == ["ended_membership"]


def end(membership, end_date):
    return actions.end_membership(membership=membership, end_date=end_date, by=UserFactory(), now=NOW)


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def notices():
    return list(Notice.objects.order_by("id").values_list("occasion", "recipient__email"))


YESTERDAY = TODAY - timedelta(days=1)


def test_last_administrator_cannot_be_ended():
    last = person_with(Role.ADMINISTRATOR).memberships.get()

    with pytest.raises(actions.LastAdministrator):
        end(last, YESTERDAY)

    assert list(Membership.objects.values_list("end_date", flat=True)) == [None]


def test_one_of_two_administrators_can_be_ended_and_then_the_other_not():
    first, second = (person_with(Role.ADMINISTRATOR).memberships.get() for _ in range(2))

    end(first, YESTERDAY)

    with pytest.raises(actions.LastAdministrator):
        end(second, YESTERDAY)


@pytest.mark.parametrize(
    "other",
    [
        {"end_date": TODAY + timedelta(days=30)},
        {"start_date": TODAY + timedelta(days=1)},
        {"person__is_active": False},
    ],
    ids=["leaves soon", "comes later", "deactivated"],
)
def test_an_administrator_who_will_not_stay_does_not_count(other):
    last = person_with(Role.ADMINISTRATOR).memberships.get()
    MembershipFactory(organisation=None, role=Role.ADMINISTRATOR, **other)

    with pytest.raises(actions.LastAdministrator):
        end(last, YESTERDAY)


def test_an_administrator_who_has_not_accepted_yet_does_not_count():
    last = person_with(Role.ADMINISTRATOR).memberships.get()
    InvitationFactory(person=person_with(Role.ADMINISTRATOR))

    with pytest.raises(actions.LastAdministrator):
        end(last, YESTERDAY)


def add_member(organisation, email, role=Role.JOB_CONSULTANT, name="Asta Lynggaard"):
    return actions.add_member(
        organisation=organisation, email=email, name=name, role=role, start_date=TODAY, by=UserFactory(), now=NOW
    )


def test_somebody_new_is_invited():
    membership = add_member(MunicipalityFactory(), " Asta@Viborg.example ")

    person = membership.person
    assert (person.email, person.name, person.has_usable_password()) == ("asta@viborg.example", "Asta Lynggaard", False)
    assert notices() == [("people.invited", "asta@viborg.example")]
    assert verbs() == ["added_membership", "invited"]


def test_somebody_who_has_an_account_is_told_and_keeps_their_name():
    mette = UserFactory(email="mette@viborg.example", name="Mette Lindholm")

    membership = add_member(MunicipalityFactory(), "mette@viborg.example")

    assert (membership.person, User.objects.get(pk=mette.pk).name) == (mette, "Mette Lindholm")
    assert (notices(), Invitation.objects.count()) == ([("people.joined", "mette@viborg.example")], 0)


def test_somebody_invited_before_gets_a_new_link():
    waiting = InvitationFactory(person=UserFactory(email="asta@viborg.example", password=None))

    add_member(MunicipalityFactory(), "asta@viborg.example")

    waiting.refresh_from_db()
    assert (waiting.rotation, notices()) == (1, [("people.reminded", "asta@viborg.example")])


def test_adding_twice_is_one_role_and_one_mail():
    viborg = MunicipalityFactory()
    UserFactory(email="mette@viborg.example")

    for _ in range(2):
        add_member(viborg, "mette@viborg.example")

    assert (Membership.objects.count(), notices()) == (1, [("people.joined", "mette@viborg.example")])


def test_administrator_is_made_of_somebody_who_is_here():
    person = UserFactory(email="rikke@fodfaeste.example")

    membership = add_member(None, "rikke@fodfaeste.example", role=Role.ADMINISTRATOR)

    assert (membership.person, membership.organisation) == (person, None)


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "never came in"])
def test_administrator_is_nobody_who_never_came_in(known):
    if known:
        UserFactory(email="rikke@fodfaeste.example", password=None)

    with pytest.raises(actions.NobodyThere):
        add_member(None, "rikke@fodfaeste.example", role=Role.ADMINISTRATOR)

    assert Membership.objects.count() == 0


def move(membership, organisation, start_date=TODAY, role=Role.JOB_CONSULTANT):
    return actions.change_job(
        membership=membership, organisation=organisation, role=role, start_date=start_date, by=UserFactory(), now=NOW
    )


def test_job_change_ends_the_old_the_day_before_the_new_begins():
    old = MembershipFactory()

    new = move(old, MunicipalityFactory())

    old.refresh_from_db()
    assert (old.end_date, new.start_date, new.person) == (YESTERDAY, TODAY, old.person)
    assert verbs() == ["ended_membership", "added_membership", "changed_job"]
    assert notices() == [("people.joined", old.person.email)]


def test_there_is_no_day_with_both_jobs_and_none_with_neither():
    old = MembershipFactory()
    new = move(old, MunicipalityFactory())

    held = {day: [row.pk for row in Membership.objects.current(TODAY + timedelta(days=day))] for day in (-2, -1, 0, 1)}

    assert held == {-2: [old.pk], -1: [old.pk], 0: [new.pk], 1: [new.pk]}


def test_job_that_would_begin_before_the_old_one_is_refused():
    old = MembershipFactory(start_date=TODAY)

    with pytest.raises(actions.BeginsTooEarly):
        move(old, MunicipalityFactory())

    assert list(Membership.objects.values_list("pk", "end_date")) == [(old.pk, None)]


def test_job_change_twice_is_one():
    old, viborg = MembershipFactory(), MunicipalityFactory()

    assert move(old, viborg) == move(old, viborg)
    assert (Membership.objects.count(), len(notices())) == (2, 1)
