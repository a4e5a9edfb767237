from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people import actions
from lms.people.models import Role
from lms.people.models.invitation import LIFETIME
from tests.factories.people import MembershipFactory, MunicipalityFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def invitation():
    return actions.invite(
        person=UserFactory(name="Mette Lindholm", password=None),
        organisation=MunicipalityFactory(name="Viborg"),
        by=UserFactory(name="Line Falk"),
        now=NOW,
    )


def states():
    return list(Notice.objects.order_by("id").values_list("occasion", "state"))


def test_invitation_mail_carries_the_link_and_names_who_and_where(invitation, settings):
    send_waiting(now=NOW)

    message = mail.outbox[0]
    html = message.alternatives[0].content
    link = settings.BASE_URL + reverse("people:invitation", args=[invitation.token])
    assert message.to == [invitation.email]
    assert "Line Falk" in message.subject
    assert [[word in text for word in (link, "Viborg", "Mette")] for text in (message.body, html)] == [[True] * 3] * 2


def test_invitation_mail_is_dropped_when_it_was_accepted_or_cancelled_before_it_went(invitation):
    actions.cancel_invitation(invitation=invitation, by=UserFactory(), now=NOW)

    send_waiting(now=NOW)

    assert (states(), mail.outbox) == ([("people.invited", "dropped")], [])


def test_only_the_newest_link_is_sent(invitation):
    fresh = actions.remind(invitation=invitation, by=UserFactory(), now=NOW)

    send_waiting(now=NOW)

    assert states() == [("people.invited", "dropped"), ("people.reminded", "sent")]
    assert [fresh.token in message.body for message in mail.outbox] == [True]


def test_mail_of_an_invitation_that_ran_out_while_the_server_was_down_is_dropped(invitation):
    send_waiting(now=NOW + LIFETIME)

    assert (states(), mail.outbox) == ([("people.invited", "dropped")], [])


def test_mail_is_never_sent_to_another_address_than_the_invited_one(invitation):
    invitation.person.email = "ny@example.org"
    invitation.person.save()

    send_waiting(now=NOW)

    assert mail.outbox == []


def test_name_with_a_line_break_adds_no_header(invitation):
    invitation.invited_by.name = "Line\r\nBcc: x@example.org"
    invitation.invited_by.save()

    send_waiting(now=NOW)

    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].message()["Bcc"] is None


def joined(**fields):
    UserFactory(name="Mette Lindholm", email="mette@viborg.example")
    return actions.add_member(
        **{
            "organisation": MunicipalityFactory(name="Viborg"),
            "email": "mette@viborg.example",
            "name": "x",
            "role": Role.LOCAL_MANAGER,
            "start_date": date(2026, 11, 3),
            "by": UserFactory(),
            "now": NOW,
            **fields,
        }
    )


def test_mail_about_a_new_role_says_where_as_what_and_from_when(settings):
    joined()

    send_waiting(now=NOW)

    message = mail.outbox[0]
    words = ("Mette", "Viborg", "leder", "tirsdag 3. november 2026", settings.BASE_URL + reverse("people:account"))
    texts = (message.body, message.alternatives[0].content)
    assert message.subject == "Du hører nu til i Viborg i Fodfæste"
    assert [[word in text for word in words] for text in texts] == [[True] * 5] * 2


def test_mail_to_a_new_administrator_names_no_organisation():
    joined(organisation=None, role=Role.ADMINISTRATOR)

    send_waiting(now=NOW)

    assert mail.outbox[0].subject == "Du er nu administrator i Fodfæste"


@pytest.mark.parametrize("change", ["taken back", "deactivated"])
def test_mail_about_a_role_that_is_no_more_is_dropped(change):
    MembershipFactory()
    membership = joined()
    if change == "taken back":
        actions.end_membership(membership=membership, end_date=date(2026, 11, 2), by=UserFactory(), now=NOW)
    else:
        membership.person.is_active = False
        membership.person.save()

    send_waiting(now=NOW)

    assert (states(), mail.outbox) == ([("people.joined", "dropped")], [])


@pytest.fixture
def erasure():
    return actions.ask_for_erasure(person=UserFactory(name="Mette Lindholm", email="mette@example.org"), now=NOW)


def test_erasure_mail_says_until_when_and_carries_the_link_to_regret(erasure, settings):
    send_waiting(now=NOW)

    message = mail.outbox[0]
    link = settings.BASE_URL + reverse("people:regret_erasure", args=[erasure.token])
    html = message.alternatives[0].content
    assert message.subject == "Din konto på Fodfæste bliver slettet"
    assert [
        [word in text for word in (link, "tirsdag 17. november 2026", "Mette")] for text in (message.body, html)
    ] == [[True] * 3] * 2


def test_last_mail_goes_the_day_before(erasure):
    actions.carry_out_erasures(now=erasure.due_at - timedelta(days=1))
    send_waiting(now=erasure.due_at - timedelta(days=1))

    assert [message.subject for message in mail.outbox] == [
        "Din konto på Fodfæste bliver slettet",
        "Din konto på Fodfæste bliver snart slettet",
    ]


def test_erasure_mail_is_dropped_when_it_was_regretted(erasure):
    actions.regret_erasure(request=erasure, by=erasure.person, now=NOW)

    send_waiting(now=NOW)

    assert states() == [("people.erasure_asked", Notice.State.DROPPED)]
