"""The demo as a newcomer meets it: a role by one click, and the mails it would have sent."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from lms.home.methods.mailbox import messages_in
from lms.home.queries import demo_roles
from lms.notifications.actions import send_waiting
from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.journey
NARROW = (320, 640)
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const parts = [...document.querySelectorAll('main *')];
  return document.documentElement.scrollWidth <= width ? [] :
    parts.filter(part => part.getBoundingClientRect().right > width).map(part => part.outerHTML.slice(0, 120)).slice(-3);
}"""


@pytest.fixture
def seeded(settings, tmp_path, live_server):
    """The whole demo, and the first mails it sends."""
    settings.DEMO = True
    settings.MEDIA_ROOT, settings.MAIL_FOLDER = tmp_path / "media", tmp_path / "mail"
    settings.EMAIL_BACKEND = "lms.backends.mail_folder.EmailBackend"
    call_command("seed_demo", stdout=StringIO())
    send_waiting(now=timezone.now())
    return settings


@pytest.mark.usefixtures("seeded")
def test_each_role_is_one_click_away_and_has_its_own_overview(browse):
    page = browse.as_nobody(PHONE)
    doors = [role for group in demo_roles() for role in group["roles"]]
    first_lines = set()

    for door in doors:
        page.context.clear_cookies()
        page.goto("/konto/login/")
        page.locator(f"form:has(input[value='{door['email']}']) button").click()
        page.wait_for_url("**/overblik/")
        name, organisation = door["who"].partition(", ")[::2]
        assert page.locator("h1").count() == 1
        assert page.locator(".page-head .person__name").inner_text() == name
        assert organisation in page.locator(".page-head").inner_text()
        assert page.evaluate(TOO_WIDE) == []
        first_lines.add(page.locator("main").inner_text())

    assert len(doors) == len(first_lines) == 13


@pytest.mark.usefixtures("seeded")
def test_the_mailbox_shows_the_mails_with_their_calendar_part(browse):
    page = browse.as_nobody(NARROW)
    newest = messages_in(settings.MAIL_FOLDER)[0]

    page.goto("/demo/post/")
    listed = page.locator("main .todo a")
    assert listed.count() == min(30, len(messages_in(settings.MAIL_FOLDER)))
    assert page.evaluate(TOO_WIDE) == []
    page.get_by_role("link", name=newest.subject).first.click()

    assert page.locator("h1").inner_text() == newest.subject
    assert page.locator("section.facts, dl.facts dt").all_inner_texts() == [name for name, _value in newest.calendar]
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.usefixtures("seeded")
def test_the_banner_says_that_everything_is_invented(browse):
    page = browse.as_nobody()

    for path in ("/", "/konto/login/", "/demo/post/"):
        page.goto(path)
        assert page.locator(".demo-bar").count() == 1
