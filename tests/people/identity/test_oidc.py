"""OpenID Connect against a provider that really runs and really signs. Each refusal stands beside the answer that passes."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.urls import reverse

from lms.people.models import AuditEntry, Invitation, User
from tests.people.identity.workplaces import begin, come_back, is_signed_in, path_of

pytestmark = pytest.mark.django_db
WORD = re.compile(r"<strong>([a-z-]+)</strong></p>")
VERBS = ("linked_work_account", "accepted_invitation")


def traces():
    """What a sign-in may leave behind."""
    return {
        "links": SocialAccount.objects.count(),
        "people": User.objects.count(),
        "accepted": Invitation.objects.exclude(accepted_at=None).count(),
        "addresses": EmailAddress.objects.count(),
        "tokens": SocialToken.objects.count(),
        "audit": AuditEntry.objects.filter(verb__in=VERBS).count(),
    }


def test_first_sign_in_links_the_person_and_accepts_the_invitation(client, entra, invitation):
    response = come_back(client, entra.provider)

    invitation.refresh_from_db()
    link = SocialAccount.objects.get()
    assert (response.status_code, response.url) == (302, reverse("home:overview"))
    assert is_signed_in(client) is True
    assert (link.user, link.provider, link.uid) == (invitation.person, entra.account.key, "oid-of-mette")
    assert invitation.accepted_at is not None
    assert User.objects.get(pk=invitation.person_id).has_usable_password() is False


def test_nothing_of_what_the_provider_told_is_kept_but_the_mark(client, entra, invitation):
    come_back(client, entra.provider)

    assert SocialAccount.objects.get().extra_data == {}
    assert SocialToken.objects.count() == 0


def test_second_sign_in_knows_the_person_by_the_mark_and_not_by_the_address(client, entra, invitation):
    come_back(client, entra.provider)
    client.logout()
    entra.employ("mette", email="mette.lindholm-holm@viborg.dk", oid="oid-of-mette")

    come_back(client, entra.provider)

    assert client.session["_auth_user_id"] == str(invitation.person_id)
    assert SocialAccount.objects.count() == 1


# What an adversary does, and what an administrator is told of it.
TWISTS = {
    "signed with another key": "bad-signature",
    "signed with a key nobody knows": "bad-signature",
    "not signed": "not-signed",
    "signature taken off": "bad-signature",
    "signed with the public key as a password": "not-signed",
    "changed after signing": "bad-signature",
    "for another site": "wrong-audience",
    "for this site and another, asked for by the other": "wrong-audience",
    "from another issuer": "wrong-issuer",
    "expired": "clock",
    "not yet valid": "clock",
    "without a time": "unreadable",
    "nonce of another round": "not-asked",
    "nonce missing": "not-asked",
    "without a subject": "no-subject",
}


def told(response):
    """The word on the page that a person reads out on the phone."""
    return WORD.findall(response.content.decode())


@pytest.mark.parametrize("twist", TWISTS)
def test_twisted_token_lets_nobody_in_and_leaves_nothing(client, entra, invitation, twist):
    before = traces()
    entra.provider.change(twist=twist, victim="oid-of-another")

    response = come_back(client, entra.provider)

    assert (response.status_code, is_signed_in(client), told(response)) == (403, False, [TWISTS[twist]])
    assert traces() == before


def test_the_same_round_without_a_twist_lets_mette_in(client, entra, invitation):
    entra.provider.change(twist="")

    come_back(client, entra.provider)

    assert is_signed_in(client) is True


def test_the_same_answer_a_second_time_lets_nobody_in(client, entra, invitation):
    answer = path_of(entra.provider.sign_in(begin(client), "mette"))
    client.get(answer)
    client.logout()

    response = client.get(answer)

    assert (response.status_code, is_signed_in(client)) == (403, False)


def test_answer_caught_on_the_way_fits_no_other_browser(client, entra, invitation):
    answer = path_of(entra.provider.sign_in(begin(client), "mette"))
    attacker = client.__class__()
    begin(attacker)
    before = traces()

    response = attacker.get(answer)

    assert (response.status_code, is_signed_in(attacker)) == (403, False)
    assert traces() == before


def test_code_of_another_round_is_refused_even_with_ones_own_state(client, entra, invitation):
    """The code is bound to the verifier (PKCE) and the token to the nonce: a state of one's own helps nobody."""
    caught = entra.provider.sign_in(begin(client), "mette")
    attacker = client.__class__()
    own = entra.provider.sign_in(begin(attacker), "mette")
    code = caught.partition("code=")[2].partition("&")[0]
    own_code = own.partition("code=")[2].partition("&")[0]
    before = traces()

    response = attacker.get(path_of(own.replace(own_code, code)))

    assert (response.status_code, is_signed_in(attacker)) == (403, False)
    assert traces() == before


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=y", "?error=access_denied", "?error=server_error&state=y"]
)
def test_answers_nobody_asked_for_are_refused(client, entra, invitation, query):
    response = client.get(reverse("openid_connect_callback", args=[entra.account.key]) + query)

    assert (response.status_code, is_signed_in(client)) == (403, False)
