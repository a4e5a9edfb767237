"""Every page of ours, in the demo's world, as the people who open it: by axe, by its outline, by its width, by keys."""

from io import StringIO

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import TransactionTestCase, override_settings
from pytest_django.live_server_helper import LiveServer

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
