from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from lms.people.methods.certificates import NotACertificate, bodies_in, expiry_of, make_pair
from tests.people.identity.running import expired_certificate, key_pair

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def framed():
    return key_pair()["certificate"]


def test_certificate_is_read_with_its_frame_and_without(framed):
    body = "".join(framed.splitlines()[1:-1])

    assert bodies_in(framed) == bodies_in(body) == [body]


def test_several_are_read_one_by_one(framed):
    body = bodies_in(framed)[0]

    assert bodies_in(framed + framed) == bodies_in(f"{body}\n\n{body}") == [body, body]


@pytest.mark.parametrize("text", ["x", "hej med dig", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_other_texts_are_none(text):
    with pytest.raises(NotACertificate):
        bodies_in(text)


def test_private_key_is_no_certificate():
    with pytest.raises(NotACertificate):
        bodies_in(key_pair()["key"])


def test_last_of_several_decides_when_they_have_run_out(framed):
    old = bodies_in(expired_certificate())

    assert expiry_of(old) < datetime.now(UTC) < expiry_of(old + bodies_in(framed))


def test_own_pair_fits_together_and_lasts_five_years():
    key, certificate = make_pair(name="Fodfæste", now=NOW)

    private = serialization.load_pem_private_key(key.encode(), None)
    public = x509.load_pem_x509_certificate(certificate.encode())
    assert public.public_key() == private.public_key()
    assert (private.key_size, public.not_valid_after_utc.year) == (3072, 2031)
