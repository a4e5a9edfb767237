"""Each of the house's own rules, broken once, in a small repository of its own."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

# Written in two halves, because this file is checked too.
HOME = "/ho" + "me/mette/fodfaeste"
HANDLER, STYLE, SCRIPT = "<a on" + 'click="x()">', "<p sty" + 'le="color: red">', "<scr" + "ipt>alert(1)</script>"


@pytest.fixture
def house(tmp_path):
    (tmp_path / "bin").mkdir()
    shutil.copy(settings.BASE_DIR / "bin" / "house_rules.py", tmp_path / "bin")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def put(house, name, text):
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def complaints(house) -> list[str]:
    done = subprocess.run(
        [sys.executable, "bin/house_rules.py"], cwd=house, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1 if lines else 0, "")
    return [line.removeprefix("house rules: ") for line in lines]


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    x = 1\n" * (lines - 1)


def test_a_house_in_order_has_no_complaints(house):
    put(house, "lms/forum/views/reading.py", function("read", 50) + "Discussion.objects.visible_to(user)\n")
    put(house, "lms/forum/queries.py", "Discussion.objects.filter(pk=1)\n")
    put(house, "templates/forum/list.html", '<script src="{% static "site.js" %}"></script><p class="style">')

    assert complaints(house) == []


def test_this_house_is_in_order():
    """The real one, as it stands."""
    done = subprocess.run(
        [sys.executable, "bin/house_rules.py"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_function_over_fifty_lines(house):
    put(house, "courses/actions.py", function("short", 50) + function("long", 51))

    assert complaints(house) == ["courses/actions.py:51 long has 51 lines"]


def test_a_test_may_be_long(house):
    put(house, "tests/test_story.py", function("test_story", 60))

    assert complaints(house) == []


def test_a_file_over_five_hundred_lines(house):
    put(house, "tests/test_all.py", "x = 1\n" * 501)

    assert complaints(house) == ["tests/test_all.py has more than 500 lines"]


def test_a_migration_may_be_as_long_as_it_is(house):
    put(house, "lms/people/migrations/0001_initial.py", "x = 1\n" * 501)

    assert complaints(house) == []


@pytest.mark.parametrize(
    "door", ["lms/forum/views.py", "courses/views/day.py", "supervision/tasks.py", "lms/people/templatetags/tags.py"]
)
@pytest.mark.parametrize("method", ["filter", "get", "all"])
def test_a_door_that_reaches_rows_past_access(house, door, method):
    put(house, door, f"row = 1\nrow = Case.objects.{method}(pk=1)\n")

    assert complaints(house) == [f"{door}:2 reaches Case by {method}, not by visible_to"]


@pytest.mark.parametrize("text", [HANDLER, STYLE, SCRIPT, HANDLER.upper()])
def test_something_inline_in_a_template(house, text):
    put(house, "templates/forum/list.html", text)

    assert complaints(house) == ["templates/forum/list.html holds an inline script, style or handler"]


def test_a_mail_may_carry_its_styles_inline(house):
    put(house, "templates/emails/base.html", STYLE)

    assert complaints(house) == []


@pytest.mark.parametrize("name", ["docs/how.md", "Makefile", "lms/a.py"])
def test_a_machines_path(house, name):
    put(house, name, f"# cd {HOME}\n")

    assert complaints(house) == [f"{name} names a path of one machine"]


@pytest.mark.parametrize("name", ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"])
@pytest.mark.parametrize("address", ["https://packages.example.org/simple", "http://localhost/x", "git+ssh://a/b"])
def test_an_address_in_a_lock_file(house, name, address):
    put(house, name, f"# {address}\n")

    assert complaints(house) == [f"{name} holds an address; a lock file has versions and hashes"]


def test_other_files_may_lead_to_a_page(house):
    put(house, "README.md", "https://packages.example.org/\n")

    assert complaints(house) == []


def test_what_git_ignores_is_nobodys_business(house):
    put(house, ".gitignore", "var/\n")
    put(house, "var/notes.txt", HOME)

    assert complaints(house) == []
