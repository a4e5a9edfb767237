"""Nobody finds out who has an account: a known and an unknown address get the same answer, for the same work."""

import json
import re
from itertools import count

import pytest
import time_machine
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.utils import websafe_encode

from lms.meetings.queries import feed_token
from lms.people.models import Role, User
from tests.access.asking import PASSING
from tests.factories.meetings import CohortFactory
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, WorkAccountFactory, person_with
from tests.people import hashers
from tests.people.signing_in import give_app

pytestmark = pytest.mark.django_db
WRONG = "forkert adgangskode"
UNKNOWN = "ukendt@example.org"
TOKENS = re.compile(r"[0-9a-f]{64}")


def known():
    return person_with(Role.JOB_CONSULTANT, email="kendte@example.org")


def with_an_app():
    person = person_with(Role.EDITOR, email="kendte@example.org")
    give_app(person)


def without_password():
    UserFactory(email="kendte@example.org", password=None)


def deactivated():
    UserFactory(email="kendte@example.org", is_active=False)


def invited():
    InvitationFactory(person=UserFactory(email="kendte@example.org", password=None), created_at=timezone.now())


def invited_long_ago():
    InvitationFactory(person=UserFactory(email="kendte@example.org", password=None))


def of_a_workplace():
    """Which lets its people in through its own sign-in alone."""
    account = WorkAccountFactory(is_active=True, is_required=True, tested_at=timezone.now())
    account.domains.create(name="example.org")
    person_with(Role.JOB_CONSULTANT, account.organisation, email="kendte@example.org")


STANDINGS = [known, with_an_app, without_password, deactivated, invited, invited_long_ago, of_a_workplace]
ADDRESS = "kendte@example.org"


def masked(response, email) -> str:
    """Everything a browser is told: status, headers, cookies by name, and the page."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    cookies = "\n".join(
        f"{name} {morsel['max-age']} {morsel['httponly']} {morsel['samesite']}"
        for name, morsel in sorted(response.cookies.items())
    )
    body = PASSING.sub("", response.content.decode())
    return f"{response.status_code}\n{headers}\n{cookies}\n{body}".replace(email, "ADDRESS")


def sign_in(email):
    return [Client().post(reverse("account_login"), {"login": email, "password": WRONG})]


def ask_for_new_password(email):
    client = Client()
    first = client.post(reverse("account_reset_password"), {"email": email})
    return [first, client.get(first.url)]


def ask_for_code_and_guess(email):
    client = Client()
    first = client.post(reverse("account_request_login_code"), {"email": email})
    confirm = reverse("account_confirm_login_code")
    guesses = [client.post(confirm, {"code": "AAA-AAA"}) for _guess in range(4)]
    return [first, client.get(first.url), *guesses, client.get(reverse("account_login"))]


def ask_for_new_invitation(email):
    client = Client()
    first = client.post(reverse("people:new_invitation"), {"email": email})
    return [first, client.get(first.url)]


def ask_for_work_sign_in(email):
    return [Client().post(reverse("people:work_sign_in"), {"email": email})]


def knock_with_unknown_key(email):
    """A passkey that nobody has made here, and that says it is this person's."""
    person = User.objects.with_address(email).first()
    handle = websafe_encode(user_pk_to_url_str(person).encode() if person else b"999999")
    told = dict.fromkeys(("clientDataJSON", "authenticatorData", "signature"), "e30") | {"userHandle": handle}
    credential = json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": told})
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})  # what the button asks first
    first = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    return [first, client.get(reverse("account_login"))]


WAYS = [sign_in, ask_for_new_password, ask_for_code_and_guess, ask_for_new_invitation, knock_with_unknown_key]


