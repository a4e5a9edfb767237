"""What ``manage.py check`` warns of: statements that have grown old, and people who can be reached by nobody."""

from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from lms.home.queries import old_statements

# The law asks for a review each year.
REVIEWED_WITHIN = timedelta(days=365)


@checks.register(checks.Tags.database)
def accessibility_statement_is_reviewed(databases=None, **_kwargs):
    if not databases or not _is_old():
        return []
    hint = "Go through it, and write the date of today in the back office."
    return [checks.Warning("The accessibility statement has not been reviewed for a year.", hint=hint, id="home.W001")]


def _is_old() -> bool:
    try:
        return old_statements(before=timezone.localdate() - REVIEWED_WITHIN)
    except DatabaseError:  # »migrate« checks before it has made the tables
        return False


@checks.register(checks.Tags.security, deploy=True)
def data_protection_is_named(app_configs=None, **_kwargs):  # noqa: ARG001
    missing = [name for name in ("controller", "officer") if not settings.DATA_PROTECTION[name]]
    if not missing:
        return []
    hint = "Set DATA_CONTROLLER and DATA_PROTECTION_OFFICER."
    return [checks.Warning(f"Nobody is named as {' and '.join(missing)}.", hint=hint, id="home.W002")]
