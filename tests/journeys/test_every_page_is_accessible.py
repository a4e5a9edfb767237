"""Every page of ours, in the demo's world, as the people who open it: by axe, by its outline, by its width, by keys."""

from io import StringIO

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import TransactionTestCase, override_settings
from pytest_django.live_server_helper import LiveServer

from lms.meetings.models import Invitee
from lms.notifications.actions import send_waiting
from tests.journeys.conftest import DESKTOP, PHONE, Browsing
from tests.journeys.pages import NO_PAGE, NOBODY, VISITS, World, our_patterns

NARROW = (320, 640)
AXE = "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(\
 v => v.id + ': ' + v.nodes.map(node => node.target.join(' ')).join(', ')))"
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll('main *, header *, footer *')]
    .filter(part => part.getBoundingClientRect().right > width && !part.children.length)
    .map(part => part.outerHTML.slice(0, 80)).slice(0, 3);
}"""
OUTLINE = """() => {
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => Number(h.tagName[1]));
  const nameless = [...document.querySelectorAll('img, svg')].filter(picture =>
    !picture.closest('[aria-hidden=true]') && !picture.hasAttribute('alt') &&
    !picture.hasAttribute('aria-label') && !picture.hasAttribute('aria-labelledby') && !picture.querySelector('title'));
  return {
    lang: document.documentElement.lang,
    h1: levels.filter(level => level === 1).length,
    skipped: levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1),
    untitled: ['', '– Fodfæste'].includes(document.title.trim()),
    nameless: nameless.map(picture => picture.outerHTML.slice(0, 80)),
  };
}"""
AS_IT_SHOULD_BE = {"lang": "da", "h1": 1, "skipped": [], "untitled": False, "nameless": []}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Seeded once: looking changes little, and what a test here writes is no other's business."""
    folder = tmp_path_factory.mktemp("demo")
    own = override_settings(DEMO=True, MAIL_FOLDER=folder / "mail", MEDIA_ROOT=folder / "media")
    with django_db_blocker.unblock(), own:
        call_command("seed_demo", stdout=StringIO())
        world = World()
        with override_settings(EMAIL_BACKEND="lms.backends.mail_folder.EmailBackend"):
            send_waiting(now=world.now)
        server = LiveServer("localhost")
        yield world, server
        server.stop()
        TransactionTestCase._fixture_teardown(None)  # the next module starts from the empty template


@pytest.fixture(scope="module")
def doors(demo, browser):
    """One signed-in page per person, opened when it is first asked for."""
    world, server = demo
    browsing, pages = Browsing(browser, server.url), {}

    def page_of(role):
        if role not in pages:
            pages[role] = browsing.as_nobody() if role == NOBODY else browsing.signed_in(world.people[role])
        return pages[role]

    yield page_of, browsing
    browsing.close()


def faults_of(page):
    """What is wrong with the page that is open, at three widths without loading it again."""
    found = []
    for width, height in (DESKTOP, PHONE, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: sticks out: {part}" for part in page.evaluate(TOO_WIDE)]
        if width != NARROW[0]:
            found += [f"{width}: {fault}" for fault in axe(page)]
    outline = page.evaluate(OUTLINE)
    return found + [f"{key}: {value}" for key, value in outline.items() if value != AS_IT_SHOULD_BE[key]]


def axe(page):
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE)


def test_no_address_of_ours_is_left_out():
    looked_at = set().union(*VISITS.values())

    assert our_patterns() == looked_at.union(*NO_PAGE.values())
    assert looked_at.isdisjoint(set().union(*NO_PAGE.values()))


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in VISITS.items() for name in names])
def test_page_can_be_used_by_everybody(demo, doors, role, name):
    world, _server = demo
    page_of, browsing = doors
    page = page_of(role)

    browsing.complaints.said.clear()
    page.goto(world.address(name, role))

    assert faults_of(page) + browsing.complaints.said == []


@pytest.mark.parametrize("template", ["400", "403", "403_csrf", "404", "500"])
def test_refusal_can_be_read_by_everybody(demo, doors, template):
    page = doors[0](NOBODY)
    page.route(
        "**/afvist/", lambda route: route.fulfill(body=render_to_string(f"{template}.html"), content_type="text/html")
    )

    page.goto("/afvist/")

    assert faults_of(page) == []


ZONE = "() => document.activeElement.closest('.skipnav, .demo-bar, header, main, footer')?.tagName.toLowerCase() ?? ''"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_keys_alone_lead_through_the_page_in_its_order(demo, doors, size):
    world, _server = demo
    page = doors[1].signed_in(world.people["kursist"], size)
    page.goto("/overblik/")

    zones = []
    while "footer" not in zones and len(zones) < 80:
        page.keyboard.press("Tab")
        zones.append(page.evaluate(ZONE))

    assert list(dict.fromkeys(zones)) == ["a", "header", "main", "footer"]


def test_skip_link_leads_past_the_menu(demo, doors):
    world, _server = demo
    page = doors[1].signed_in(world.people["kursist"])
    page.goto("/overblik/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate(ZONE) == "main"


def test_menu_of_a_phone_opens_by_keys(demo, doors):
    world, _server = demo
    page = doors[1].signed_in(world.people["kursist"], PHONE)
    page.goto("/overblik/")

    page.locator("summary", has_text="Menu").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/overblik/")
    assert page.locator("details.menu[open]").count() == 0


@pytest.fixture
def plain(demo, doors):
    """Opens an address as somebody whose browser runs no script."""
    world, _server = demo

    def opened(role, name):
        page = doors[1].signed_in(world.people[role], PHONE, java_script_enabled=False)
        page.goto(world.address(name, role))
        return page

    return opened


def test_reply_is_sent_without_scripts(plain):
    page = plain("kursist", "forum:tried")
    page.goto(page.url.removesuffix("proevet/"))

    page.fill("[name=body]", "Vi prøver det i næste uge.")
    page.locator("form:has([name=body]) button[type=submit]").click()

    page.get_by_text("Vi prøver det i næste uge.").wait_for()


def test_invitation_is_answered_without_scripts(demo, plain):
    world, _server = demo
    page = plain("kursist", "meetings:meeting")

    page.locator("details.decline summary").click()
    page.locator("[name=reason]").fill("Ferie")
    page.locator("button[value=declined]").click()

    page.locator(".alert-success").wait_for()
    answers = Invitee.objects.filter(person=world.people["kursist"], answer=Invitee.Answer.DECLINED)
    assert answers.count() == 1


def test_attendance_is_taken_without_scripts(plain):
    page = plain("instructor", "meetings:attendance")

    page.locator("input[value=absent]").first.check()
    page.locator(".attend__save button").click()

    page.locator(".alert-success").wait_for()
    assert page.locator("input[value=absent]").first.is_checked()


def test_case_with_a_cpr_number_is_stopped_without_scripts_and_nothing_is_lost(plain):
    page = plain("kursist", "supervision:new_case")

    page.fill("[name=title]", "Et ja, der ikke holder")
    page.fill("[name=situation]", "Borgeren, 010180-1234, siger ja.")
    page.locator("button[value=bring]").click()

    page.locator(".error-summary a[href='#id_situation']").wait_for()
    assert page.input_value("[name=title]") == "Et ja, der ikke holder"
