import pytest

from lms.people.methods.claims import (
    METHODS_CLAIM,
    NSIS_CLAIM,
    SHAPES,
    SUBJECT_NAME,
    TRANSIENT,
    identity_of_assertion,
    identity_of_token,
)

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
SCHEMAS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"


def of_token(claims, shape="entra", **own):
    return identity_of_token(claims, shape=SHAPES[shape], own=own)


def of_assertion(attributes, shape="adfs", nameid="mark", nameid_format=PERSISTENT, contexts=(), **own):
    return identity_of_assertion(
        attributes, nameid=nameid, nameid_format=nameid_format, contexts=contexts, shape=SHAPES[shape], own=own
    )


def test_entra_is_known_by_oid_and_others_by_sub():
    claims = {"oid": "o", "sub": "s", "email": "A@B.dk", "name": "Anna"}

    found = [of_token(claims, shape) for shape in ("entra", "oidc")]

    assert [(one.subject, one.email, one.name) for one in found] == [("o", "a@b.dk", "Anna"), ("s", "a@b.dk", "Anna")]


@pytest.mark.parametrize("name", ["preferred_username", "upn", "unique_name"])
def test_user_name_that_looks_like_an_address_is_none(name):
    assert of_token({"oid": "o", name: "a@b.dk"}).email == ""


def test_organisations_own_names_go_first():
    found = of_token({"oid": "o", "email": "a@b.dk", "mail2": "c@d.dk", "x": "y"}, email="mail2", subject="x")

    assert (found.email, found.subject) == ("c@d.dk", "y")


@pytest.mark.parametrize("odd", [None, 7, [], [7], {"a": 1}, "", "  "])
def test_odd_values_are_no_values(odd):
    found = of_token({"oid": odd, "email": odd, "name": odd})

    assert (found.subject, found.email, found.name) == ("", "", "")


@pytest.mark.parametrize(("said", "denied"), [(True, False), (False, True), ("false", True), (None, False)])
def test_provider_that_denies_the_address_is_heard(said, denied):
    assert of_token({"email_verified": said}).is_email_denied is denied


@pytest.mark.parametrize(
    ("claims", "strong"),
    [
        ({"amr": ["pwd"]}, False), ({"amr": ["pwd", "mfa"]}, True), ({"amr": "mfa"}, False), ({"amr": ["ngcmfa"]}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True), ({"acr": "1"}, False), ({}, False),
    ],
)  # fmt: skip
def test_two_factors_in_a_token(claims, strong):
    assert of_token(claims).is_strong is strong


def test_adfs_tells_the_address_by_its_long_name():
    found = of_assertion({f"{SCHEMAS}emailaddress": ["Mette@Viborg.dk"], f"{SCHEMAS}upn": ["ml@viborg.local"]})

    assert (found.subject, found.email) == ("mark", "mette@viborg.dk")


@pytest.mark.parametrize(
    "name", ["dk:gov:saml:attribute:CvrNumberIdentifier", "https://data.gov.dk/model/core/eid/professional/cvr"]
)
def test_kombit_tells_cvr_by_the_old_name_or_the_new(name):
    assert of_assertion({name: ["29189846"]}, shape="kombit").cvr == "29189846"


@pytest.mark.parametrize(
    ("nameid", "subject"),
    [
        ("C=DK,O=29189846,CN=Mette Lindholm,Serial=7a2c-11", "7a2c-11"),
        ("C=DK,O=29189846,CN=Mette Holm, serial=7a2c-11", "7a2c-11"),
        ("C=DK,O=29189846,CN=Mette", "C=DK,O=29189846,CN=Mette"),
    ],
)
def test_kombits_subject_name_is_known_by_its_serial_number(nameid, subject):
    """People change their names."""
    assert of_assertion({}, shape="kombit", nameid=nameid, nameid_format=SUBJECT_NAME).subject == subject


def test_mark_that_is_new_each_time_is_noticed_unless_an_attribute_lasts():
    assert of_assertion({}, nameid_format=TRANSIENT).has_fleeting_subject is True
    assert of_assertion({"id": ["7"]}, nameid_format=TRANSIENT, subject="id").has_fleeting_subject is False


@pytest.mark.parametrize(
    ("attributes", "contexts", "strong"),
    [
        ({}, ["urn:oasis:names:tc:SAML:2.0:ac:classes:Password"], False),
        ({}, ["http://schemas.microsoft.com/claims/multipleauthn"], True),
        ({METHODS_CLAIM: ["http://schemas.microsoft.com/claims/multipleauthn"]}, [], True),
        ({NSIS_CLAIM: ["Low"]}, [], False),
        ({NSIS_CLAIM: ["Substantial"]}, [], True),
        ({NSIS_CLAIM: ["High"]}, [], True),
        ({"dk:gov:saml:attribute:AssuranceLevel": ["3"]}, [], False),
        ({"dk:gov:saml:attribute:AssuranceLevel": ["4"]}, [], False),
    ],
)
def test_two_factors_in_an_assertion(attributes, contexts, strong):
    assert of_assertion(attributes, shape="kombit", contexts=contexts).is_strong is strong


def test_names_of_all_claims_are_told_and_no_values():
    assert of_token({"oid": "o", "cpr": "0101901234"}).claims == ("cpr", "oid")
