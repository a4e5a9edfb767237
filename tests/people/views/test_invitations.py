from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people import actions
from lms.people.models import AuditEntry, Invitation, Role, User
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
PASSWORD = "en helt ny adgangskode"


def invited(**fields):
    fields = {"created_at": timezone.now(), **fields}
    person = fields.pop("person", None) or UserFactory(name="Mette Lindholm", password=None)
    return InvitationFactory(person=person, invited_by=UserFactory(name="Line Falk"), **fields)


def url_of(invitation):
    return reverse("people:invitation", args=[invitation.token])


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_page_names_the_person_the_workplace_and_who_invited(client):
    invitation = invited(organisation=MunicipalityFactory(name="Viborg"))

    page = client.get(url_of(invitation)).content.decode()

    assert [word in page for word in ("Mette Lindholm", "Viborg", "Line Falk", invitation.email)] == [True] * 4


def test_looking_changes_nothing_however_often_a_mail_scanner_does(client):
    invitation = invited()
    before = Invitation.objects.values().get()

    statuses = [client.get(url_of(invitation)).status_code for _ in range(5)]
    client.head(url_of(invitation))

    assert statuses == [200] * 5
    assert Invitation.objects.values().get() == before
    assert AuditEntry.objects.count() == 0


def test_page_is_kept_by_no_cache(client):
    assert "no-store" in client.get(url_of(invited())).headers["Cache-Control"]


def test_accepting_signs_in_and_lands_on_the_overview(client):
    response = client.post(url_of(invited()), {"password": PASSWORD})

    assert (response.status_code, response.url) == (302, reverse("home:overview"))
    assert is_signed_in(client) is True


def test_accepting_gives_the_session_a_new_key(client):
    client.get(reverse("account_login"))
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key

    client.post(url_of(invited()), {"password": PASSWORD})

    assert client.session.session_key != before


def test_accepting_with_a_passkey_goes_on_to_making_it_and_leaves_no_password(client):
    response = client.post(url_of(invited()), {"way_in": "passkey"})

    assert response.url == reverse("people:first_passkey")
    assert User.objects.get(name="Mette Lindholm").has_usable_password() is False
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("password", ["", "kort", "password1234", "mette lindholm"])
def test_weak_password_is_refused_with_words_and_accepts_nothing(client, password):
    response = client.post(url_of(invited()), {"password": password})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["password"]
    assert Invitation.objects.get().is_waiting is True
    assert is_signed_in(client) is False


def test_forged_fields_change_nothing_about_the_person(client):
    invitation = invited()
    email = invitation.email

    client.post(
        url_of(invitation),
        {"password": PASSWORD, "email": "x@example.org", "role": "administrator", "is_superuser": "on", "name": "X"},
    )

    person = User.objects.get(pk=invitation.person_id)
    assert (person.email, person.name, person.is_superuser) == (email, "Mette Lindholm", False)
    assert person.memberships.count() == 0


def test_next_to_another_site_is_ignored(client):
    response = client.post(url_of(invited()) + "?next=https://evil.example/", {"password": PASSWORD, "next": "//evil"})

    assert response.url == reverse("home:overview")


def test_used_expired_cancelled_renewed_and_unknown_links_look_alike(client):
    renewed = invited()
    stale = url_of(renewed)
    actions.remind(invitation=renewed, by=None, now=timezone.now())
    urls = [
        url_of(invited(accepted_at=timezone.now())),
        url_of(invited(cancelled_at=timezone.now())),
        url_of(invited(created_at=timezone.now() - timedelta(days=14))),
        stale,
        reverse("people:invitation", args=["0" * 64]),
    ]

    pages = [client.get(url) for url in urls] + [client.post(url, {"password": PASSWORD}) for url in urls]

    assert {page.status_code for page in pages} == {404}
    assert {page.templates[0].name for page in pages} == {"people/invitation_closed.html"}
    assert is_signed_in(client) is False


def test_link_of_somebody_else_is_refused_while_signed_in_and_does_not_say_whose_it_is(client):
    invitation = invited()
    client.force_login(person_with(Role.JOB_CONSULTANT))

    answers = [client.get(url_of(invitation)), client.post(url_of(invitation), {"password": PASSWORD})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Mette" not in answers[0].content.decode()
    assert Invitation.objects.get().is_waiting is True


@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_accept_once():
    url = url_of(invited())

    def post(number):
        try:
            client = Client()
            client.post(url, {"password": f"{PASSWORD} {number}"})
            return is_signed_in(client)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        came_in = list(pool.map(post, range(10)))

    assert came_in.count(True) == 1
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["signed_in", "accepted_invitation"]


def test_new_link_gets_the_same_answer_for_known_and_unknown(client):
    known = invited(created_at=timezone.now() - timedelta(days=20)).email
    answers = []
    for email in (known, "ukendt@example.org"):
        response = Client().post(reverse("people:new_invitation"), {"email": email})
        answers.append(
            (response.status_code, response.headers["Location"], [str(m) for m in response.wsgi_request._messages])
        )

    assert answers[0] == answers[1]
    assert list(Notice.objects.values_list("recipient__email", flat=True)) == [known]


def test_new_link_refuses_what_is_no_address_and_keeps_it_in_the_form(client):
    response = client.post(reverse("people:new_invitation"), {"email": "mette"})

    assert response.status_code == 200
    assert response.context["form"]["email"].value() == "mette"


def test_whole_way_from_expired_link_by_mail_to_the_overview(client):
    invitation = invited(created_at=timezone.now() - timedelta(days=20))
    client.post(reverse("people:new_invitation"), {"email": invitation.email})
    send_waiting(now=timezone.now())
    invitation.refresh_from_db()
    link = url_of(invitation)

    assert [message.to for message in mail.outbox] == [[invitation.email]]
    assert link in mail.outbox[0].body
    assert client.post(link, {"password": PASSWORD}).url == reverse("home:overview")


def test_forms_need_their_token():
    client = Client(enforce_csrf_checks=True)

    assert client.post(url_of(invited()), {"password": PASSWORD}).status_code == 403
    assert client.post(reverse("people:new_invitation"), {"email": "x@example.org"}).status_code == 403


def test_whoever_is_slower_is_told_that_the_link_is_used_up(client, monkeypatch):
    """Two clicks at once: the second finds the invitation open when looking, and accepted when accepting."""
    invitation = invited()
    accept = actions.accept

    def faster(**words):
        accept(**words)
        return accept(**words)

    monkeypatch.setattr(actions, "accept", faster)

    answer = client.post(url_of(invitation), {"password": PASSWORD})

    assert (answer.status_code, is_signed_in(client)) == (404, False)
