"""What an identity provider says of a person, read by the names that its kind of provider uses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

OIDC, SAML = "oidc", "saml"
EMAIL_OID = "urn:oid:0.9.2342.19200300.100.1.3"
SCHEMAS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
OIOSAML = "https://data.gov.dk/model/core/"
CVR_CLAIMS = ("dk:gov:saml:attribute:CvrNumberIdentifier", f"{OIOSAML}eid/professional/cvr")
NSIS_CLAIM = "https://data.gov.dk/concept/core/nsis/loa"
METHODS_CLAIM = "http://schemas.microsoft.com/claims/authnmethodsreferences"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
SUBJECT_NAME = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName"
SERIAL = re.compile(r"(?:^|,)\s*Serial=([^,]+)", re.IGNORECASE)
# Said by a provider that asked for two factors. KOMBIT's older AssuranceLevel is not among them: a password can have
# been called level 3.
STRONG_METHODS = frozenset({"mfa", "ngcmfa", "http://schemas.microsoft.com/claims/multipleauthn"})
STRONG_CONTEXTS = frozenset(
    {
        "http://schemas.microsoft.com/claims/multipleauthn",
        "https://refeds.org/profile/mfa",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered",
    }
)
STRONG_LEVELS = frozenset({"substantial", "high"})


@dataclass(frozen=True)
class Shape:
    """A kind of provider, and the names under which it tells address, name and a mark that never changes."""

    kind: str
    email: tuple[str, ...]
    name: tuple[str, ...]
    subject: tuple[str, ...] = ()
    needs_cvr: bool = False


# Entra's preferred_username can be changed by anybody with rights in the directory and is verified by nobody, so it is
# never taken for an address; its oid survives a new registration of the app, which its sub does not.
SHAPES = {
    "entra": Shape(OIDC, email=("email",), name=("name",), subject=("oid",)),
    "oidc": Shape(OIDC, email=("email",), name=("name",), subject=("sub",)),
    "adfs": Shape(SAML, email=(f"{SCHEMAS}emailaddress",), name=(f"{SCHEMAS}name",)),
    "kombit": Shape(
        SAML,
        email=(EMAIL_OID, f"{OIOSAML}eid/email"),
        name=("urn:oid:2.5.4.3", f"{OIOSAML}eid/fullName"),
        needs_cvr=True,
    ),
    "saml": Shape(
        SAML,
        email=(EMAIL_OID, f"{SCHEMAS}emailaddress", "mail"),
        name=("urn:oid:2.16.840.1.113730.3.1.241", f"{SCHEMAS}name", "displayName"),
    ),
}


@dataclass(frozen=True)
class Identity:
    """Who signed in, as far as the provider says. What is missing is empty."""

    subject: str
    email: str
    name: str = ""
    cvr: str = ""
    is_strong: bool = False
    is_email_denied: bool = False
    has_fleeting_subject: bool = False
    claims: tuple[str, ...] = ()


def _first(claims: Mapping, names) -> str:
    for name in names:
        value = claims.get(name)
        value = value[0] if isinstance(value, (list, tuple)) and value else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def identity_of_token(claims: Mapping, *, shape: Shape, own: Mapping[str, str] = {}) -> Identity:
    """Who an ID token is about. ``own`` names claims of an organisation that calls them otherwise."""
    methods = claims.get("amr")
    strong = STRONG_METHODS.intersection(methods if isinstance(methods, list) else [])
    return Identity(
        subject=_first(claims, _names("subject", shape, own)),
        email=_first(claims, _names("email", shape, own)).lower(),
        name=_first(claims, _names("name", shape, own)),
        is_strong=bool(strong) or claims.get("acr") in STRONG_CONTEXTS,
        is_email_denied=claims.get("email_verified") in (False, "false"),
        claims=tuple(sorted(claims)),
    )


def identity_of_assertion(
    attributes: Mapping,
    *,
    nameid: str,
    nameid_format: str,
    contexts,
    shape: Shape,
    own: Mapping[str, str] = {},
) -> Identity:
    """Who a SAML assertion is about."""
    mapped = _first(attributes, _names("subject", shape, own))
    methods = STRONG_METHODS.intersection(attributes.get(METHODS_CLAIM, []))
    level = _first(attributes, [NSIS_CLAIM]).lower()
    return Identity(
        subject=mapped or _lasting(nameid, nameid_format),
        email=_first(attributes, _names("email", shape, own)).lower(),
        name=_first(attributes, _names("name", shape, own)),
        cvr=_first(attributes, CVR_CLAIMS),
        is_strong=bool(STRONG_CONTEXTS.intersection(contexts)) or bool(methods) or level in STRONG_LEVELS,
        has_fleeting_subject=not mapped and nameid_format == TRANSIENT,
        claims=tuple(sorted(attributes)),
    )


def _names(what: str, shape: Shape, own: Mapping[str, str]) -> tuple[str, ...]:
    chosen = own.get(what, "")
    return (chosen,) if chosen else getattr(shape, what)


def _lasting(nameid: str, nameid_format: str) -> str:
    """KOMBIT's subject name tells the person's name too, which changes; its serial number does not."""
    if nameid_format == SUBJECT_NAME and (serial := SERIAL.search(nameid)):
        return serial[1].strip()
    return nameid.strip()
