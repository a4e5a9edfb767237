import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Role
from tests.factories.people import PASSWORD, InvitationFactory, UserFactory, person_with
from tests.people import hashers

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "\thttps://evil.example",
    "\x00//evil.example",
    "http://localhost/",
]


def sign_in(client, person, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": person.email, "password": password, **extra})


def not_accepted():
    return InvitationFactory(created_at=timezone.now(), person=UserFactory()).person


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))

    assert page.templates[0].name == "account/signup_closed.html"
    client.post(reverse("account_signup"), {"email": "ny@example.org", "password1": PASSWORD})
    assert person_with(Role.JOB_CONSULTANT).__class__.objects.filter(email="ny@example.org").count() == 0


def test_signing_in_leads_to_the_overview_in_the_person_s_language(client):
    response = sign_in(client, UserFactory(language="en"))

    assert response.url == reverse("home:overview")
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_site(client, target):
    assert sign_in(client, UserFactory(), next=target).url == reverse("home:overview")


def test_signing_in_leads_back_to_our_own_page(client):
    assert sign_in(client, UserFactory(), next="/min-konto/").url == "/min-konto/"


def test_invited_person_signs_in_only_after_accepting(client):
    person = not_accepted()

    response = sign_in(client, person)

    assert response.url == reverse("people:new_invitation")
    assert "_auth_user_id" not in client.session


def test_code_by_mail_is_no_way_around_the_invitation(client):
    person = not_accepted()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = next(line for line in mail.outbox[0].body.splitlines() if line and " " not in line and line.isupper())

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response.url == reverse("people:new_invitation")
    assert "_auth_user_id" not in client.session


def test_code_by_mail_signs_in_and_comes_in_our_look(client):
    person = UserFactory()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    message = mail.outbox[0]
    code = next(line for line in message.body.splitlines() if line and " " not in line and line.isupper())

    assert message.to == [person.email]
    assert [part.mimetype for part in message.alternatives] == ["text/html"]
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).url == reverse("home:overview")


@pytest.mark.parametrize(
    ("name", "field"), [("account_reset_password", "email"), ("account_request_login_code", "email")]
)
def test_unknown_address_gets_the_same_answer_and_no_mail(name, field):
    answers = {}
    for email in (UserFactory().email, "ukendt@example.org"):
        response = Client().post(reverse(name), {field: email})
        answers[email] = (response.status_code, response.headers["Location"])

    assert len(set(answers.values())) == 1
    assert [message.to for message in mail.outbox] == [[next(iter(answers))]]


def test_wrong_password_and_unknown_address_get_the_same_page():
    known = sign_in(Client(), UserFactory(email="a@example.org"), password="forkert adgangskode")
    unknown = sign_in(Client(), UserFactory.build(email="b@example.org"), password="forkert adgangskode")

    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors


def test_password_reset_leads_to_our_own_address_whatever_the_host(settings):
    settings.BASE_URL = "https://fodfaeste.example"

    Client().post(reverse("account_reset_password"), {"email": UserFactory().email}, headers={"host": "localhost"})

    links = [word for word in mail.outbox[0].body.split() if word.startswith("http")]
    assert [link.startswith("https://fodfaeste.example/konto/password/reset/key/") for link in links] == [True]


def test_password_reset_link_works(client):
    person = UserFactory()
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))

    form_page = client.get(link, follow=True)

    assert form_page.status_code == 200
    assert form_page.context.get("token_fail", False) is False
    assert list(form_page.context["form"].fields) == ["password1", "password2"]


def test_password_reset_sends_nothing_before_the_invitation_is_accepted(client):
    client.post(reverse("account_reset_password"), {"email": not_accepted().email})

    assert mail.outbox == []


def test_known_and_unknown_addresses_cost_the_same_hashes(settings):
    settings.PASSWORD_HASHERS = ["tests.people.hashers.Counting"]
    counts = []
    for person in (UserFactory(email="a@example.org"), UserFactory.build(email="b@example.org"), not_accepted()):
        hashers.MADE.clear()
        sign_in(Client(), person, password="forkert adgangskode")
        counts.append(len(hashers.MADE))

    assert counts == [1, 1, 1]


@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize(("name", "data"), [("set_language", {"language": "en"}), ("account_logout", {})])
def test_switching_language_and_signing_out_never_lead_to_another_site(client, name, data, target):
    client.force_login(UserFactory())

    response = client.post(reverse(name), {**data, "next": target})

    assert response.url.startswith("/") and not response.url.startswith("//")  # noqa: PT018 - one address, two ends


def test_sixth_wrong_password_in_five_minutes_is_refused(settings, client):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
    person = UserFactory()
    for _ in range(5):
        sign_in(client, person, password="forkert adgangskode")

    sixth = sign_in(client, person)

    assert sixth.status_code == 200
    assert "_auth_user_id" not in client.session
