"""The table in which attempts to sign in are counted: a cache of Django's, behind ``lms.backends.limits``."""

from django.core.management import call_command
from django.db import migrations

TABLE = "people_limits"


def create(_apps, editor):
    call_command("createcachetable", TABLE, database=editor.connection.alias, verbosity=0)


def drop(_apps, editor):
    editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_audit_is_append_only")]

    operations = [
        migrations.RunPython(create, drop),
    ]
