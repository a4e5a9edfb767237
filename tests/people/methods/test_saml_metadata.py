import pytest

from lms.people.methods.saml_metadata import LARGEST, Described, NotMetadata, described_in

REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
SSO = f'<SingleSignOnService Binding="{REDIRECT}" Location="https://adfs.viborg.dk/adfs/ls/"/>'
SLO = f'<SingleLogoutService Binding="{REDIRECT}" Location="https://adfs.viborg.dk/adfs/ls/?out"/>'
KEY = (
    '<KeyDescriptor use="{}"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{}'
    "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
)


def metadata(inner):
    return (
        '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://adfs.viborg.dk/trust">'
        f'<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{inner}'
        "</IDPSSODescriptor></EntityDescriptor>"
    )


def test_who_where_and_with_which_certificates():
    read = described_in(metadata(KEY.format("signing", "AAAA") + SLO + SSO))

    sso, slo = "https://adfs.viborg.dk/adfs/ls/", "https://adfs.viborg.dk/adfs/ls/?out"
    assert read == Described("http://adfs.viborg.dk/trust", sso, slo, ("AAAA",))


def test_new_and_old_certificates_are_both_taken_and_those_for_encryption_left():
    keys = KEY.format("signing", "AAAA") + KEY.format("signing", "BBBB") + KEY.format("encryption", "CCCC")

    assert described_in(metadata(keys + SSO)).certificates == ("AAAA", "BBBB")


def test_sign_out_may_be_missing():
    assert described_in(metadata(KEY.format("signing", "AAAA") + SSO)).slo_url == ""


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "text",
    [
        "", "hej", "<x/>", metadata(""), metadata(SSO), metadata(KEY.format("signing", "AAAA")),
        ENTITY + metadata(KEY.format("signing", "&e;") + SSO), "<" * 10_000, "x" * (LARGEST + 1),
        metadata(SSO.replace("HTTP-Redirect", "SOAP") + KEY.format("signing", "AAAA")),
    ],
    ids=range(10),
)  # fmt: skip
def test_everything_else_is_none(text):
    with pytest.raises(NotMetadata):
        described_in(text)
