from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from lms.people.actions import keep_no_longer, note_openings, record
from lms.people.models import AuditEntry
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
UNTOUCHED = "changes: 3 days are as they were.\nopenings: 3 days are as they were.\n"
DAYS = [f"2026-11-{day}" for day in (20, 21, 22)]


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def kept(person, tmp_path):
    """Three days of the logs, with their lines in a file: two entries, one opening, and a day without any."""
    record(by=person, verb="changed_profile", about=person, now=NOON)
    record(by=person, verb="rotate_calendar", about=person, now=NOON + timedelta(hours=1))
    note_openings(by=person, things=[(person, 0)], role="member", now=NOON + timedelta(days=1))
    file = tmp_path / "lines.txt"
    file.touch()
    for day in DAYS:
        line = run(day=day, after=file)
        file.write_text(file.read_text() + line)
    return file


def run(**options) -> str:
    out = StringIO()
    call_command("audit_digest", *[f"--{name}={value}" for name, value in options.items()], stdout=out)
    return out.getvalue()


def without_triggers(*statements):
    """What somebody can do who owns the database: the triggers are switched off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE people_auditentry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER people_auditentry_update")
            cursor.execute("DROP TRIGGER people_auditentry_delete")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE people_auditentry ENABLE TRIGGER USER")


def test_line_tells_day_rows_and_number(kept):
    lines = [line.split() for line in kept.read_text().splitlines()]

    assert {len(digest) for *_words, digest in lines} == {64}
    assert [words[:3] for words in lines] == [
        [DAYS[0], "changes", "2"],
        [DAYS[0], "openings", "0"],
        [DAYS[1], "changes", "0"],
        [DAYS[1], "openings", "1"],
        [DAYS[2], "changes", "0"],
        [DAYS[2], "openings", "0"],
    ]


def test_day_left_out_is_yesterday(person):
    assert run().split()[0] == str(timezone.localdate() - timedelta(days=1))


def test_log_that_nobody_touched_is_as_it_was(kept):
    assert run(check=kept) == UNTOUCHED


def test_what_is_added_today_changes_no_day_before(kept, person):
    record(by=person, verb="changed_profile", about=person, now=NOON + timedelta(days=5))

    assert run(check=kept) == UNTOUCHED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_auditentry SET actor_id = 0 WHERE verb = 'rotate_calendar'",
        "UPDATE people_auditentry SET verb = 'hide' WHERE verb = 'rotate_calendar'",
        "UPDATE people_auditentry SET reason = 'security' WHERE verb = 'rotate_calendar'",
        "DELETE FROM people_auditentry WHERE verb = 'rotate_calendar'",
    ],
)
def test_row_changed_behind_the_triggers_is_found(kept, statement):
    without_triggers(statement)

    with pytest.raises(CommandError, match=f"^{DAYS[0]}: the log of changes is not as it was"):
        run(check=kept)


def test_row_put_in_afterwards_is_found(kept, person):
    record(by=person, verb="hide", about=person, now=NOON + timedelta(minutes=1))

    with pytest.raises(CommandError, match=r"\(3 rows now, 2 then\)"):
        run(check=kept)


def test_day_taken_out_of_the_file_is_found(kept):
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text("".join(lines[:2] + lines[4:]))

    with pytest.raises(CommandError, match=f"^{DAYS[2]}"):
        run(check=kept)


def test_days_hang_together(kept):
    assert run(day=DAYS[1]).splitlines()[0] != kept.read_text().splitlines()[2]


def test_day_that_has_been_kept_long_enough_may_be_gone(person, tmp_path):
    long_ago = datetime.now(UTC) - timedelta(days=6 * 366)
    AuditEntry.objects.create(verb="hide", object_type="forum.post", object_id=1, moment=long_ago)
    file = tmp_path / "lines.txt"
    file.write_text(run(day=timezone.localdate(long_ago)))

    keep_no_longer(now=datetime.now(UTC))

    assert run(check=file) == UNTOUCHED.replace("3", "1")
