"""With the account one has at work, in a real browser: our policy on forms must not stop the way out, nor theirs the way in."""

import pytest
from django.urls import reverse

from lms.people.models import Invitation
from tests.people.identity.conftest import provider, running_provider  # noqa: F401 - fixtures
from tests.people.identity.workplaces import Workplace, invited_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, settings):
    settings.BASE_URL = live_server.url
    return live_server.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(browser, request):
    context = browser.new_context(locale="da-DK", java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def sign_in(page, site):
    page.goto(f"{site}{reverse('account_login')}")
    page.get_by_role("textbox", name="Arbejdsmail").fill("mette@viborg.dk")
    page.get_by_role("button", name="Brug din arbejdskonto").click()
    page.get_by_label("Bruger").fill("mette")
    page.get_by_role("button", name="Log ind").click()


def test_openid_connect_from_the_sign_in_page_to_the_overview(page, site, provider):  # noqa: F811
    workplace = Workplace(provider, "entra", base=site)
    workplace.employ("mette", email="mette@viborg.dk", oid="oid-of-mette")
    invited_to(workplace.organisation)

    sign_in(page, site)

    page.wait_for_url(f"{site}{reverse('home:overview')}")
    assert Invitation.objects.get().accepted_at is not None


def test_saml_from_the_sign_in_page_to_the_overview(page, site, provider, client):  # noqa: F811
    workplace = Workplace(provider, "adfs", base=site)
    workplace.employ_saml(client, "mette", "mette@viborg.dk")
    invited_to(workplace.organisation)

    sign_in(page, site)
    page.get_by_role("button", name="Videre").click()

    page.wait_for_url(f"{site}{reverse('home:overview')}")
    assert Invitation.objects.get().accepted_at is not None
