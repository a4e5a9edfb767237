"""Pages full of hostile words in a real browser, which is the only one to know what it would run."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils.html import escape

from tests.drills.payloads import ALL, CHOSEN
from tests.drills.stage import fill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]

ON_A_PAGE = 60
PAGES = [CHOSEN[at : at + ON_A_PAGE] for at in range(0, len(CHOSEN), ON_A_PAGE)]
BEACON = "window.hits = 0; window.beacon = () => { window.hits += 1 }"
# What a curious reader does: points at everything, opens everything, and follows what is no address.
TOUCH = """() => {
  for (const part of document.querySelectorAll('main *, body > *')) {
    for (const kind of ['mouseover', 'focus', 'toggle', 'animationstart']) part.dispatchEvent(new Event(kind));
    if (part.tagName === 'A' && /^\\s*[a-z\\s]+:/i.test(part.getAttribute('href') || '') && !/^(https?|mailto|tel|webcal):/.test(part.protocol)) part.click();
  }
  return new Promise(done => setTimeout(() => done(window.hits), 150));
}"""
ELSEWHERE = "evil.example"


@pytest.fixture(params=[True, False], ids=["without our policy", "with our policy"])
def is_bypassed(request):
    return request.param


def touched(page, asked):
    """How often a page that is open called the beacon, and asked elsewhere."""
    hits = page.evaluate(TOUCH)
    return hits, [address for address in asked if urlsplit(address).hostname == ELSEWHERE]


def watch(page):
    asked = []
    page.add_init_script(BEACON)
    page.on("request", lambda request: asked.append(request.url))
    return asked


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_nothing_is_called_and_nothing_is_fetched(browse, number, is_bypassed, report):
    stage, found, readers = fill(PAGES[number]), [], {}
    for place, person, path in stage.visits:
        if person not in readers:
            page = browse.signed_in(person, bypass_csp=is_bypassed)
            readers[person] = (page, watch(page))
        page, asked = readers[person]
        page.goto(path)
        hits, elsewhere = touched(page, asked)
        found += [(place, hits, elsewhere)] if hits or elsewhere else []

    how = "bypassed" if is_bypassed else "on"
    report(
        f"{len(PAGES[number])} hostile texts on {len(stage.visits)} pages in Chromium, policy {how}: {len(found)} run"
    )
    assert found == []


def served(browse, body, *, is_bypassed):
    page = browse.as_nobody(bypass_csp=is_bypassed)
    asked = watch(page)
    policy = "; ".join(
        f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    )
    page.route(
        "**/naiv/",
        lambda route: route.fulfill(
            body=f"<!doctype html><body><main>{body}</main>",
            headers={"Content-Type": "text/html", "Content-Security-Policy": policy},
        ),
    )
    page.goto("/naiv/")
    return touched(page, asked)


def test_page_that_escapes_nothing_runs_them_and_our_policy_alone_stops_them(browse, report):
    """The controls: without both walls the beacon is called, and the second wall stands without the first."""
    harmful = [word for word in ALL if word.startswith(("<img", "<svg", "<script>", "<details", "<a href", "<input"))]
    body = "".join(f"<div>{word}</div>" for word in harmful if "textarea" not in word)

    open_hits, _asked = served(browse, body, is_bypassed=True)
    stopped = served(browse, body, is_bypassed=False)
    escaped = served(browse, escape(body), is_bypassed=True)
    browse.complaints.said.clear()  # the browser says what it stopped

    report(f"control: {open_hits} calls from a page that escapes nothing, {stopped[0]} under our policy alone")
    assert open_hits > 5
    assert (stopped, escaped) == ((0, []), (0, []))
