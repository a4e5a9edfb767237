"""Certificates: what an organisation pastes, and the pair of keys that each SAML connection of ours has."""

import re
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
OWN_LIFETIME = timedelta(days=5 * 365)
KEY_BITS = 3072


class NotACertificate(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The text is no X.509 certificate."""


def bodies_in(text: str) -> list[str]:
    """The base64 bodies of the certificates in ``text``, whether pasted with their frames or without.

    :raises NotACertificate: when any of them is none.
    """
    framed = BLOCK.findall(text)
    bodies = ["".join(part.split()) for part in framed or re.split(r"\n\s*\n", text.strip())]
    for body in bodies:
        _read(body)
    return bodies


def expiry_of(bodies: list[str]) -> datetime:
    """When the last of them runs out: a provider that changes keys lists the old one and the new one."""
    return max(_read(body).not_valid_after_utc for body in bodies)


def _read(body: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(f"{_framed(body)}\n".encode())
    except ValueError as error:
        raise NotACertificate from error


def _framed(body: str) -> str:
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----"])


def make_pair(*, name: str, now: datetime) -> tuple[str, str]:
    """A private key and the certificate that shows its public half, both as text."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + OWN_LIFETIME)
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()
