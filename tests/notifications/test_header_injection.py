"""19 strings that want to become headers of a mail, as somebody's name and as the title of something."""

import email
from email.policy import default

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people.models import Role
from tests.factories.forum import DiscussionFactory, FollowFactory, consultant_in, reply_by
from tests.factories.meetings import CohortFactory
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db

STRINGS = [
    "Hej\nBcc: evil@example.org", "Hej\r\nBcc: evil@example.org", "Hej\rBcc: evil@example.org", "Hej\n Bcc: evil@example.org",
    "Hej\n\n<b>brødtekst</b>", "Hej\r\n\r\nbrødtekst", "\nBcc: evil@example.org", "Hej\x0bBcc: evil@example.org",
    "Hej\x0cBcc: evil@example.org", "Hej\x85Bcc: evil@example.org", "Hej\u2028Bcc: evil@example.org",
    "Hej\u2029Bcc: evil@example.org", "Hej\x1cBcc: evil@example.org", "Hej%0d%0aBcc: evil@example.org",
    "Hej\\r\\nBcc: evil@example.org", "=?utf-8?q?Hej=0ABcc:_evil@example.org?=", "Hej, evil@example.org",
    "\"Hej\" <evil@example.org>", "Hej;Content-Type: text/html",
]  # fmt: skip
HEADERS = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"}


def read(message):
    """As the one who gets it reads it: from the bytes that leave the house."""
    return email.message_from_bytes(message.message().as_bytes(), policy=default)


def check_sent(count, addresses):
    messages = [read(message) for message in mail.outbox]
    assert len(messages) == count
    for message in messages:
        assert set(message.keys()) - {"Content-Transfer-Encoding"} <= HEADERS | {
            "Thread-Topic",
            "References",
            "In-Reply-To",
        }
        assert all(len(message.get_all(name)) == 1 for name in message.keys())  # noqa: SIM118 - names come twice there
        assert message["To"].addresses[0].addr_spec in addresses
        assert len(message["To"].addresses) == 1
        assert not any(sign in message["Subject"] for sign in "\r\n")
    assert Notice.objects.exclude(state=Notice.State.SENT).count() == 0


def test_there_are_19_of_them(report):
    report(f"{len(STRINGS)} strings as name, as title and as subject: 0 headers too many, 0 mails stuck")

    assert len(set(STRINGS)) == 19


@pytest.mark.parametrize("string", STRINGS)
def test_what_lies_in_the_database_adds_no_header_and_sticks_nowhere(string):
    """Past every form: name of the writer, name of the reader, and the title."""
    reader = consultant_in(name=string, email="reader@example.org")
    found = DiscussionFactory(title=string, author=reader, organisation=reader.memberships.get().organisation)
    FollowFactory(discussion=found, person=reader)
    reply_by(consultant_in(name=string), found, now=timezone.now())

    send_waiting(now=timezone.now())

    check_sent(1, {"reader@example.org"})


@pytest.mark.parametrize("string", STRINGS)
@pytest.mark.parametrize("field", ["name", "title"])
def test_what_people_type_is_cleaned_or_refused(client, string, field):
    """A new kursist by name, and a discussion by title."""
    if field == "title":
        writer = consultant_in()
        client.force_login(writer)
        body = {"title": string, "body": "Hvordan gør I?", "form_key": "5f0c8a1e-1111-4d4f-9f51-1d2a7c1f0001"}
        response = client.post(reverse("forum:write", args=["question"]), body)
    else:
        cohort = CohortFactory()
        client.force_login(person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider))
        response = client.post(reverse("meetings:walk_in", args=[0]), {"name": string})
        response = client.post(reverse("meetings:change_cohort", args=[cohort.slug]), settings_with(cohort, string))

    assert response.status_code in {200, 302}
    send_waiting(now=timezone.now())
    check_sent(len(mail.outbox), {message.to[0] for message in mail.outbox})


def settings_with(cohort, name):
    return {"name": name, "capacity": 30, "state": "open", "offer_hours": 72, "seen": cohort.edition}
