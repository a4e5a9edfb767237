from datetime import UTC, date, datetime, timedelta

import pytest

from courses import actions
from lms.people.models import AuditEntry
from tests.factories.courses import TeachingDayFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def day():
    return TeachingDayFactory()


@pytest.fixture
def person():
    return UserFactory()


def test_what_is_handed_in_stays_handed_in(day, person):
    first = actions.write_reflection(teaching_day=day, text="Et", share=True, by=person, now=NOW)

    again = actions.write_reflection(teaching_day=day, text="To", share=False, by=person, now=LATER)

    assert (again.pk, again.text, again.shared_at, again.changed_at) == (first.pk, "To", NOW, LATER)


def test_trial_keeps_its_story_when_it_is_changed(day, person):
    trial = actions.write_trial(
        teaching_day=day, intention="Et", due_date=date(2026, 12, 1), share=False, by=person, now=NOW
    )
    actions.tell_trial(trial=trial, what_happened="Det gik godt", share=False, by=person, now=LATER)

    again = actions.write_trial(
        teaching_day=day, intention="To", due_date=date(2026, 12, 2), share=True, by=person, now=LATER
    )

    assert (again.pk, again.intention, again.what_happened, again.shared_at) == (trial.pk, "To", "Det gik godt", LATER)


def test_audit_log_holds_ids_and_verbs_and_no_text(day, person):
    reflection = actions.write_reflection(teaching_day=day, text="Hemmeligt", share=False, by=person, now=NOW)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_type, entry.object_id) == ("write_reflection", "courses.reflection", reflection.pk)


def test_ticks_replace_the_former_ones(day, person):
    actions.tick_preparation(teaching_day=day, done=["a", "b"], by=person, now=NOW)

    assert actions.tick_preparation(teaching_day=day, done=["b"], by=person, now=NOW).done == ["b"]
    assert person.preparations.count() == 1
