from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localtime

from lms.forum.models import Discussion
from lms.people import actions
from lms.people.methods.verbs import COARSE
from lms.people.models import AuditEntry, Opening
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 9, 41, 7, tzinfo=UTC)
ON_POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")


def entry(**fields):
    values = {"verb": "hide", "object_type": "forum.post", "object_id": 7, "moment": NOW}
    return AuditEntry.objects.create(**values | fields)


def test_entry_holds_numbers_and_a_word(django_assert_num_queries):
    person, other = UserFactory(), UserFactory()

    with django_assert_num_queries(1):
        noted = actions.record(by=person, verb="changed_profile", about=other, now=NOW, reason="on_request")

    noted.refresh_from_db()
    assert (noted.actor_id, noted.verb, noted.object_type) == (person.pk, "changed_profile", "people.user")
    assert (noted.object_id, noted.moment, noted.reason) == (other.pk, NOW, "on_request")


def test_erased_actor_is_nobody_and_the_row_stays():
    person = UserFactory()
    actions.record(by=person, verb="changed_profile", about=person, now=NOW)
    number = person.pk

    person.delete()

    assert AuditEntry.objects.get().actor_id == number


@pytest.mark.parametrize("verb", COARSE)
def test_coarse_act_is_not_noted_precisely(verb):
    with pytest.raises(actions.TooPrecise):
        actions.record(by=None, verb=verb, about=UserFactory(), now=NOW)


@pytest.mark.parametrize("verb", COARSE)
def test_coarse_act_leads_to_nobody_and_nothing(verb):
    actions.record_coarsely(verb=verb, kind=Discussion, now=NOW)

    noted = AuditEntry.objects.get()
    assert (noted.actor_id, noted.object_id, noted.object_type) == (None, None, "forum.discussion")
    assert localtime(noted.moment).isoformat() == "2026-11-27T00:00:00+01:00"


def test_number_of_a_coarse_act_does_not_tell_between_whose_acts_it_was_done():
    before = entry()
    coarse = [actions.record_coarsely(verb="answered_evaluation", kind=Discussion, now=NOW).pk for _ in range(12)]
    after = entry()

    # Taken from the row's own counter, the numbers would stand between the two, in the order of the answers.
    assert (max(coarse) < 0, coarse == sorted(coarse), after.pk - before.pk) == (True, False, 1)


@pytest.mark.parametrize("change", [{"verb": "reply"}, {"moment": NOW - timedelta(days=4000)}, {"actor_id": 1}])
def test_entry_cannot_be_changed(change):
    noted = entry()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=noted.pk).update(**change)


def test_entry_cannot_be_deleted():
    entry(moment=datetime.now(UTC) - timedelta(days=5 * 365 - 2))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_opening_can_neither_be_changed_nor_deleted():
    actions.note_openings(by=UserFactory(), things=[(UserFactory(), 0)], role="member", now=datetime.now(UTC))

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Opening.objects.update(role="supervisor")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Opening.objects.all().delete()


@ON_POSTGRESQL
@pytest.mark.parametrize("table", ["people_auditentry", "people_opening"])
def test_log_cannot_be_emptied(table):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_what_is_old_enough_is_forgotten_and_nothing_else():
    now = datetime.now(UTC)
    entry(moment=now - timedelta(days=5 * 366 + 1))
    kept = entry(moment=now - timedelta(days=5 * 366 - 1))
    Opening.objects.create(
        person_id=1, owner_id=2, role="member", object_type="x.y", object_id=1, hour=now - timedelta(days=2 * 366 + 1)
    )

    gone = actions.keep_no_longer(now=now)

    assert (gone, list(AuditEntry.objects.all())) == ({"people.AuditEntry": 1, "people.Opening": 1}, [kept])
    assert Opening.objects.count() == 0


def test_opening_again_within_the_hour_is_one_row(django_assert_num_queries):
    person, thing = UserFactory(), UserFactory()

    for minutes in (0, 10, 18):
        with django_assert_num_queries(1):
            moment = NOW + timedelta(minutes=minutes)
            actions.note_openings(by=person, things=[(thing, 0)], role="member", now=moment)

    opening = Opening.objects.get()
    assert (opening.person_id, opening.object_type, opening.object_id) == (person.pk, "people.user", thing.pk)
    assert (opening.owner_id, opening.hour, opening.role) == (0, NOW.replace(minute=0, second=0), "member")


@pytest.mark.parametrize("other", ["person", "thing", "hour", "reason"])
def test_opening_is_a_row_of_its_own_for_another(other):
    said = {"by": UserFactory(), "things": [(UserFactory(), 0)], "now": NOW, "role": "member"}
    actions.note_openings(**said)
    change = {"person": {"by": UserFactory()}, "thing": {"things": [(UserFactory(), 0)]}}
    change |= {"hour": {"now": NOW + timedelta(hours=1)}, "reason": {"reason": "break_glass"}}

    actions.note_openings(**said | change[other])

    assert Opening.objects.count() == 2


def test_many_things_opened_at_once_take_one_query_and_ones_own_none(django_assert_num_queries):
    person, things = UserFactory(), UserFactory.create_batch(30)

    with django_assert_num_queries(1):
        actions.note_openings(by=person, things=[(thing, 0) for thing in things], role="trainer", now=NOW)
    with django_assert_num_queries(0):
        actions.note_openings(by=person, things=[(things[0], person.pk)], role="trainer", now=NOW)

    assert Opening.objects.count() == 30
