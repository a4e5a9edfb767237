"""Which tables a request wrote to, as the database was told, and what the log says of it."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from lms.people.models import AuditEntry

WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
# Kept for the machinery's sake: sessions, the logs themselves, what is told of a change, and what is counted for limits.
BOOKKEEPING = re.compile(
    r"django_(?:session|content_type)|usersessions_.*|people_(?:auditentry|opening|limits)|notifications_notice|meetings_checkintry"
    r"|wagtailcore_(?:referenceindex|pagelogentry|modellogentry|comment.*|pagesubscription)|wagtailadmin_.*"
    r"|wagtailsearch_.*|modelsearch_.*|wagtailimages_rendition|people_user_groups"
)


@dataclass
class Noted:
    """The tables that were changed, and the rows the log got meanwhile."""

    tables: set[str] = field(default_factory=set)
    entries: list[AuditEntry] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        """Something was changed and nothing said of it."""
        return bool(self.tables) and not self.entries


class Writes:
    def __init__(self):
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        written = WRITE.match(sql.lstrip())
        if written and not BOOKKEEPING.fullmatch(written[1]) and self._has_changed(sql, context["cursor"]):
            self.tables.add(written[1])
        return result

    def _has_changed(self, sql, cursor) -> bool:
        """SQLite counts the rows of an INSERT only when they are read."""
        return sql.lstrip().startswith("INSERT INTO") or cursor.rowcount > 0


@contextmanager
def noted():
    """What is changed inside, and what the log has of it; read before anything is rolled back."""
    found, writes = Noted(), Writes()
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    with connection.execute_wrapper(writes):
        yield found
    found.tables = writes.tables
    found.entries = list(AuditEntry.objects.exclude(pk__in=before))
