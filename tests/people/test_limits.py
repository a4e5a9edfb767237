"""How often one may try: at every door that takes a secret or sends a mail, and under every guise."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Role
from lms.settings import base
from tests.factories.people import PASSWORD, InvitationFactory, UserFactory, person_with
from tests.people.signing_in import code_of_app, give_app, give_code, is_in, with_password

pytestmark = pytest.mark.django_db
WRONG = "forkert adgangskode"
# Room for every test to run inside one window of the limit it is about.
NOON = timezone.now().replace(minute=10, second=1, microsecond=0)


@pytest.fixture(autouse=True)
def _limits_of_the_site(settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def person():
    return UserFactory(email="mette@example.org")


def from_address(number) -> Client:
    return Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}")


def guess_wrong(person, times):
    """Each from somewhere else, so that the limit per place plays no part."""
    for number in range(times):
        with_password(from_address(number), person, WRONG)


def statuses(post, times) -> list[int]:
    return [post().status_code for _ in range(times)]


@pytest.mark.parametrize(("wrong", "expected"), [(4, True), (5, False)])
def test_sixth_try_for_one_address_in_five_minutes_is_refused(client, person, wrong, expected):
    guess_wrong(person, wrong)

    with_password(client, person)

    assert is_in(client) is expected


def test_after_five_minutes_one_may_try_again(client, person):
    guess_wrong(person, 5)

    with time_machine.travel(NOON + timedelta(minutes=5, seconds=2), tick=False):
        with_password(client, person)

        assert is_in(client) is True


def test_signing_in_in_between_does_not_lift_it(person):
    guess_wrong(person, 4)
    with_password(Client(), person)
    guess_wrong(person, 1)
    last = Client()

    with_password(last, person)

    assert is_in(last) is False


def test_refusal_is_the_same_whether_the_person_exists(client, person):
    nobody = UserFactory.build(email="ukendt@example.org")
    guess_wrong(person, 5)
    guess_wrong(nobody, 5)

    errors = [with_password(client, one, WRONG).context["form"].errors.as_json() for one in (person, nobody)]

    assert errors[0] == errors[1]


@pytest.mark.parametrize(("kind", "address"), [("capitals", "METTE@example.org"), ("space", " mette@example.org ")])
def test_other_spellings_are_the_same_address(client, person, kind, address):
    guess_wrong(person, 5)

    client.post(reverse("account_login"), {"login": address, "password": PASSWORD})

    assert is_in(client) is False


def test_31st_sign_in_from_one_place_in_a_minute_is_refused(client):
    people = UserFactory.create_batch(31)

    answers = [with_password(Client(), one).status_code for one in people]

    assert (answers[:30], answers[30]) == ([302] * 30, 429)


def test_page_of_too_many_is_ours_and_in_danish(client):
    for one in UserFactory.create_batch(30):
        with_password(Client(), one)

    page = with_password(client, UserFactory()).content.decode()

    assert ("<h1>Vent et øjeblik</h1>" in page, 'lang="da"' in page) == (True, True)


def test_eleventh_wrong_password_from_one_place_in_a_minute_is_refused(client):
    for one in UserFactory.create_batch(10):
        with_password(Client(), one, WRONG)

    with_password(client, UserFactory())

    assert is_in(client) is False


@pytest.mark.parametrize("door", ["/admin/login/", "/admin/", "/log-ind-til-redaktionen/", "/sider/_util/login/"])
def test_editors_door_leads_through_the_same_limit(client, door):
    """However one comes: posted to, the door takes no password; followed, it is the same form with the same count."""
    editor = person_with(Role.EDITOR)
    guess_wrong(editor, 5)

    client.post(door, {"username": editor.email, "login": editor.email, "password": PASSWORD})
    form = client.get(door, follow=True)
    client.post(form.request["PATH_INFO"], {"login": editor.email, "password": PASSWORD})

    assert (form.request["PATH_INFO"], "_auth_user_id" in client.session) == (reverse("account_login"), False)


def forged(number):
    return {
        "x-forwarded-for": f"203.0.113.{number}",
        "x-real-ip": f"203.0.113.{number}",
        "forwarded": f"for=1.2.3.{number}",
    }


def test_made_up_addresses_do_not_lift_the_limit():
    answers = [
        with_password(Client(headers=forged(number)), one).status_code
        for number, one in enumerate(UserFactory.create_batch(31))
    ]

    assert answers[30] == 429


def test_behind_a_proxy_only_what_the_proxy_says_counts(settings):
    """It adds the real address at the end; what stood before is the visitor's own story."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    lying = [{"x-forwarded-for": f"203.0.113.{number}, 198.51.100.7"} for number in range(31)]
    answers = [with_password(Client(headers=header), UserFactory()).status_code for header in lying]
    neighbour = with_password(Client(headers={"x-forwarded-for": "198.51.100.8"}), UserFactory())

    assert (answers[29:], neighbour.status_code) == ([302, 429], 302)


