"""The headers every answer carries."""

import errno

import pytest
from django.urls import reverse

from lms.home.middleware import BARE_POLICY, FORM_VIEWS, PERMISSIONS, SNIPPETS, FullDisk
from lms.people.models import Role
from tests.access.patterns import all_patterns
from tests.factories.courses import course_page
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db

PUBLIC = ["home:front", "home:privacy", "home:accessibility", "home:guidelines", "home:contact"]
STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
LOOSER = {
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "frame-src 'self'",
    "frame-ancestors 'self'",
}
REPLACED = {"style-src 'self'", "img-src 'self' data:", "frame-src 'none'", "frame-ancestors 'none'"}
ADMIN = STRICT - REPLACED | LOOSER | {"script-src-attr 'none'"}


def policy_of(answer) -> set[str]:
    return set(answer.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("name", [*PUBLIC, "account_login", "home:overview"])
def test_our_pages_allow_nothing_inline(client, name):
    assert policy_of(client.get(reverse(name))) == STRICT


def test_a_page_that_does_not_exist_is_as_strict(client):
    answer = client.get("/findes-ikke/")

    assert (answer.status_code, policy_of(answer)) == (404, STRICT)


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("/admin/", "script-src 'self'"),
        ("/admin/images/", "script-src 'self'"),
        ("/admin/documents/add/", "script-src 'self'"),
        ("/admin/pages/{}/edit/", "script-src 'self' 'unsafe-inline'"),
        ("/admin/snippets/programme/theme/add/", "script-src 'self' 'unsafe-inline'"),
    ],
)
def test_only_the_forms_of_the_editors_admin_may_write_scripts_into_their_page(client, path, scripts):
    page = course_page()
    client.force_login(person_with(Role.ADMINISTRATOR))

    answer = client.get(path.format(page.pk))

    assert (answer.status_code, policy_of(answer)) == (200, ADMIN - {"script-src 'self'"} | {scripts})


def test_every_page_named_for_its_own_scripts_exists():
    names = {pattern.name for pattern in all_patterns()}

    assert names & FORM_VIEWS == FORM_VIEWS
    assert any(name.startswith(SNIPPETS) for name in names)


def test_files_carry_a_policy_that_runs_nothing(client):
    headers = client.get("/static/img/mark.svg").headers

    assert (headers["Content-Security-Policy"], headers["X-Content-Type-Options"]) == (BARE_POLICY, "nosniff")
    assert (headers["Permissions-Policy"], headers["Cross-Origin-Resource-Policy"]) == (PERMISSIONS, "same-origin")
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_where_nothing_more_can_be_stored_the_person_is_told(rf, number):
    answer = FullDisk(None).process_exception(rf.get("/"), OSError(number, "full"))

    assert answer.status_code == 507
    assert "Der er ikke plads til flere filer" in answer.text


@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), ValueError("else")])
def test_other_faults_are_nobodys_full_disk(rf, error):
    assert FullDisk(None).process_exception(rf.get("/"), error) is None


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


def refusals(caplog):
    return [line.getMessage() for line in caplog.records if line.name == "lms.home.middleware"]


def test_refusal_is_logged_with_number_and_name_of_the_page_alone(client, caplog):
    person = person_with(Role.JOB_CONSULTANT)
    client.force_login(person)

    client.get("/supervision/case/987654/")
    client.get("/kalender/en-hemmelig-noegle.ics")
    client.get("/overblik/")

    assert refusals(caplog) == [
        f"refused supervision:case to {person.pk}: 404",
        f"refused meetings:feed to {person.pk}: 404",
    ]


def test_nobody_is_nobody_in_the_log(client, caplog):
    client.get("/min-konto/fortryd/en-hemmelig-noegle/")

    assert refusals(caplog) == ["refused people:regret_erasure to nobody: 404"]


def test_browser_forgets_its_cache_when_one_signs_out(client):
    client.force_login(UserFactory())

    answer = client.post(reverse("account_logout"))

    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, '"cache"')
    assert "Clear-Site-Data" not in client.get("/").headers
