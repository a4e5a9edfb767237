"""A work account counts as a second factor when the organisation or its provider says so, and not otherwise."""

import pytest
from django.urls import reverse

from lms.people.models import Role
from tests.factories.people import MembershipFactory, UserFactory
from tests.people.identity.workplaces import come_back, come_back_saml
from tests.people.signing_in import give_app, is_in

pytestmark = pytest.mark.django_db
SET_UP = "/min-konto/to-trin/"


@pytest.fixture
def manager(entra):
    """A local manager, who must have two."""
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=entra.organisation, role=Role.LOCAL_MANAGER)
    return person


def test_strong_sign_in_at_work_is_enough(client, entra, manager):
    entra.switch(is_active=True, counts_as_second_factor=True)

    come_back(client, entra.provider)

    assert is_in(client) is True


def test_plain_one_leads_to_setting_up(client, entra, manager):
    come_back(client, entra.provider)

    assert client.get("/overblik/").url == SET_UP


def test_strong_one_is_asked_for_no_code_beside(client, entra, manager):
    give_app(manager)
    entra.switch(is_active=True, counts_as_second_factor=True)

    come_back(client, entra.provider)

    assert is_in(client) is True


def test_plain_one_is(client, entra, manager):
    give_app(manager)

    assert come_back(client, entra.provider).url == reverse("mfa_authenticate")


def test_saml_leads_there_as_well(client, adfs):
    person = UserFactory(email="mette@viborg.dk")
    MembershipFactory(person=person, organisation=adfs.organisation, role=Role.LOCAL_MANAGER)

    come_back_saml(client, adfs.provider)

    assert client.get("/overblik/").url == SET_UP
