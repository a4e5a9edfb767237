"""An organisation with a work account that is on, and its people: set up through our own actions."""

import re
from html import unescape

from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.methods.saml_metadata import described_in
from lms.people.models import Role
from tests.factories.people import InvitationFactory, MembershipFactory, MunicipalityFactory, UserFactory, person_with

SECRET = "en hemmelighed blandt maskiner"
REFRESH = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')
BASE = "http://testserver"
EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
PASSWORD_CONTEXT = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


class Workplace:
    """A municipality, the administrator who connected it, and the provider where its people are known."""

    def __init__(self, provider, shape, base=BASE, **switches):
        self.provider, self.base = provider, base
        self.people = {}
        self.organisation = MunicipalityFactory(name="Viborg")
        self.by = person_with(Role.ADMINISTRATOR, name="Rikke Damgård")
        account = actions.set_up_work_account(
            organisation=self.organisation, shape=shape, by=self.by, now=timezone.now()
        )
        connection = self.oidc() if account.is_oidc else self.saml()
        secret = SECRET if account.is_oidc else ""
        account = actions.change_work_account(
            account=account, domains=["viborg.dk"], secret=secret, by=self.by, now=timezone.now(), **connection
        )
        actions.note_trial(account=account, went_well=True, by=self.by, now=timezone.now())
        self.account = account
        self.switch(**({"is_active": True} | switches))
        self.introduce()

    def oidc(self):
        return {"issuer": self.provider.issuer, "client_id": "fodfaeste"}

    def saml(self):
        told = described_in(self.provider.saml_metadata)
        certificates = "\n\n".join(told.certificates)
        addresses = {"entity_id": told.entity_id, "sso_url": told.sso_url, "slo_url": told.slo_url}
        return addresses | {"certificates": certificates, "cvr": "29189846"}

    def switch(self, **switches):
        off = {"is_active": False, "is_required": False, "counts_as_second_factor": False}
        self.account = actions.switch_work_account(
            account=self.account, by=self.by, now=timezone.now(), **(off | switches)
        )

    def address(self, name):
        return f"{self.base}{reverse(name, args=[self.account.key])}"

    def introduce(self, **world):
        """Tell the provider who we are and who works there."""
        callback = reverse("openid_connect_callback", args=[self.account.key])
        client = {"client_id": "fodfaeste", "client_secret": SECRET, "redirect_uris": [f"{self.base}{callback}"]}
        self.provider.set_up(people=self.people, client=client, **world)

    def introduce_saml(self, client, **world):
        """SAML: they read our metadata."""
        metadata = client.get(reverse("saml_metadata", args=[self.account.key])).content.decode()
        self.provider.set_up(people=self.people, site=metadata, **world)

    def employ(self, login, **claims):
        self.people[login] = claims
        self.introduce()

    def employ_saml(self, client, login, email, *, world=None, **facts):
        """Known at the provider as AD FS would tell it."""
        told = {"nameid": f"mark-of-{login}", "nameidFormat": PERSISTENT, "context": PASSWORD_CONTEXT, EMAIL: email}
        self.people[login] = told | facts
        self.introduce_saml(client, **(world or {}))


def invited_to(organisation, email="mette@viborg.dk", **fields):
    person = UserFactory(name="Mette Lindholm", email=email, password=None)
    MembershipFactory(person=person, organisation=organisation)
    return InvitationFactory(person=person, organisation=organisation, created_at=timezone.now(), **fields)


def begin(client, email="mette@viborg.dk", **more):
    """Write the address on the sign-in page; where it leads."""
    page = client.post(reverse("people:work_sign_in"), {"email": email, **more})
    return unescape(REFRESH.search(page.content.decode())[1])


def path_of(address, base=BASE):
    assert address.startswith(base)
    return address.removeprefix(base)


def come_back(client, provider, login="mette", email="mette@viborg.dk"):
    """The whole OpenID Connect round."""
    return client.get(path_of(provider.sign_in(begin(client, email), login)))


def hand_in(client, action, fields):
    """The form that a SAML provider lets the browser send, and what our own redirect leads to."""
    return client.post(path_of(action), fields, follow=False)


def come_back_saml(client, provider, login="mette", email="mette@viborg.dk"):
    return finish(client, *provider.answer_saml(begin(client, email), login))


def finish(client, action, fields):
    return client.get(hand_in(client, action, fields).url)


def is_signed_in(client):
    """Asked of a page, not of the session alone: a session the next request throws away is none."""
    return client.get(reverse("people:account")).status_code == 200