@pytest.fixture(autouse=True)
def _clock_stands_still():
    """Some headers tell the time."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def hashes(settings):
    settings.PASSWORD_HASHERS = ["tests.people.hashers.Counting"]
    hashers.MADE.clear()
    return hashers.MADE


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("standing", STANDINGS, ids=lambda standing: standing.__name__)
def test_known_and_unknown_get_the_same_answers(way, standing, report):
    standing()

    told = [masked(answer, ADDRESS) for answer in way(ADDRESS)]
    told_nobody = [masked(answer, UNKNOWN) for answer in way(UNKNOWN)]

    report(f"{way.__name__}, {standing.__name__}: {len(told)} answers, {sum(map(len, told))} characters, all the same")
    assert told == told_nobody


@pytest.mark.parametrize("standing", STANDINGS, ids=lambda standing: standing.__name__)
def test_sign_in_costs_one_hash_whoever_it_is(standing, hashes, report):
    standing()
    hashes.clear()
    sign_in(ADDRESS)
    for_somebody = len(hashes)
    hashes.clear()
    sign_in(UNKNOWN)

    report(f"hashes at sign-in, {standing.__name__}: {for_somebody} and {len(hashes)} for an unknown address")
    assert (for_somebody, len(hashes)) == (1, 1)


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: way.__name__)
def test_the_other_ways_cost_none(way, hashes, report):
    known()
    hashes.clear()
    way(ADDRESS)
    way(UNKNOWN)

    report(f"hashes at {way.__name__}: {len(hashes)}")
    assert len(hashes) == 0


def test_differences_would_be_seen():
    """The control: the right password makes another answer, so that the comparison is one."""
    UserFactory(email=ADDRESS)

    right = Client().post(reverse("account_login"), {"login": ADDRESS, "password": "en lang adgangskode 42"})

    assert masked(right, ADDRESS) != masked(sign_in(UNKNOWN)[0], UNKNOWN)


def test_domain_alone_decides_whether_there_is_a_work_account():
    known()

    told, told_nobody = (masked(ask_for_work_sign_in(email)[0], email) for email in (ADDRESS, UNKNOWN))

    assert told == told_nobody


def test_mail_goes_to_the_known_alone():
    known()
    for way in (ask_for_new_password, ask_for_code_and_guess):
        way(ADDRESS)
        way(UNKNOWN)

    assert {message.to[0] for message in mail.outbox} == {ADDRESS}


def test_list_of_people_says_the_same_of_somebody_with_an_account_elsewhere(client, report):
    """A coordinator learns from the import who has a seat in the own cohort, and of nobody else whether they are here."""
    cohort = CohortFactory(slug="vest")
    MunicipalityFactory(name="Viborg", code="0791")
    client.force_login(person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider))
    known()

    def told(email, name="Mette Lind", municipality="Viborg"):
        sheet = f"Navn;Mail;Kommune\n{name};{email};{municipality}\n".encode()
        address = reverse("meetings:import", args=["vest"])
        sent = client.post(address, {"file": SimpleUploadedFile("liste.csv", sheet, "text/csv")})
        preview = client.get(sent.url)
        return re.sub(r"[0-9a-f-]{36}", "DRAFT", masked(preview, email))

    unknown = "ukendt@example.org"
    faulty = {"name": "12", "municipality": "Vibborg"}

    assert told(ADDRESS) == told(unknown)
    assert told(ADDRESS, **faulty) == told(unknown, **faulty)
    report("import preview, good and faulty rows: the same for known and unknown")


def test_calendar_address_says_the_same_however_it_is_wrong(client, report):
    person = known()
    token = feed_token(person)
    person.calendar_rotation += 1
    person.save(update_fields=["calendar_rotation"])
    places = count()
    wrong = {
        "retired": token,
        "of nobody": "0" * len(token),
        "one sign off": token[:-1] + ("0" if token[-1] != "0" else "1"),
        "another's key": feed_token(UserFactory())[:32] + token[32:],
        "no token at all": "z" * len(token),
    }

    told = {
        kind: TOKENS.sub(
            "", masked(Client(REMOTE_ADDR=f"10.0.0.{next(places)}").get(f"/kalender/{address}.ics"), address)
        )
        for kind, address in wrong.items()
    }

    report(f"calendar address wrong in {len(wrong)} ways: {len(set(told.values()))} answer")
    assert (len(set(told.values())), {answer[:3] for answer in told.values()}) == (1, {"404"})
