"""The translations' own tool: it finds every text, complains of every hole, and writes what Django reads."""

import gettext
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
CODE = """
title = _("My overview")
count = ngettext("%(n)d day", "%(n)d days", 2)
when = pgettext("date", "May")
"""
TEMPLATE = "{% load i18n %}{% translate 'Sign in' %}{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}"
COMPLETE = """
msgid "My overview"
msgstr "Mit overblik"

msgid "%(n)d day"
msgid_plural "%(n)d days"
msgstr[0] "%(n)d dag"
msgstr[1] "%(n)d dage"

msgctxt "date"
msgid "May"
msgstr "maj"

msgid "Sign in"
msgstr "Log ind"

msgid "Hello %(name)s"
msgstr "Hej %(name)s"
"""


@pytest.fixture
def house(tmp_path):
    for folder in ("bin", "lms", "courses", "supervision", "templates", "locale/da/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "bin" / "translations.py", tmp_path / "bin")
    (tmp_path / "lms" / "views.py").write_text(CODE)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    translate(tmp_path, COMPLETE)
    return tmp_path


def catalogue(house):
    return house / "locale" / "da" / "LC_MESSAGES" / "django.po"


def translate(house, text):
    catalogue(house).write_text(HEADER + text, encoding="utf-8")


def run(house, *words):
    return subprocess.run(
        [sys.executable, "bin/translations.py", *words], cwd=house, capture_output=True, text=True, check=False
    )


def complaints(house) -> list[str]:
    done = run(house, "check")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1 if lines else 0, "")
    return [line.removeprefix("translations: ") for line in lines]


def test_a_complete_catalogue_has_no_complaints(house):
    assert complaints(house) == []


@pytest.mark.parametrize(
    "text, missing",
    [
        ("x = _('New')", "New"),
        ("x = gettext_lazy('New')", "New"),
        ("x = ngettext('%(n)d new', '%(n)d news', 2)", "%(n)d new"),
        ("x = pgettext_lazy('month', 'May')", "May"),
    ],
)
def test_a_text_the_catalogue_lacks(house, text, missing):
    (house / "supervision" / "views.py").write_text(text)

    assert complaints(house) == [f"not in the catalogue: {missing!r}"]


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_template_the_catalogue_does_not_know(house, suffix):
    (house / "templates" / f"mail.{suffix}").write_text("{% load i18n %}{% translate 'Dear' %}")

    assert complaints(house) == ["not in the catalogue: 'Dear'"]


def test_a_migration_is_not_read(house):
    (house / "lms" / "migrations").mkdir()
    (house / "lms" / "migrations" / "0001.py").write_text("x = _('Old')")

    assert complaints(house) == []


@pytest.mark.parametrize(
    "was, now, complaint",
    [
        ('"Mit overblik"', '""', "not translated: 'My overview'"),
        ('msgstr[1] "%(n)d dage"', 'msgstr[1] ""', "not translated: '%(n)d day'"),
        ('msgid "My overview"', '#, fuzzy\nmsgid "My overview"', "not translated: 'My overview'"),
        ('"Hej %(name)s"', '"Hej"', "placeholders differ: 'Hello %(name)s'"),
        ('"Hej %(name)s"', '"Hej %(navn)s"', "placeholders differ: 'Hello %(name)s'"),
        ('msgstr[1] "%(n)d dage"', 'msgstr[1] "mange dage"', "placeholders differ: '%(n)d day'"),
    ],
)
def test_a_hole_in_the_catalogue(house, was, now, complaint):
    translate(house, COMPLETE.replace(was, now))

    assert complaints(house) == [complaint]


def test_a_translation_nobody_uses_any_more(house):
    translate(house, COMPLETE + '\nmsgid "Gone"\nmsgstr "Væk"\n')

    assert complaints(house) == ["no longer used: 'Gone'"]


def test_what_is_compiled_is_what_python_reads(house):
    assert run(house, "compile").returncode == 0

    with catalogue(house).with_suffix(".mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("My overview") == "Mit overblik"
    assert [read.ngettext("%(n)d day", "%(n)d days", n) for n in (0, 1, 2)] == ["%(n)d dage", "%(n)d dag", "%(n)d dage"]
    assert read.pgettext("date", "May") == "maj"


def test_update_keeps_what_is_translated_and_drops_what_is_dead(house):
    translate(house, COMPLETE.replace("Sign in", "Gone"))

    assert run(house, "update").returncode == 0

    assert complaints(house) == ["not translated: 'Sign in'"]
    assert "Mit overblik" in catalogue(house).read_text()
    assert "Gone" not in catalogue(house).read_text()


@pytest.mark.parametrize("words", [[], ["compose"]])
def test_anything_else_is_answered_with_how_to_use_it(house, words):
    done = run(house, *words)

    assert (done.returncode, done.stderr) == (2, "usage: translations.py compile | check | update\n")
