"""What an organisation's SAML metadata says of it. The file is read, never fetched."""

from dataclasses import dataclass

from lxml import etree
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

LARGEST = 512 * 1024


class NotMetadata(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The text does not describe an identity provider with an address for HTTP-Redirect and a certificate."""


@dataclass(frozen=True)
class Described:
    entity_id: str
    sso_url: str
    slo_url: str
    certificates: tuple[str, ...]


def described_in(text: str) -> Described:
    """:raises NotMetadata: for everything else."""
    if len(text) > LARGEST or "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise NotMetadata
    try:
        idp = OneLogin_Saml2_IdPMetadataParser.parse(text.strip().encode()).get("idp", {})
    except (etree.XMLSyntaxError, ValueError, TypeError) as error:
        raise NotMetadata from error
    several = idp.get("x509certMulti", {}).get("signing", [])
    certificates = tuple(several or filter(None, [idp.get("x509cert")]))
    sso_url = idp.get("singleSignOnService", {}).get("url", "")
    if not (idp.get("entityId") and sso_url and certificates):
        raise NotMetadata
    return Described(idp["entityId"], sso_url, idp.get("singleLogoutService", {}).get("url", ""), certificates)
