"""The mail server is away for an hour in which days are cancelled and moved: nobody misses a mail, nor hears old news."""

import email
import email.policy
import socket
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from lms.meetings import actions
from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from tests.drills.conftest import PEOPLE
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import MunicipalityFactory
from tests.meetings.days import schedule

pytestmark = [pytest.mark.django_db, pytest.mark.drill]
# Seven in the morning in Denmark, when tomorrow's days are reminded of.
SEVEN = datetime(2026, 11, 2, 6, tzinfo=UTC)
MINUTE, WEEK = timedelta(minutes=1), timedelta(days=7)
AWAY, SOON_AFTER = 60, 20


class MailServer:
    """On a port of its own; away is either not there at all, or there and refusing everybody for now."""

    def __init__(self, way: str):
        self.got, self.way, self.is_away, self.controller = [], way, False, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def leave(self):
        self.is_away = True
        if self.way == "nobody listens":
            self.stop()

    def come_back(self):
        self.is_away = False
        if not self.controller:
            self.start()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if self.is_away:
            return "451 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def keys_by_person(self) -> dict[str, list[str]]:
        """What each has got, in the order of arrival."""
        keys = defaultdict(list)
        for message in self.got:
            keys[message["To"]].append(message["Message-ID"].strip("<>").partition("@")[0])
        return keys


@pytest.fixture(params=["nobody listens", "refuses for now"])
def server(request, settings):
    server = MailServer(request.param)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


class Morning:
    """A cohort whose days are announced, reminded of, cancelled and moved, each at its minute."""

    def __init__(self):
        self.cohort, municipality = CohortFactory(capacity=PEOPLE), MunicipalityFactory()
        self.people = [kursist_in(self.cohort, municipality) for _person in range(PEOPLE)]
        tomorrow = SEVEN + timedelta(days=1, hours=2)
        self.stays = self.schedule("Dag 1", tomorrow, SEVEN - WEEK)
        self.moves = self.schedule("Dag 2", tomorrow + timedelta(hours=7), SEVEN - WEEK)

    def schedule(self, title, starts_at, now):
        return schedule(self.cohort, title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=3), now=now)

    def announce(self, now):
        self.new = self.schedule("Dag 3", SEVEN + 2 * WEEK, now)
        self.called_off = self.schedule("Dag 4", SEVEN + 3 * WEEK, now)

    def remind(self, now):
        assert actions.plan_reminders(now=now) == 2 * PEOPLE

    def cancel(self, now):
        actions.cancel_meeting(meeting=self.called_off, by=None, now=now)

    def move(self, now):
        times = {"starts_at": self.moves.starts_at + WEEK, "ends_at": self.moves.ends_at + WEEK}
        actions.change_meeting(meeting=self.moves, by=None, now=now, **times)

    def passes(self):
        """What happens, by minute; later mails come to have waited for less long than earlier ones."""
        return {0: self.announce, 10: self.remind, 20: self.cancel, 55: self.move}


def send(now):
    while send_waiting(now=now):
        pass


def wait_out(server, morning):
    """An hour without the server, a run each minute, and as long as it takes afterwards."""
    events = morning.passes()
    server.leave()
    for minute in range(AWAY):
        now = SEVEN + minute * MINUTE
        events.get(minute, lambda _now: None)(now)
        send(now)
    assert server.got == []
    server.come_back()
    for minute in range(AWAY, AWAY + SOON_AFTER):
        send(SEVEN + minute * MINUTE)


def rows(occasion, meeting) -> dict[str, int]:
    notices = Notice.objects.filter(occasion=occasion, object_id=meeting.pk, created_at__gte=SEVEN)
    states = list(notices.values_list("state", flat=True))
    return {state: states.count(state) for state in set(states)}


def test_all_mail_of_the_hour_arrives_and_old_news_does_not(server, report):
    morning = Morning()
    send(SEVEN - WEEK)
    server.got.clear()

    wait_out(server, morning)

    assert rows("meetings.invited", morning.new) == {"sent": PEOPLE}
    assert rows("meetings.reminder.day_before", morning.stays) == {"sent": PEOPLE}
    assert rows("meetings.invited", morning.called_off) == {"dropped": PEOPLE}
    assert rows("meetings.cancelled", morning.called_off) == {"sent": PEOPLE}
    assert rows("meetings.reminder.day_before", morning.moves) == {"dropped": PEOPLE}
    assert rows("meetings.changed", morning.moves) == {"sent": PEOPLE}
    assert Notice.objects.filter(state__in=["waiting", "sending", "failed"]).count() == 0
    assert server.keys_by_person() == keys_written(morning)
    count = Notice.objects.filter(created_at__gte=SEVEN).count()
    report(f"{server.way}: {count} rows, {len(server.got)} sent in order, {2 * PEOPLE} out of date and dropped, 0 lost")


def keys_written(morning) -> dict[str, list[str]]:
    """What each was to get, in the order in which it was written."""
    sent = Notice.objects.filter(state="sent", created_at__gte=SEVEN).order_by("pk")
    return {person.email: [notice.message_key for notice in sent.filter(recipient=person)] for person in morning.people}
