"""The headers every answer carries."""

import pytest
from django.urls import reverse

from lms.people.models import Role
from tests.factories.courses import course_page
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db

PUBLIC = ["home:front", "home:privacy", "home:accessibility", "home:guidelines", "home:contact"]
STRICT = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def policy_of(answer) -> set[str]:
    return set(answer.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("name", [*PUBLIC, "account_login", "home:overview"])
def test_our_pages_allow_nothing_inline(client, name):
    assert policy_of(client.get(reverse(name))) == STRICT


def test_a_page_that_does_not_exist_is_as_strict(client):
    answer = client.get("/findes-ikke/")

    assert (answer.status_code, policy_of(answer)) == (404, STRICT)


def test_the_editors_admin_alone_has_a_looser_policy(client):
    course_page()
    client.force_login(person_with(Role.ADMINISTRATOR))

    answer = client.get("/admin/")

    policy = policy_of(answer)
    assert answer.status_code == 200
    assert {"script-src 'self' 'unsafe-inline'", "style-src 'self' 'unsafe-inline'"} <= policy
    assert {"default-src 'self'", "object-src 'none'", "frame-ancestors 'self'"} <= policy
    assert not any("unsafe-eval" in directive or "*" in directive for directive in policy)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_may_be_indexed(client, name):
    answer = client.get(reverse(name))

    assert (answer.status_code, answer.headers.get("X-Robots-Tag")) == (200, None)


@pytest.mark.parametrize("path", ["/konto/login/", "/overblik/", "/soeg/", "/healthz", "/findes-ikke/", "/demo/post/"])
def test_everything_else_stays_out_of_search_engines(client, path):
    assert client.get(path).headers["X-Robots-Tag"] == "noindex"


def test_nothing_a_signed_in_person_saw_is_kept_on_the_way(client):
    client.force_login(person_with(Role.JOB_CONSULTANT))

    for name in (*PUBLIC, "home:overview", "home:search"):
        assert client.get(reverse(name)).headers["Cache-Control"] == "private, no-store"


def test_other_headers_that_protect(client):
    headers = client.get(reverse("home:front")).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
