"""SAML 2.0 against a provider that really runs and really signs. Each refusal stands beside the answer that passes."""

import base64
import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.urls import reverse
from lxml import etree

from lms.people.methods.claims import TRANSIENT
from tests.people.identity.test_oidc import told, traces
from tests.people.identity.workplaces import (
    EMAIL,
    Workplace,
    begin,
    come_back_saml,
    finish,
    hand_in,
    invited_to,
    is_signed_in,
)

pytestmark = pytest.mark.django_db
NS = {
    "p": "urn:oasis:names:tc:SAML:2.0:protocol",
    "a": "urn:oasis:names:tc:SAML:2.0:assertion",
    "d": "http://www.w3.org/2000/09/xmldsig#",
}


def test_first_sign_in_links_the_person_and_accepts_the_invitation(client, adfs, invitation):
    response = come_back_saml(client, adfs.provider)

    invitation.refresh_from_db()
    link = SocialAccount.objects.get()
    assert (response.status_code, response.url) == (302, reverse("home:overview"))
    assert is_signed_in(client) is True
    assert (link.user, link.provider, link.uid) == (invitation.person, adfs.account.key, "mark-of-mette")
    assert (invitation.accepted_at is not None, link.extra_data) == (True, {})


def test_second_sign_in_knows_the_person_by_the_mark_and_not_by_the_address(client, adfs, invitation):
    come_back_saml(client, adfs.provider)
    client.logout()
    adfs.employ_saml(client, "mette", "mette.holm@viborg.dk")

    come_back_saml(client, adfs.provider)

    assert client.session["_auth_user_id"] == str(invitation.person_id)


TWISTS = {
    "signed with another key": "bad-signature",
    "expired": "clock",
    "not yet valid": "clock",
    "for another site": "wrong-audience",
    "for any site": "wrong-audience",
    "from another issuer": "wrong-issuer",
    "to another address": "wrong-place",
    "to no address": "wrong-place",
    "unsolicited": "not-asked",
    "answer to another question": "not-asked",
    "refused": "refused-there",
}


@pytest.mark.parametrize("twist", TWISTS)
def test_twisted_answer_lets_nobody_in_and_leaves_nothing(client, adfs, invitation, twist):
    before = traces()
    adfs.provider.change(twist=twist)

    response = come_back_saml(client, adfs.provider)

    assert (response.status_code, is_signed_in(client), told(response)) == (403, False, [TWISTS[twist]])
    assert traces() == before


def tampered(fields, change):
    """The provider's own answer after ``change`` had its way with the document."""
    root = etree.fromstring(base64.b64decode(fields["SAMLResponse"]))
    change(root)
    return fields | {"SAMLResponse": base64.b64encode(etree.tostring(root)).decode()}


def one(root, path):
    return root.xpath(path, namespaces=NS)[0]


def leave_as_it_is(_root):
    """The control: what is only read and written again still passes."""


def take_signature_off(root):
    signature = one(root, "//d:Signature")
    signature.getparent().remove(signature)


def change_name(root):
    one(root, "//a:NameID").text = "mark-of-another"


def change_address(root):
    one(root, f"//a:Attribute[@Name='{EMAIL}']/a:AttributeValue").text = "dorthe@viborg.dk"


def hide_half_of_the_name(root):
    """What comes after a comment was overlooked by several libraries in 2018: »mark-of-mette« out of a longer name."""
    name = one(root, "//a:NameID")
    whole = name.text
    name.text = whole[:4]
    comment = etree.Comment("")
    comment.tail = whole[4:]
    name.append(comment)


def forged(root):
    """A copy of the assertion about somebody else, without a signature."""
    copy = etree.fromstring(etree.tostring(one(root, "//a:Assertion")))
    copy.set("ID", "_forged")
    signature = one(copy, ".//d:Signature")
    signature.getparent().remove(signature)
    one(copy, ".//a:NameID").text = "mark-of-another"
    return copy


def put_forged_first(root):
    """Wrapping, first kind: two assertions side by side, the forged one read first."""
    genuine = one(root, "//a:Assertion")
    genuine.addprevious(forged(root))


def put_genuine_into_forged(root):
    """Wrapping, second kind: the signed one lies inside the forged one, where nobody reads it."""
    genuine, false = one(root, "//a:Assertion"), forged(root)
    genuine.addprevious(false)
    genuine.getparent().remove(genuine)
    false.append(genuine)


