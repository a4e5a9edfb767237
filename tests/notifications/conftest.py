import pytest

from lms.notifications import methods
from lms.notifications.methods import CalendarPart, Mail, Occasion
from tests.notifications import servers

CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


class Told:
    """An occasion for tests: what it says, whether it is still due, and what it was told of."""

    def __init__(self):
        self.is_due = True
        self.calendar = None
        self.broken = set()
        self.sent = []

    def load(self, notice, _now):
        if notice.object_id in self.broken:
            message = "nothing to say"
            raise ValueError(message)
        if not self.is_due:
            return None
        words = {"person": notice.recipient, "organisation": notice.recipient, "url": "…", "expires_at": notice.due_at}
        return Mail("people.invited", words, self.calendar)

    def remember(self, notice, now):
        self.sent.append((notice.pk, now))

    def with_calendar(self):
        self.calendar = CalendarPart("REQUEST", CALENDAR)


@pytest.fixture
def told(monkeypatch):
    occasion = Told()
    monkeypatch.setitem(methods._occasions, "tests.told", Occasion("tests.told", occasion.load, occasion.remember))
    return occasion


@pytest.fixture
def answers(settings):
    settings.EMAIL_BACKEND = "tests.notifications.servers.Scripted"
    servers.ANSWERS.clear()
    yield servers.ANSWERS
    servers.ANSWERS.clear()
