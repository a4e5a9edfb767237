"""The texts the pages begin with. Administrators change them afterwards; running this again changes nothing."""

from datetime import date
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).parent / "texts"
KINDS = ("privacy", "information", "processors", "accessibility", "guidelines", "contact")
# When the statement was first written and held against the pages.
REVIEWED = {"accessibility": date(2026, 11, 27)}


def words(kind, language):
    """Heading, lead and text: the file's first line, its first paragraph, and the rest."""
    heading, lead, body = (TEXTS / f"{kind}.{language}.md").read_text(encoding="utf-8").split("\n\n", 2)
    return heading.removeprefix("# "), lead, body


def write_texts(apps, _schema_editor):
    pages = apps.get_model("home", "PublicPage").objects
    for kind in KINDS:
        title, lead, body = words(kind, "da")
        title_en, lead_en, body_en = words(kind, "en")
        danish = {"title": title, "lead": lead, "body": body, "reviewed_date": REVIEWED.get(kind)}
        english = {"title_en": title_en, "lead_en": lead_en, "body_en": body_en}
        pages.get_or_create(kind=kind, defaults=danish | english)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]
    operations = [migrations.RunPython(write_texts, migrations.RunPython.noop)]
