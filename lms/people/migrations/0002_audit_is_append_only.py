"""Rows of the two logs are added and, when they are old enough, deleted; nothing else can be done to them.

Retention deletes what is older than the limit (2 and 5 years, a day short of what ``lms.people.actions.audit`` asks
for), so the trigger lets that through; a younger row cannot be deleted by anybody who works through the database's usual
roles. SQLite loses triggers when Django remakes a table: a migration that alters one of these must make them anew.
"""

from django.db import migrations

TABLES = {"people_auditentry": ("moment", 5), "people_opening": ("hour", 2)}


def postgresql(table, column, years):
    yield f"""
        CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.{column} < now() - interval '{years} years' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege';
        END $$"""
    yield f"""
        CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"""
    yield f"""
        CREATE FUNCTION {table}_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege';
        END $$"""
    yield f"""
        CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_not_emptied()"""


def sqlite(table, column, years):
    refused = f"SELECT RAISE(ABORT, '{table} is append-only')"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} BEGIN {refused}; END"
    yield f"""
        CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}
        WHEN OLD.{column} >= datetime('now', '-{years} years') BEGIN {refused}; END"""


BACKWARDS = {
    "postgresql": (
        "DROP TRIGGER {table}_rows ON {table}",
        "DROP TRIGGER {table}_whole ON {table}",
        "DROP FUNCTION {table}_is_append_only()",
        "DROP FUNCTION {table}_is_not_emptied()",
    ),
    "sqlite": ("DROP TRIGGER {table}_update", "DROP TRIGGER {table}_delete"),
}


def forwards(_apps, schema_editor):
    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for table, (column, years) in TABLES.items():
        for statement in statements(table, column, years):
            schema_editor.execute(statement)


def backwards(_apps, schema_editor):
    for table in TABLES:
        for statement in BACKWARDS[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
