"""Calendars refuse to move or remove a day for anybody but its organiser: From, envelope and ORGANIZER are one."""

import email
import email.policy
import socket
from email.utils import parseaddr

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from lms.notifications.actions import send_waiting
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.calendars import by_hand, calendar_body
from tests.meetings.days import NOW, schedule

pytestmark = pytest.mark.django_db


class Mailbox:
    """A mail server that keeps what it gets, with the envelope."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.got.append((envelope.mail_from, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 kept"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


def test_organiser_sender_and_envelope_are_one_address(mailbox):
    kursist_in(cohort := CohortFactory())
    schedule(cohort)

    send_waiting(now=NOW)

    ((envelope, message),) = mailbox.got
    organiser = next(value for name, value in by_hand(calendar_body(message)).items() if name.startswith("ORGANIZER"))
    ours = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    assert [envelope, parseaddr(message["From"])[1], organiser.removeprefix("mailto:")] == [ours] * 3
    assert message["Reply-To"] is None
