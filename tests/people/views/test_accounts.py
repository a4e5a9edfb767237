import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from lms.people.models import AuditEntry, Role, User
from tests.factories.people import MembershipFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
URL = "/min-konto/"
TYPED = {"name": "Mette Lindholm", "title": "Jobformidler", "phone": "+45 12 34 56 78", "language": "en"}


@pytest.fixture
def mette(client):
    person = person_with(Role.JOB_CONSULTANT, MunicipalityFactory(name="Viborg"), name="Mette")
    client.force_login(person)
    return person


def test_account_is_for_people_who_are_signed_in(client):
    assert client.get(URL).url == f"{reverse('account_login')}?next={URL}"


def test_account_shows_own_details_and_memberships_of_today(client, mette):
    MembershipFactory(person=mette, organisation=MunicipalityFactory(name="Hjørring"), end_date="2025-01-01")

    page = client.get(URL).content.decode()

    assert [word in page for word in ("Mette", mette.email, "Viborg", "Hjørring")] == [True, True, True, False]


@pytest.mark.parametrize("memberships", [1, 3, 30])
def test_account_takes_as_many_queries_with_more_memberships(client, memberships, django_assert_num_queries):
    person = UserFactory()
    MembershipFactory.create_batch(memberships, person=person)
    client.force_login(person)
    client.get(URL)

    with django_assert_num_queries(QUERIES):
        client.get(URL)


QUERIES = 7


def test_account_links_to_every_way_of_signing_in(client, mette):
    Authenticator.objects.create(user=mette, type=Authenticator.Type.TOTP, data={})

    page = client.get(URL).content.decode()

    names = ("account_change_password", "people:first_passkey", "mfa_index", "people:sessions")
    assert [f'href="{reverse(name)}"' in page for name in names] == [True] * 4


def test_account_of_somebody_without_password_offers_to_choose_one(client):
    client.force_login(UserFactory(password=None))

    assert f'href="{reverse("account_set_password")}"' in client.get(URL).content.decode()


def test_saving_keeps_what_was_typed_and_switches_the_language(client, mette):
    response = client.post(URL, TYPED)

    mette.refresh_from_db()
    assert response.url == URL
    assert {name: getattr(mette, name) for name in TYPED} == TYPED
    assert client.cookies["django_language"].value == "en"
    assert list(AuditEntry.objects.values_list("verb", "object_id")) == [("changed_profile", mette.pk)]


def test_forged_fields_change_nothing(client, mette):
    before = User.objects.values("email", "is_superuser", "is_active", "password", "public_id").get(pk=mette.pk)

    client.post(
        URL,
        {
            **TYPED,
            "email": "x@example.org",
            "is_superuser": "on",
            "is_active": "",
            "password": "x",
            "role": "administrator",
            "organisation": "1",
            "memberships": "1",
            "groups": "1",
        },
    )

    assert User.objects.values(*before).get(pk=mette.pk) == before
    assert list(mette.memberships.values_list("role", flat=True)) == ["job_consultant"]


@pytest.mark.parametrize("field", ["name", "title", "phone"])
def test_cpr_number_is_refused_by_its_field_and_the_rest_is_kept(client, mette, field):
    number = "010190-1234"

    response = client.post(URL, {**TYPED, field: number})

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["language"].value() == "en"
    assert User.objects.filter(**{field: number}).count() == 0


@pytest.mark.parametrize("name", ["", "   ", "12345", "\x00\x07"])
def test_name_needs_letters(client, mette, name):
    response = client.post(URL, {**TYPED, "name": name})

    assert list(response.context["form"].errors) == ["name"]


def test_control_characters_and_line_breaks_are_cleaned(client, mette):
    client.post(URL, {**TYPED, "title": "Job\r\nBcc: x@example.org\x07"})

    mette.refresh_from_db()
    assert mette.title == "Job Bcc: x@example.org"


def test_markup_in_a_name_is_shown_as_text(client, mette):
    client.post(URL, {**TYPED, "name": "<script>alert(1)</script>"})

    assert "<script>alert" not in client.get(URL).content.decode()


@pytest.mark.parametrize("url", ["/min-konto/foerste-passkey/"])
def test_first_passkey_is_for_people_who_are_signed_in(client, url):
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_admin_login_goes_to_our_sign_in_and_keeps_where_to(client):
    answer = client.get(reverse("people:admin_login"), {"next": "/admin/pages/"})

    assert answer.url == f"{reverse('account_login')}?next=%2Fadmin%2Fpages%2F"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https:///evil.example",
        "///evil.example",
        "\x08//evil.example",
        "",
    ],
)
def test_admin_login_never_leads_to_another_site(client, target):
    answer = client.get(reverse("people:admin_login"), {"next": target})

    assert answer.url == f"{reverse('account_login')}?next=%2Fadmin%2F"


def test_admin_login_leads_signed_in_people_without_the_back_office_to_a_dead_end(client, mette):
    assert client.get(reverse("people:admin_login"), {"next": "/admin/"}, follow=True).status_code == 404


def test_admin_login_lets_an_administrator_through(client):
    client.force_login(UserFactory(is_superuser=True))

    assert client.get(reverse("people:admin_login"), {"next": "/admin/"}).url == "/admin/"


def test_admin_login_takes_no_word_for_the_name_of_a_page(client, mette):
    """Django's ``redirect`` would look for a page of that name, and fail."""
    assert client.get(reverse("people:admin_login"), {"next": "nonsens"}).url == "nonsens"


@pytest.mark.parametrize("is_secure", [True, False])
def test_language_is_remembered_as_securely_as_the_site_is_served(client, mette, settings, is_secure):
    """Browsers throw a cookie with the prefix __Host- away unless it says so."""
    settings.LANGUAGE_COOKIE_SECURE = is_secure

    client.post(URL, TYPED)

    assert bool(client.cookies[settings.LANGUAGE_COOKIE_NAME]["secure"]) is is_secure
