"""An identity provider on loopback: a real one of OpenID Connect and of SAML, and somebody who signs in there."""

import json
import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

NODE = settings.BASE_DIR / ".tools" / "bin" / "node"
PROVIDER = Path(__file__).with_name("provider.mjs")
HIDDEN = re.compile(r'name="(SAMLResponse|RelayState)" value="([^"]*)"')
ACTION = re.compile(r'action="([^"]+)"')
OPENING = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


def certificate_of(key, *, name="adfs.example.org", valid=OPENING) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(valid[0]).not_valid_after(valid[1])
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def expired_certificate() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return certificate_of(key, valid=(OPENING[0], datetime.now(UTC) - timedelta(days=3)))


def key_pair() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return {"key": pem.decode(), "certificate": certificate_of(key)}


class IdentityProvider:
    """``people`` are known there; ``twist`` is what an adversary does to the next answers."""

    def __init__(self, folder: Path):
        self.keys = {"own": key_pair(), "stranger": key_pair()}
        keys = folder / "keys.json"
        keys.write_text(json.dumps(self.keys), encoding="utf-8")
        # It lies beside the other packages for tests, wherever it is started from.
        surroundings = {"PATH": os.environ["PATH"], "NODE_ENV": "test"}
        self.process = subprocess.Popen(
            [NODE, "--no-warnings", PROVIDER, keys],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            text=True,
        )
        line = self.process.stdout.readline()
        self.origin = f"http://127.0.0.1:{int(line)}"
        self.set_up()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stdout.close()

    def set_up(self, **world):
        requests.post(f"{self.origin}/control", json=world, timeout=10).raise_for_status()

    def change(self, **world):
        requests.post(f"{self.origin}/twist", json=world, timeout=10).raise_for_status()

    @property
    def issuer(self) -> str:
        return self.origin

    @property
    def saml_metadata(self) -> str:
        return requests.get(f"{self.origin}/saml/metadata", timeout=10).text

    def sign_in(self, address: str, login: str) -> str:
        """Follow the site's redirect, fill in the provider's form, and return the address it sends the browser to."""
        browser = requests.Session()
        page = browser.get(address, timeout=10)
        page.raise_for_status()
        action = urljoin(page.url, unescape(ACTION.search(page.text)[1]))
        answer = browser.post(action, data={"login": login}, timeout=10, allow_redirects=False)
        while answer.is_redirect and answer.headers["Location"].startswith((self.origin, "/")):
            answer = browser.get(urljoin(answer.url, answer.headers["Location"]), timeout=10, allow_redirects=False)
        answer.raise_for_status()
        return answer.headers["Location"]

    def answer_saml(self, address: str, login: str) -> tuple[str, dict[str, str]]:
        """The address and the fields of the form that brings a SAML answer back."""
        page = requests.get(address, timeout=10)
        page.raise_for_status()
        action = urljoin(page.url, unescape(ACTION.search(page.text)[1]))
        answer = requests.post(action, data={"login": login}, timeout=10)
        answer.raise_for_status()
        return unescape(ACTION.search(answer.text)[1]), {name: unescape(v) for name, v in HIDDEN.findall(answer.text)}

    def logout_request(self, nameid: str, key: str = "own") -> str:
        answer = requests.get(f"{self.origin}/saml/logout-request", params={"nameid": nameid, "key": key}, timeout=10)
        answer.raise_for_status()
        return answer.text