def put_genuine_into_signature(root):
    """Wrapping, third kind: the signed one lies in an object of the signature that the forged one carries."""
    genuine, false = one(root, "//a:Assertion"), forged(root)
    signature = one(genuine, ".//d:Signature")
    genuine.addprevious(false)
    genuine.getparent().remove(genuine)
    place = etree.SubElement(signature, f"{{{NS['d']}}}Object")
    signature.getparent().remove(signature)
    false.insert(1, signature)
    place.append(genuine)


def put_genuine_into_extensions(root):
    """Wrapping, fourth kind: the signed one lies in the message's extensions, with the forged one in its place."""
    genuine, false = one(root, "//a:Assertion"), forged(root)
    false.set("ID", genuine.get("ID"))
    genuine.addprevious(false)
    genuine.getparent().remove(genuine)
    place = etree.Element(f"{{{NS['p']}}}Extensions")
    place.append(genuine)
    root.insert(1, place)


def answer_ones_own_question(root):
    root.set("InResponseTo", "_another")


TAMPERINGS = [
    take_signature_off,
    change_name,
    change_address,
    hide_half_of_the_name,
    put_forged_first,
    put_genuine_into_forged,
    put_genuine_into_signature,
    put_genuine_into_extensions,
    answer_ones_own_question,
]


@pytest.mark.parametrize("change", TAMPERINGS, ids=lambda change: change.__name__)
def test_tampered_answer_lets_nobody_in_and_leaves_nothing(client, adfs, invitation, change):
    invited_to(adfs.organisation, "dorthe@viborg.dk")
    action, fields = adfs.provider.answer_saml(begin(client), "mette")
    before = traces()

    response = finish(client, action, tampered(fields, change))

    assert (response.status_code, is_signed_in(client)) == (403, False)
    assert traces() == before


def test_genuine_answer_passes_when_it_is_only_read_and_written_again(client, adfs, invitation):
    action, fields = adfs.provider.answer_saml(begin(client), "mette")

    finish(client, action, tampered(fields, leave_as_it_is))

    assert is_signed_in(client) is True


def test_the_same_answer_a_second_time_lets_nobody_in(client, adfs, invitation):
    action, fields = adfs.provider.answer_saml(begin(client), "mette")
    finish(client, action, fields)
    client.logout()

    response = finish(client, action, fields)

    assert (response.status_code, is_signed_in(client), told(response)) == (403, False, ["not-asked"])


def test_answer_caught_on_the_way_fits_no_question_of_another_browser(client, adfs, invitation):
    """The attacker asks too, and writes the own question on the outside, which nobody signs: the inside says otherwise."""
    action, fields = adfs.provider.answer_saml(begin(client), "mette")
    attacker = client.__class__()
    _action, own = adfs.provider.answer_saml(begin(attacker), "mette")
    question = etree.fromstring(base64.b64decode(own["SAMLResponse"])).get("InResponseTo")
    before = traces()

    response = finish(attacker, action, tampered(fields, lambda root: root.set("InResponseTo", question)))

    assert (response.status_code, is_signed_in(attacker)) == (403, False)
    assert traces() == before


def test_unsolicited_assertion_fits_no_question_written_on_the_outside(client, adfs, invitation):
    adfs.provider.change(twist="unsolicited")
    address = begin(client)
    action, fields = adfs.provider.answer_saml(address, "mette")
    adfs.provider.change(twist="")
    question = etree.fromstring(base64.b64decode(adfs.provider.answer_saml(address, "mette")[1]["SAMLResponse"]))

    change = lambda root: root.set("InResponseTo", question.get("InResponseTo"))  # noqa: E731
    response = finish(client, action, tampered(fields, change))

    assert (response.status_code, is_signed_in(client), told(response)) == (403, False, ["not-asked"])


@pytest.mark.parametrize(
    "answer", ["", "x", "%%%", "PHg+", base64.b64encode(b"<!DOCTYPE x><x/>").decode(), "A" * 300_000]
)
def test_rubbish_is_refused_politely(client, adfs, answer):
    response = client.post(reverse("saml_acs", args=[adfs.account.key]), {"SAMLResponse": answer}, follow=True)

    assert (response.status_code, told(response)) == (403, ["unreadable"])


