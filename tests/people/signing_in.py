"""Through the doors, as a browser does it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from lms.people.rules import BEGUN_AT, SEEN_AT
from tests.factories.people import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"
OVERVIEW = "/overblik/"


def with_password(client, person, password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": person.email, "password": password, **extra})


def is_in(client) -> bool:
    """What counts is what a page says, not what the session holds."""
    return client.get(OVERVIEW).status_code == 200


def give_app(person):
    """An app, and the recovery codes that come with it."""
    TOTP.activate(person, SECRET)
    return RecoveryCodes.activate(person)


def give_passkey(person, name="Bærbar"):
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name})


def code_of_app(secret=SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_code(client, code=None):
    return client.post(reverse("mfa_authenticate"), {"code": code or code_of_app()})


def answer_about_device(client, *, remember):
    return client.post(reverse("mfa_trust"), {"action": "trust" if remember else ""})


def begun_ago(client, seconds):
    """As if the session had begun, and been used last, so many seconds ago."""
    session = client.session
    session[BEGUN_AT] -= seconds
    session[SEEN_AT] -= seconds
    session.save()
