import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse
from django.utils import timezone

from lms.people import actions
from lms.people.models import Role, WorkAccount
from tests.factories.courses import course_page
from tests.factories.people import MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = person_with(Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def set_up(by, shape="oidc", **fields):
    organisation = MunicipalityFactory(**fields)
    return actions.set_up_work_account(organisation=organisation, shape=shape, by=by, now=timezone.now())


def address(name, account, *more):
    return reverse(f"people:{name}", args=[account.public_id, *more])


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_takes_as_many_queries_however_long(client, administrator, count, django_assert_num_queries):
    for number in range(count):
        account = set_up(administrator, name=f"Kommune nr. {number}")
        account.domains.create(name=f"kommune{number}.dk")
        SocialAccount.objects.create(user=UserFactory(), provider=account.key, uid="x")

    with django_assert_num_queries(5):
        page = client.get(reverse("people:work_accounts")).content.decode()

    assert (page.count("/arbejdskonti/") - 2, page.count("kommune")) == (count, count)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_page_takes_as_many_queries_however_many_are_linked(client, administrator, count, django_assert_num_queries):
    account = set_up(administrator)
    for number in range(count):
        SocialAccount.objects.create(
            user=UserFactory(name=f"Person nr. {number}"), provider=account.key, uid=str(number)
        )

    with django_assert_num_queries(7):
        page = client.get(address("work_account", account)).content.decode()

    assert page.count("Person nr.") == 2 * count


def test_setting_up_leads_to_our_own_addresses(client, administrator):
    data = {"organisation": MunicipalityFactory(name="Viborg").pk, "shape": "adfs"}

    page = client.post(reverse("people:new_work_account"), data, follow=True).content.decode()

    key = WorkAccount.objects.get().key
    wanted = [f"http://testserver/konto/saml/{key}/{end}/" for end in ("metadata", "acs", "sls")]
    assert [one in page for one in wanted] == [True] * 3


def test_saving_keeps_what_was_written_and_asks_for_a_test(client, administrator):
    account = set_up(administrator)
    data = {
        "domains": "viborg.dk",
        "issuer": "https://login.example.org",
        "client_id": "x",
        "client_secret": "hemmelig",
    }

    page = client.post(address("work_account", account), data, follow=True).content.decode()

    account.refresh_from_db()
    assert (account.client_secret, account.issuer) == ("hemmelig", "https://login.example.org")
    assert ("Gemt. Test nu forbindelsen." in page, "hemmelig" in page) == (True, False)


def test_what_cannot_be_taken_stays_in_the_form_and_nothing_is_stored(client, administrator):
    account = set_up(administrator)
    data = {"domains": "gmail.com", "issuer": "https://login.example.org", "client_id": "min-id", "client_secret": "y"}

    response = client.post(address("work_account", account), data)

    account.refresh_from_db()
    assert (response.status_code, account.issuer, account.domains.count()) == (200, "", 0)
    assert [word in response.content.decode() for word in ("min-id", "gmail.com")] == [True, True]


def test_form_takes_no_field_it_did_not_show(client, administrator):
    account = set_up(administrator)
    every = {field.name: "1" for field in WorkAccount._meta.get_fields() if hasattr(field, "attname")}
    data = every | {
        "domains": "viborg.dk",
        "issuer": "https://login.example.org",
        "client_id": "x",
        "client_secret": "y",
    }

    client.post(address("work_account", account), data)

    before = (account.public_id, account.organisation_id, account.shape, False, None, "", "")
    account.refresh_from_db()
    now = (account.public_id, account.organisation_id, account.shape, account.is_active, account.tested_at)
    assert (*now, account.entity_id, account.cvr) == before


def test_switching_on_untested_is_refused_in_words(client, administrator):
    account = set_up(administrator)

    page = client.post(address("switch_work_account", account), {"is_active": "on"}, follow=True).content.decode()

    assert "Test forbindelsen først." in page
    assert WorkAccount.objects.get().is_active is False


def test_switching_on_after_a_test_lets_people_in(client, administrator):
    account = set_up(administrator)
    actions.note_trial(account=account, went_well=True, by=administrator, now=timezone.now())

    client.post(address("switch_work_account", account), {"is_active": "on", "is_required": "on"})

    account.refresh_from_db()
    assert (account.is_active, account.is_required, account.counts_as_second_factor) == (True, True, False)


def test_link_is_removed_by_its_button(client, administrator):
    account = set_up(administrator)
    link = SocialAccount.objects.create(user=UserFactory(), provider=account.key, uid="x")

    client.post(address("remove_work_link", account, link.pk))

    assert SocialAccount.objects.count() == 0


def test_link_of_another_work_account_is_missing(client, administrator):
    account, other = set_up(administrator), set_up(administrator)
    link = SocialAccount.objects.create(user=UserFactory(), provider=other.key, uid="x")

    response = client.post(address("remove_work_link", account, link.pk))

    assert (response.status_code, SocialAccount.objects.count()) == (404, 1)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_any_of_it(client, administrator, role):
    account = set_up(administrator)
    client.force_login(person_with(role, None if role == Role.ADMINISTRATOR else account.organisation))

    pages = [reverse("people:work_accounts"), reverse("people:new_work_account"), address("work_account", account)]

    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_back_office_leads_administrators_here(client, administrator):
    course_page()  # with the first of them the rights of the back office are laid down

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "arbejdskonti" in page


def test_unknown_provider_is_missing(client):
    names = ("openid_connect_callback", "saml_finish_acs", "saml_sls", "saml_metadata")

    found = [client.get(reverse(name, args=[key])).status_code for name in names for key in ("x", "a" * 32)]

    assert found == [404] * 8


def test_address_of_one_kind_is_missing_for_the_other(client, administrator):
    oidc, saml = set_up(administrator), set_up(administrator, "saml")

    assert client.get(reverse("saml_metadata", args=[oidc.key])).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=[saml.key])).status_code == 404


def test_metadata_can_be_read_before_the_organisation_has_told_anything(client, administrator):
    response = client.get(reverse("saml_metadata", args=[set_up(administrator, "kombit").key]))

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/xml")
