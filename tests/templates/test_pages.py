import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse

pytestmark = pytest.mark.django_db

PUBLIC = ["home:front", "home:privacy", "home:accessibility", "home:guidelines", "home:contact"]
ENTRANCE = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]
BROKEN = ["400.html", "403_csrf.html", "500.html"]


def page_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("name", PUBLIC + ENTRANCE)
def test_page_has_language_one_heading_and_landmarks(client, name):
    page = page_of(client.get(reverse(name)))

    assert page.html["lang"] == "da"
    assert len(page.find_all("h1")) == 1
    assert [page.find(part) is not None for part in ("header", "main", "footer")] == [True, True, True]
    assert page.find(class_="skipnav")["href"] == "#main-content"


@pytest.mark.parametrize("name", PUBLIC + ENTRANCE)
def test_page_runs_no_script_or_style_of_its_own(client, name):
    page = page_of(client.get(reverse(name)))

    scripts = [tag for tag in page.find_all("script") if not tag.get("src") and tag.get("type") != "application/json"]
    assert scripts == []
    assert page.find_all("style") == []
    assert page.find_all(style=True) == []


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_is_not_for_search_engines(client, name):
    page = page_of(client.get(reverse(name)))

    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_public_page_may_be_found(client):
    page = page_of(client.get(reverse("home:privacy")))

    assert page.find("meta", attrs={"name": "robots"}) is None


def test_sign_in_asks_for_mail_and_password(client):
    page = page_of(client.get(reverse("account_login")))

    form = page.find("form", action=reverse("account_login"))
    assert [field["type"] for field in form.find_all("input", class_="form-input")] == ["email", "password"]
    assert form.find("a", href=reverse("account_request_login_code")) is not None


def test_sign_in_that_fails_says_so_first_and_keeps_the_mail(client):
    page = page_of(client.post(reverse("account_login"), {"login": "mette@viborg.example", "password": "wrong"}))

    assert page.find(class_="error-summary")["role"] == "alert"
    assert page.find(id="id_login")["value"] == "mette@viborg.example"


def test_sign_in_offers_demo_roles_only_when_there_are_some(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    roles = [
        {"title": "In the municipality", "roles": [{"role": "Manager", "who": "Dorthe", "email": "d@viborg.example"}]}
    ]

    page = BeautifulSoup(
        render_to_string("account/snippets/demo_roles.html", {"demo_roles": roles}, request), "html.parser"
    )

    assert page.find("form")["action"] == reverse("home:demo_sign_in")
    assert page.find("input", attrs={"name": "email"})["value"] == "d@viborg.example"


def test_language_is_switched_from_the_footer(client):
    client.post(reverse("set_language"), {"language": "en", "next": reverse("home:contact")})

    page = page_of(client.get(reverse("home:contact")))

    assert page.html["lang"] == "en"
    assert page.footer.find("input", attrs={"name": "language"})["value"] == "da"


@pytest.mark.parametrize("template", BROKEN)
def test_broken_page_needs_nothing_that_may_be_broken(template, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = BeautifulSoup(render_to_string(template), "html.parser")

    assert len(page.find_all("h1")) == 1


def test_missing_page_answers_like_a_forbidden_one(client):
    missing = page_of(client.get("/findes-ikke/"))
    forbidden = BeautifulSoup(render_to_string("403.html"), "html.parser")

    assert missing.h1.text == forbidden.h1.text