def test_code_by_mail_is_gone_after_three_wrong_ones(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = next(line for line in mail.outbox[-1].body.splitlines() if line and " " not in line and line.isupper())
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAA-AAA"})

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert is_in(client) is False


def test_mailbox_gets_three_codes_a_minute_and_ten_an_hour(person):
    sent = []
    for minute in range(5):
        with time_machine.travel(NOON + timedelta(minutes=2 * minute), tick=False):
            for number in range(4):
                from_address(number).post(reverse("account_request_login_code"), {"email": person.email})
        sent.append(len(mail.outbox))

    assert sent == [3, 6, 9, 10, 10]


@pytest.mark.parametrize("role", [Role.JOB_CONSULTANT, Role.EDITOR])
def test_sixth_code_of_an_app_is_not_looked_at(client, role):
    person = person_with(role)
    give_app(person)
    with_password(client, person)
    for _ in range(5):
        give_code(client, "000000")

    give_code(client, code_of_app())

    assert "_auth_user_id" not in client.session


def test_codes_count_together_in_every_browser(person):
    codes = give_app(person).get_unused_codes()
    for number in range(5):
        client = from_address(number)
        with_password(client, person)
        give_code(client, "00000000")
    last = Client()
    with_password(last, person)

    give_code(last, codes[0])

    assert "_auth_user_id" not in last.session


def test_code_of_an_app_signs_in_once(person):
    give_app(person)
    first, second = Client(), Client()
    for client in (first, second):
        with_password(client, person)

    answers = [give_code(client).status_code for client in (first, second)]

    assert answers == [302, 200]


def test_mailbox_gets_three_links_for_a_new_password_an_hour(person):
    answers = [
        from_address(number).post(reverse("account_reset_password"), {"email": person.email}).status_code
        for number in range(5)
    ]
    with time_machine.travel(NOON + timedelta(hours=1, minutes=1), tick=False):
        later = Client().post(reverse("account_reset_password"), {"email": person.email}).status_code

    assert (answers, later, len(mail.outbox)) == ([302, 302, 302, 429, 429], 302, 4)


def test_flood_of_links_tells_nothing_of_who_is_here(person):
    def asked(email):
        return [
            from_address(number).post(reverse("account_reset_password"), {"email": email}).status_code
            for number in range(4)
        ]

    assert asked(person.email) == asked("ukendt@example.org")


def test_mailbox_gets_three_links_for_an_invitation_an_hour():
    invited = InvitationFactory(created_at=NOON - timedelta(days=1), person=UserFactory())
    for minute in range(0, 60, 5):
        with time_machine.travel(NOON + timedelta(minutes=minute), tick=False):
            from_address(minute).post(reverse("people:new_invitation"), {"email": invited.email})

    invited.refresh_from_db()
    assert invited.rotation == 3


@pytest.mark.parametrize(
    ("name", "data", "limit"),
    [
        ("people:new_invitation", {"email": "a@example.org"}, 20),
        ("people:work_sign_in", {"email": "a@example.org"}, 60),
        ("account_reset_password", {}, 20),
        ("mfa_login_webauthn", {"credential": "{}"}, 10),
    ],
)
def test_one_place_asks_so_often_a_minute(client, name, data, limit):
    mails = iter(range(limit + 1))

    def post():
        return client.post(reverse(name), data or {"email": f"a{next(mails)}@example.org"})

    answers = statuses(post, limit + 1)

    assert (set(answers[:limit]) <= {200, 302}, answers[limit]) == (True, 429)


def test_password_asked_for_again_is_limited_too(client, person):
    client.force_login(person)

    answers = statuses(lambda: client.post(reverse("account_reauthenticate"), {"password": WRONG}), 11)

    assert answers[10] == 429


def test_what_is_kept_of_attempts_names_nobody(client, person):
    with_password(client, person, WRONG)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM people_limits")
        rows = cursor.fetchall()

    assert len(rows) >= 3
    assert [word for key, value in rows for word in (person.email, "127.0.0.1") if word in key or word in value] == []


def test_looking_at_the_form_counts_nothing(client):
    answers = statuses(lambda: client.get(reverse("account_login")), 40)

    assert (set(answers), caches["limits"].get("anything")) == ({200}, None)
