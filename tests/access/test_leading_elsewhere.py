"""No address of ours leads to somebody else's host: not by what it is asked for, and not by the host it is asked as."""

import os
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.db import transaction

from tests.access.addresses import body_of, kind_of, path_of
from tests.access.patterns import all_patterns
from tests.access.people import ANONYMOUS

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

PATTERNS = list(all_patterns())
ASKING = (ANONYMOUS, "job_consultant", "administrator")
OWN, EVIL = "testserver", "evil.example"
NEXT = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "http:\\\\evil.example", " //evil.example",
    "\t//evil.example", "https://testserver@evil.example", "https://testserver:x@evil.example/", "//testserver.evil.example",
    "https://evil.example/testserver", "https://evil.example#testserver", "https://evil.example?testserver",
    "//evil%2eexample", "https://evil。example", "//[::ffff:5db8:d822]", "javascript:alert(1)", "data:text/html,x",
    "ftp://evil.example", "%2f%2fevil.example", "/%5cevil.example", "evil", "home:overview",
]  # fmt: skip
# How the pages of ours and of the packages call it.
CALLED = ("next", "redirect_to", "return_url", "RelayState", "url", "next_url")
# A material may be a link: an editor wrote where to, and the programme manager approved it.
LEADS_OUT = {"courses:material"}
HOSTS = [
    {"HTTP_HOST": EVIL}, {"HTTP_HOST": f"{EVIL}:80"}, {"HTTP_HOST": f"testserver@{EVIL}"}, {"HTTP_HOST": f"{EVIL}#testserver"},
    {"HTTP_HOST": f"testserver.{EVIL}"}, {"HTTP_HOST": f"testserver:80@{EVIL}"}, {"HTTP_HOST": f"testserver, {EVIL}"},
    {"HTTP_HOST": f"testserver\t{EVIL}"}, {"HTTP_HOST": f"[{EVIL}]"}, {"HTTP_HOST": f"testserver/{EVIL}"},
    {"HTTP_X_FORWARDED_HOST": EVIL}, {"HTTP_X_HOST": EVIL}, {"HTTP_FORWARDED": f"host={EVIL}"},
    {"HTTP_X_FORWARDED_SERVER": EVIL}, {"HTTP_X_ORIGINAL_URL": f"https://{EVIL}/", "HTTP_X_REWRITE_URL": f"//{EVIL}/"},
]  # fmt: skip
SLASHES = re.compile(r"^/{2,}")
# In full all of them at every address; otherwise three, another three at the next.
FULL = os.environ.get("FODFAESTE_DRILL") == "full"
SOME = 3
counted = {"redirects": 0, "addresses": set()}


def asked(world, role, method, path, body, **headers):
    visitor = world.visitors[role]
    with transaction.atomic():
        response = visitor.post(path, body, **headers) if method == "POST" else visitor.get(path, body, **headers)
        transaction.set_rollback(True)
    return response


def host_of(response) -> str:
    """Where a browser would go, which takes \\ for / and leaves out tabs and line breaks."""
    location = response.headers.get("Location", "")
    for sign in "\t\n\r":
        location = location.replace(sign, "")
    plain = SLASHES.sub("//", location.strip().replace("\\", "/"))
    return urlsplit(urljoin(f"http://{OWN}/x/", plain)).hostname or ""


def leads_on(response):
    return 300 <= response.status_code < 400


def ways_of(pattern, world):
    """Role, method, path and body of every way to be led on from an address."""
    relation = "own" if kind_of(pattern) else "-"
    for role in ASKING:
        path = path_of(pattern, relation, role, world)
        for method in ("GET", "POST"):
            body = body_of(pattern, world) if method == "POST" else {}
            if leads_on(asked(world, role, method, path, body | dict.fromkeys(CALLED, "/overblik/"))):
                yield role, method, path, body


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_no_address_leads_to_another_host(world, pattern):
    wrong, turn = [], PATTERNS.index(pattern) * SOME % len(NEXT)
    for role, method, path, body in ways_of(pattern, world):
        for value in NEXT if FULL else NEXT[turn : turn + SOME]:
            response = asked(world, role, method, path, body | dict.fromkeys(CALLED, value))
            counted["redirects"] += leads_on(response)
            counted["addresses"].add(pattern)
            if leads_on(response) and host_of(response) != OWN and pattern.name not in LEADS_OUT:
                wrong.append((role, method, value, response["Location"]))

    assert wrong == []


def test_redirects_were_counted(report):
    report(
        f"{len(NEXT) if FULL else SOME} values of »next« at each of {len(counted['addresses'])} addresses that lead on, as {len(ASKING)} people: "
        f"{counted['redirects']} redirects, 0 to another host"
    )

    assert (len(set(NEXT)), len(HOSTS)) == (32, 15)


@pytest.mark.parametrize("value", NEXT[:20])
def test_eyes_of_this_test_see_where_a_browser_would_go(value):
    """The control: a page that trusts its »next«."""

    class Naive:
        headers = {"Location": value}

    assert host_of(Naive()) != OWN


@pytest.mark.parametrize("headers", HOSTS, ids=lambda headers: ", ".join(headers.values()))
def test_foreign_host_is_in_no_page_and_no_mail(world, headers):
    person = world.people["job_consultant"]
    requests = [
        ("GET", "/", {}),
        ("GET", "/overblik/", {}),
        ("GET", "/konto/login/", {}),
        ("GET", "/findes-ikke/", {}),
        ("GET", "/admin/", {}),
        ("GET", world.things["feed"]["own"]["path"] if "path" in world.things["feed"]["own"] else feed_path(world), {}),
        ("POST", "/konto/password/reset/", {"email": person.email}),
        ("POST", "/konto/login/code/", {"email": person.email}),
        ("POST", "/invitation/ny/", {"email": person.email}),
    ]
    mail.outbox.clear()

    for role in (ANONYMOUS, "administrator"):
        for method, path, body in requests:
            response = asked(world, role, method, path, body, **headers)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            assert EVIL not in content.decode("utf-8", "replace"), (role, path)
            assert host_of(response) == OWN, (role, path, response.headers)
            assert response.status_code < 500

    assert EVIL not in "".join(str(message.message()) for message in mail.outbox)


def feed_path(world):
    return f"/kalender/{world.things['feed']['own']['token']}.ics"


def test_mail_about_a_password_is_sent_in_this_test(world):
    """The control: with our own host the mail goes out, and leads to us."""
    mail.outbox.clear()

    asked(world, ANONYMOUS, "POST", "/konto/password/reset/", {"email": world.people["job_consultant"].email})

    assert [OWN in str(message.message()) for message in mail.outbox] == [True]
