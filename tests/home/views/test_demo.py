"""The demo's doors: one click to each role, and a mailbox. Elsewhere they do not exist."""

import mailbox

import pytest
from django.urls import reverse

from lms.people.models import Role
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db

ADDRESSES = [("home:demo_sign_in", []), ("home:mailbox", []), ("home:mailbox_message", ["1"])]


@pytest.fixture
def mette(demo):
    return person_with(Role.JOB_CONSULTANT, name="Mette Lindholm", email="mette.lindholm@viborg.example")


def put(folder, raw: bytes) -> str:
    return mailbox.Maildir(folder, create=True).add(raw)


@pytest.mark.parametrize("name, args", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demo_the_addresses_do_not_exist(client, name, args, method):
    person = person_with(Role.JOB_CONSULTANT, email="mette.lindholm@viborg.example")

    answer = getattr(client, method)(reverse(name, args=args), {"email": person.email})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_click_signs_in_and_lands_on_the_overview(client, mette):
    answer = client.post(reverse("home:demo_sign_in"), {"email": mette.email})

    assert (answer.status_code, answer.url) == (302, reverse("home:overview"))
    assert client.session["_auth_user_id"] == str(mette.pk)


def test_one_click_leads_nowhere_else_than_to_the_overview(client, mette):
    answer = client.post(
        reverse("home:demo_sign_in") + "?next=https://evil.example/", {"email": mette.email, "next": "//evil.example"}
    )

    assert answer.url == reverse("home:overview")


def test_one_click_needs_a_post(client, mette):
    assert client.get(reverse("home:demo_sign_in"), {"email": mette.email}).status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["", "nobody@viborg.example", "METTE", "mette@kommune.dk"])
def test_one_click_opens_for_the_people_of_the_demo_only(client, demo, email):
    person_with(Role.JOB_CONSULTANT, email="mette@kommune.dk")

    assert client.post(reverse("home:demo_sign_in"), {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_one_click_does_not_open_a_closed_account(client, mette):
    mette.is_active = False
    mette.save()

    assert client.post(reverse("home:demo_sign_in"), {"email": mette.email}).status_code == 404


def test_sign_in_page_offers_each_role_that_is_there(client, mette):
    person_with(Role.EDITOR, email="helle.strandby@fjordbro.example")
    person_with(Role.EDITOR, email="somebody.else@fjordbro.example")

    page = client.get(reverse("account_login")).content.decode()

    assert page.count('name="email" value=') == 2
    assert page.count(f'action="{reverse("home:demo_sign_in")}"') == 2
    assert 'value="mette.lindholm@viborg.example"' in page


def test_sign_in_page_offers_no_roles_outside_the_demo(client):
    person_with(Role.JOB_CONSULTANT, email="mette.lindholm@viborg.example")

    page = client.get(reverse("account_login")).content.decode()

    assert reverse("home:demo_sign_in") not in page
    assert "viborg.example" not in page


def test_mailbox_says_when_nothing_has_been_sent(client, demo):
    answer = client.get(reverse("home:mailbox"))

    assert (answer.status_code, answer.context["count"]) == (200, 0)
    assert 'class="empty"' in answer.content.decode()


def test_mailbox_shows_the_latest_mails_and_how_many_there_are(client, demo):
    for number in range(1, 33):
        put(
            demo.MAIL_FOLDER, f"Date: Mon, 02 Nov 2026 09:{number:02}:00 +0100\r\nSubject: Nr {number}\r\n\r\n".encode()
        )

    answer = client.get(reverse("home:mailbox"))

    assert answer.context["count"] == 32
    assert [mail.subject for mail in answer.context["mails"]] == [f"Nr {number}" for number in range(32, 2, -1)]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (30, 1), (31, 2), (61, 3)])
def test_mailbox_leads_to_every_mail(client, demo, count, pages):
    for number in range(count):
        put(demo.MAIL_FOLDER, f"Subject: Mail {number}\nTo: a@example.org\n\nHej\n".encode())
    found, address, visited = set(), reverse("home:mailbox"), 0

    while address:
        answer = client.get(address)
        found |= {mail.subject for mail in answer.context["mails"]}
        visited += 1
        address = answer.context["older_url"] and reverse("home:mailbox") + answer.context["older_url"]

    assert (len(found), visited) == (count, pages)


@pytest.mark.parametrize("side", ["x", "0", "999", "-1"])
def test_mailbox_answers_a_page_that_is_not_there(client, demo, side):
    put(demo.MAIL_FOLDER, b"Subject: Hej\n\nHej\n")

    assert client.get(reverse("home:mailbox"), {"side": side}).status_code == 200


def test_mailbox_writes_out_what_a_mail_says_and_runs_none_of_it(client, demo):
    subject, body = "<b>fed</b>", "<script>alert(1)</script>"
    key = put(demo.MAIL_FOLDER, f"Subject: {subject}\r\nTo: a@viborg.example\r\n\r\n{body}\r\n".encode())

    for url in (reverse("home:mailbox"), reverse("home:mailbox_message", args=[key])):
        page = client.get(url).content.decode()

        assert subject not in page
        assert "&lt;b&gt;fed&lt;/b&gt;" in page
        assert body not in page


@pytest.mark.parametrize("key", ["unknown", "..", "%2e%2e%2fx", "..%2F..%2Fetc%2Fpasswd"])
def test_a_key_that_is_no_mail_is_not_found(client, demo, key):
    put(demo.MAIL_FOLDER, b"Subject: her\r\n\r\n")

    assert client.get(f"/demo/post/{key}/").status_code == 404