def test_finishing_without_an_answer_is_refused(client, adfs):
    response = client.get(reverse("saml_finish_acs", args=[adfs.account.key]))

    assert (response.status_code, told(response)) == (403, ["not-asked"])


def test_form_from_the_provider_needs_no_token_of_ours_and_brings_no_session(adfs, client):
    """Browsers send no session along with another site's form; what it brought is kept five minutes, out of scripts' reach."""
    strict = client.__class__(enforce_csrf_checks=True)
    action, fields = adfs.provider.answer_saml(begin(client), "mette")

    response = hand_in(strict, action, fields)

    kept = response.cookies["saml-acs-session"]
    assert response.status_code == 302
    assert (kept["httponly"], kept["path"]) == (True, reverse("saml_finish_acs", args=[adfs.account.key]))
    assert Session.objects.get(session_key=kept.value).get_decoded()["_session_expiry"] == 300


def test_questions_are_signed_and_metadata_says_so(client, adfs):
    metadata = client.get(reverse("saml_metadata", args=[adfs.account.key])).content.decode()
    address = begin(client)

    assert re.findall(r'AuthnRequestsSigned="(\w+)" WantAssertionsSigned="(\w+)"', metadata) == [("true", "true")]
    assert ("Signature=" in address, "rsa-sha256" in address) == (True, True)


def test_new_certificate_beside_the_old_one_lets_people_in(client, adfs, invitation):
    stranger = adfs.provider.keys["stranger"]["certificate"]
    body = "".join(stranger.splitlines()[1:-1])
    adfs.account.certificates = f"{body}\n\n{adfs.account.certificates}"
    adfs.account.save()

    come_back_saml(client, adfs.provider)

    assert is_signed_in(client) is True


def test_mark_that_is_a_new_one_each_time_is_refused(client, adfs, invitation):
    adfs.employ_saml(client, "mette", "mette@viborg.dk", nameidFormat=TRANSIENT)

    response = come_back_saml(client, adfs.provider)

    assert (response.status_code, told(response)) == (403, ["fleeting-subject"])


KOMBIT = {
    "nameid": "C=DK,O=29189846,CN=Mette Lindholm,Serial=7a2c",
    "nameidFormat": "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
    "dk:gov:saml:attribute:CvrNumberIdentifier": "29189846",
    "dk:gov:saml:attribute:AssuranceLevel": "3",
    "dk:gov:saml:attribute:Privileges_intermediate": "PD94bWw+",
    "urn:oid:0.9.2342.19200300.100.1.3": "mette@viborg.dk",
}


@pytest.fixture
def kombit(provider, db, client):
    workplace = Workplace(provider, "kombit")
    workplace.people["mette"] = KOMBIT | {"context": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}
    workplace.introduce_saml(client)
    return workplace


def test_kombit_is_read_in_its_own_shape(client, kombit):
    invited_to(kombit.organisation)

    come_back_saml(client, kombit.provider)

    assert (is_signed_in(client), SocialAccount.objects.get().uid) == (True, "7a2c")


@pytest.mark.parametrize("cvr", ["29189854", ""])
def test_kombit_of_another_municipality_is_refused_whatever_address_it_tells(client, kombit, cvr):
    invited_to(kombit.organisation)
    kombit.people["mette"] |= {"dk:gov:saml:attribute:CvrNumberIdentifier": cvr}
    kombit.introduce_saml(client)

    response = come_back_saml(client, kombit.provider)

    assert (response.status_code, told(response)) == (403, ["other-cvr"])


def test_sign_out_at_work_signs_out_here(client, adfs, invitation):
    come_back_saml(client, adfs.provider)

    response = client.get(adfs.provider.logout_request("mark-of-mette").partition("testserver")[2])

    assert (response.status_code, is_signed_in(client)) == (302, False)
    assert response.url.startswith(f"{adfs.provider.origin}/saml/slo?SAMLResponse=")


@pytest.mark.parametrize("what", ["another key", "no signature"])
def test_sign_out_that_the_provider_did_not_sign_signs_nobody_out(client, adfs, invitation, what):
    come_back_saml(client, adfs.provider)
    key = "stranger" if what == "another key" else "own"
    address = adfs.provider.logout_request("mark-of-mette", key=key).partition("testserver")[2]
    if what == "no signature":
        address = re.sub(r"&(SigAlg|Signature)=[^&]*", "", address)

    response = client.get(address)

    assert (response.status_code, is_signed_in(client)) == (403, True)
