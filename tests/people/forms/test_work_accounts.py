import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lms.people import actions
from lms.people.forms import form_for
from lms.people.models import Role
from tests.factories.people import MunicipalityFactory, person_with
from tests.people.identity.running import expired_certificate, key_pair
from tests.people.methods.test_saml_metadata import KEY, SSO, metadata

pytestmark = pytest.mark.django_db
OIDC = {"domains": "viborg.dk", "issuer": "https://login.example.org/t", "client_id": "x", "client_secret": "y"}


def account_of(shape):
    by = person_with(Role.ADMINISTRATOR)
    return actions.set_up_work_account(organisation=MunicipalityFactory(), shape=shape, by=by, now=timezone.now())


def errors(shape, data, files=None):
    return set(form_for(account_of(shape), data, files).errors)


@pytest.fixture(scope="module")
def certificate():
    return key_pair()["certificate"]


def body(certificate):
    return "".join(certificate.splitlines()[1:-1])


def test_connection_that_is_filled_in_is_taken():
    assert errors("oidc", OIDC) == set()


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.example.org/t", "login", "javascript:alert(1)", "https://u:p@login.example.org/", "",
        "https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
    ],
)  # fmt: skip
def test_issuer_that_is_not_one_organisations_on_https_is_refused(issuer):
    assert errors("entra", OIDC | {"issuer": issuer}) == {"issuer"}


def test_secret_is_asked_for_once(settings):
    account = account_of("oidc")
    assert set(form_for(account, OIDC | {"client_secret": ""}).errors) == {"client_secret"}

    account.sealed_secret = "sealed"

    assert set(form_for(account, OIDC | {"client_secret": ""}).errors) == set()


def test_secret_that_looks_like_a_number_of_a_person_is_taken_and_a_domain_is_guarded():
    assert errors("oidc", OIDC | {"client_secret": "0101901234"}) == set()
    assert errors("oidc", OIDC | {"client_id": "010190-1234"}) == {"client_id"}


@pytest.mark.parametrize(
    "domains",
    ["", "viborg", "gmail.com", "viborg.dk gmail.com", "*.dk", "viborg..dk", "-viborg.dk", "https://viborg.dk"],
)
def test_domain_that_is_none_or_everybodys_is_refused(domains):
    assert errors("oidc", OIDC | {"domains": domains}) == {"domains"}


def test_domains_are_read_however_they_are_written():
    form = form_for(account_of("oidc"), OIDC | {"domains": "@Viborg.dk, horsens.dk\nviborg.dk"})

    assert (form.is_valid(), form.cleaned_data["domains"]) == (True, ["horsens.dk", "viborg.dk"])


def test_domain_of_another_work_account_is_refused_and_ones_own_is_not():
    account = account_of("oidc")
    account.domains.create(name="viborg.dk")

    assert errors("oidc", OIDC) == {"domains"}
    assert set(form_for(account, OIDC).errors) == set()


def test_metadata_fills_in_the_fields(certificate):
    xml = metadata(KEY.format("signing", body(certificate)) + SSO)

    form = form_for(account_of("adfs"), {"domains": "viborg.dk", "metadata": xml})

    assert form.is_valid() is True
    assert form.connection["entity_id"] == "http://adfs.viborg.dk/trust"
    assert form.connection["certificates"] == body(certificate)


def test_metadata_file_does_the_same(certificate):
    xml = metadata(KEY.format("signing", body(certificate)) + SSO).encode()

    assert errors("adfs", {"domains": "viborg.dk"}, {"metadata_file": SimpleUploadedFile("m.xml", xml)}) == set()


@pytest.mark.parametrize("content", [b"x" * 600_000, b"\xff\xfe\x00", b"<x/>"])
def test_file_that_is_no_metadata_is_refused(content):
    found = errors("adfs", {"domains": "viborg.dk"}, {"metadata_file": SimpleUploadedFile("m.xml", content)})

    assert found & {"metadata", "metadata_file"} != set()


def test_fields_can_be_written_by_hand(certificate):
    data = {
        "domains": "viborg.dk",
        "entity_id": "urn:x",
        "sso_url": "https://adfs.viborg.dk/",
        "certificates": certificate,
    }

    assert errors("adfs", data) == set()


def test_nothing_at_all_is_asked_for_at_each_field():
    assert errors("adfs", {"domains": "viborg.dk"}) == {"entity_id", "sso_url", "certificates"}


@pytest.mark.parametrize("text", ["hej", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"])
def test_text_that_is_no_certificate_is_refused_in_words(text):
    form = form_for(account_of("adfs"), {"domains": "viborg.dk", "certificates": text})

    assert form.errors["certificates"] == ["Det er ikke et certifikat. Sæt det ind med første og sidste linje."]


def test_certificate_that_has_run_out_is_refused_in_words():
    form = form_for(account_of("adfs"), {"domains": "viborg.dk", "certificates": expired_certificate()})

    assert form.errors["certificates"] == ["Loginudbyderens certifikat er udløbet. Sæt det nye ind."]


def test_metadata_with_a_certificate_that_has_run_out_is_refused_too():
    xml = metadata(KEY.format("signing", body(expired_certificate())) + SSO)

    assert errors("adfs", {"domains": "viborg.dk", "metadata": xml}) == {"metadata"}


def test_metadata_that_leads_to_an_open_line_is_refused(certificate):
    xml = metadata(KEY.format("signing", body(certificate)) + SSO.replace("https://", "http://"))

    assert errors("adfs", {"domains": "viborg.dk", "metadata": xml}) == {"metadata"}


@pytest.mark.parametrize("cvr", ["", "1234567", "ABCDEFGH", "123456789"])
def test_kombit_needs_the_cvr_number(certificate, cvr):
    xml = metadata(KEY.format("signing", body(certificate)) + SSO)

    assert errors("kombit", {"domains": "viborg.dk", "metadata": xml, "cvr": cvr}) == {"cvr"}
    assert errors("kombit", {"domains": "viborg.dk", "metadata": xml, "cvr": "29 18 98 46"}) == {"cvr"} - {"cvr"}
