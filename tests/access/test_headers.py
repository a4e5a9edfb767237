"""Every address, asked as nobody and as those who get in: the headers that protect are on each answer."""

import pytest
from django.db import transaction
from django.test import override_settings
from lxml import html

from lms.home.middleware import PERMISSIONS
from tests.access.addresses import kind_of, path_of
from tests.access.patterns import all_patterns
from tests.access.people import ANONYMOUS

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

PATTERNS = list(all_patterns())
ASKING = (ANONYMOUS, "job_consultant", "provider_coordinator", "administrator")
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
# The other ways of keeping an answer out of everybody's cache; scaled images are kept by the browser that got them.
KEPT_BY_NOBODY_ELSE = ("no-store", "private")
WITHOUT_LETTERS = {"application/pdf", "application/json", "image/png", "application/samlmetadata+xml", "text/xml"}
# Words of the program itself, the same for everybody.
FOR_EVERYBODY = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "home:healthz"}
counted = {"answers": 0, "admin pages": 0, "with scripts": set()}


@pytest.fixture(autouse=True, scope="module")
def as_in_production(world):
    """Over TLS, as production.py has it; tests/test_settings.py sees that it does. The layers read it as they begin."""
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        begin_again(world)
        yield
    begin_again(world)


def begin_again(world):
    for visitor in world.visitors.values():
        visitor.handler.load_middleware()


def answer(world, role, pattern):
    relation = "own" if kind_of(pattern) else "-"
    with transaction.atomic():
        response = world.visitors[role].generic("GET", path_of(pattern, relation, role, world), secure=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    counted["answers"] += 1
    return response, body


def faults_of(response, role, pattern):
    headers = response.headers
    found = [f"{name}: {headers.get(name)}" for name, value in EXACT.items() if headers.get(name) != value]
    if response.status_code == 200 and "charset" not in (kind := headers.get("Content-Type", "")):
        found += [] if kind in WITHOUT_LETTERS or kind.startswith("application/vnd") else [f"Content-Type: {kind}"]
    if any(name.startswith("Access-Control") for name in headers):
        found.append("another site may read this")
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-eval" in policy or "*" in policy or "http" in policy:
        found.append(policy)
    if "'unsafe-inline'" in policy and not pattern.route.startswith("admin/"):
        found.append(policy)
    is_kept = not any(word in headers.get("Cache-Control", "") for word in KEPT_BY_NOBODY_ELSE)
    if role != ANONYMOUS and is_kept and pattern.name not in FOR_EVERYBODY:
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    for name, cookie in response.cookies.items():
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax"):
            found.append(f"cookie {name}")
    return found


def scripts_against(policy: str, body: bytes) -> list[str]:
    """What a page holds that its own policy stops."""
    if b"<html" not in body[:2000].lower():
        return []
    page = html.document_fromstring(body)
    inline = [node.text[:60] for node in page.iter("script") if not node.get("src") and not is_data(node)]
    handlers = [name for node in page.iter("*") for name in node.attrib if name.startswith("on")]
    allows = "script-src 'self' 'unsafe-inline'" in policy
    return handlers if allows else handlers + inline


def is_data(node):
    return node.get("type", "") not in {"", "module", "text/javascript"}


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_every_answer_carries_what_protects_it(world, pattern):
    faults = []
    for role in ASKING:
        response, body = answer(world, role, pattern)
        policy = response.headers.get("Content-Security-Policy", "")
        faults += [(role, fault) for fault in faults_of(response, role, pattern) + scripts_against(policy, body)]

    assert faults == []


def test_headers_were_counted(report):
    report(
        f"{len(EXACT) + 2} headers and the cookies on {counted['answers']} answers of {len(PATTERNS)} addresses: 0 wrong"
    )

    assert counted["answers"] in {0, len(PATTERNS) * len(ASKING)} or counted["answers"] % len(ASKING) == 0


def test_page_with_a_script_of_its_own_is_noticed():
    page = b"<html><body onload='x()'><script>x()</script><script type='application/json'>{}</script></body></html>"

    assert scripts_against("script-src 'self'", page) == ["onload", "x()"]
    assert scripts_against("script-src 'self' 'unsafe-inline'", page) == ["onload"]
