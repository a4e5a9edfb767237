"""What is older than its limit goes; what is on it stays; what was stopped goes on."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import models
from django.db.models import F

from lms.meetings.models import RefusedMail
from lms.notifications.models import Notice
from lms.people import actions
from lms.people.actions import retention
from lms.people.methods.privacy import the_register
from lms.people.models import RetentionCount
from lms.people.queries.personal import all_rows, model_of
from supervision.models import Case
from tests.factories.people import UserFactory
from tests.factories.supervision import CaseFactory, SupervisionDayFactory
from tests.people.held import NOW

pytestmark = pytest.mark.django_db

A_MOMENT = timedelta(microseconds=1)
# No row of these can be made older than it is; how long they are kept is tested in test_audit.
APPEND_ONLY = {"people.AuditEntry", "people.Opening"}
LIMITED = [
    line for line in the_register().lines if line.keep and not line.keep.carry_out and line.model not in APPEND_ONLY
]


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def place_at(line, moment):
    """Let every row of the kind be so old, and such as the limit is about."""
    fitting = {"state": "sent", "regretted_at": moment, "resolved_at": moment}
    names = {field.name for field in model_of(line)._meta.local_fields}
    values = {name: value for name, value in fitting.items() if name in names and f"{name}__" in str(line.keep.only)}
    late = {"due_at": F("asked_at") + timedelta(days=14)} if line.model == "people.ErasureRequest" else {}
    all_rows(model_of(line)).update(**{**values, line.keep.since: moment, **late})
    return all_rows(model_of(line))


@pytest.mark.parametrize("line", LIMITED, ids=lambda line: line.model)
def test_a_row_older_than_its_limit_goes_and_one_on_it_stays(held, line):
    limit = NOW - timedelta(days=line.keep.days)
    rows = place_at(line, limit)
    before = rows.count()

    assert list(retention._batches(line, line.keep, NOW)) == []
    assert (rows.count(), before > 0) == (before, True)

    place_at(line, limit - A_MOMENT)
    assert sum(retention._batches(line, line.keep, NOW)) == before
    assert rows.count() == 0


def test_every_limit_is_counted_from_a_moment_of_its_row(report):
    report(f"{len(LIMITED)} kinds of rows have a limit of their own, of {len(list(retention.limited()))} with a limit")

    moments = [model_of(line)._meta.get_field(line.keep.since) for line in LIMITED]
    assert [field.name for field in moments if not isinstance(field, models.DateTimeField)] == []


def refused(count, received_at):
    mails = [RefusedMail(sender="a@b.example", reason="no_reply", received_at=received_at) for _number in range(count)]
    RefusedMail.objects.bulk_create(mails)


def test_a_notice_that_still_waits_is_never_too_old():
    about = {"recipient": UserFactory(), "occasion": "a", "created_at": NOW - timedelta(days=400), "due_at": NOW}
    for number, state in enumerate(["waiting", "sending", "sent", "failed"]):
        Notice.objects.create(object_id=number, state=state, **about)

    assert actions.keep_no_longer(now=NOW) == Counter({"notifications.Notice": 2})
    assert set(Notice.objects.values_list("state", flat=True)) == {"waiting", "sending"}


def test_cases_go_by_their_own_way_and_are_counted():
    day = SupervisionDayFactory(starts_at=NOW - timedelta(days=40))
    CaseFactory.create_batch(2, day=day)

    assert actions.keep_no_longer(now=NOW)["supervision.Case"] == 2
    assert Case.objects.count() == 0
    assert RetentionCount.objects.get(model="supervision.Case").count == 2


def test_the_preview_counts_what_would_go_and_takes_nothing():
    refused(3, NOW - timedelta(days=31))
    CaseFactory(day=SupervisionDayFactory(starts_at=NOW - timedelta(days=40)))

    counts = {line.model: count for line, count in actions.waiting_to_go(now=NOW)}

    assert (counts["meetings.RefusedMail"], counts["supervision.Case"], counts["people.User"]) == (3, 1, 0)
    assert RefusedMail.objects.count() == 3


def test_a_stop_halfway_is_counted_and_the_next_run_goes_on(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    refused(5, NOW - timedelta(days=31))
    real, done = retention.note_gone, []

    def dies_at_the_second(**given):
        if done:
            raise KeyboardInterrupt
        done.append(given)
        real(**given)

    monkeypatch.setattr(retention, "note_gone", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.keep_no_longer(now=NOW)
    left = RefusedMail.objects.count()
    monkeypatch.setattr(retention, "note_gone", real)

    assert (left, RetentionCount.objects.get().count) == (3, 2)
    assert actions.keep_no_longer(now=NOW) == Counter({"meetings.RefusedMail": 3})
    assert RetentionCount.objects.get().count == 5


def test_each_day_has_a_count_of_its_own():
    for day in (0, 1):
        refused(1, NOW - timedelta(days=31))
        actions.keep_no_longer(now=NOW + timedelta(days=day))

    counts = list(RetentionCount.objects.order_by("day").values_list("day", "count"))
    assert counts == [(date(2026, 11, 20), 1), (date(2026, 11, 21), 1)]


def test_a_run_with_nothing_to_do_leaves_no_trace():
    assert actions.keep_no_longer(now=datetime(2026, 11, 20, tzinfo=UTC)) == Counter()
    assert RetentionCount.objects.count() == 0
