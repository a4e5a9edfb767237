"""Hostile words typed wherever a mail or a calendar takes them from: through the page, the outbox and the reader."""

from types import SimpleNamespace

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from lms.formats.text import clean_line
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.meetings.calendars import calendar_body, delivered, events, unfolded
from tests.meetings.days import NOW, schedule
from tests.meetings.views.test_meetings import typed

pytestmark = pytest.mark.django_db

TAKEN = [
    "Dag 4\r\nBcc: evil@example.org",
    "Dag 4\nBEGIN:VEVENT\nUID:evil",
    "Dag\x00 4\x0b\x1b[31m\x7f",
    "Dag\x85fire\u2028fem",
    "👣 Fra snak til 👩‍🏫 handling 🇩🇰",
    '<script>alert("4")</script>',
    "{{ meeting }} {% now %} %(title)s",
    "Dag; 4, og: 5 \\n",
]
REFUSED = ["D" * 500, "👣" * 500, "\r\n", "\x07\x00", " "]
HEADERS = {
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(standing, client):
    """A day of a cohort, a group of it, and the coordinator at the keyboard."""
    group = SupervisionGroupFactory(cohort=standing.cohort)
    member_of(group)
    client.force_login(standing.coordinator)
    return SimpleNamespace(meeting=schedule(standing.cohort, title="Dag 4"), group=group)


def change_day(words, told):
    return reverse("meetings:change", args=[told.meeting.pk]), typed(told.meeting, title=words)


def ask_dates(words, told):
    hours = {f"{name}_{number}": clock for number in (1, 2) for name, clock in (("starts", "09:00"), ("ends", "15:00"))}
    days = {"day_1": "2026-11-12", "day_2": "2026-11-13", "closes": "2026-11-06"}
    return reverse("meetings:ask_dates", args=[told.group.pk]), {"title": words, **days, **hours}


def cancel_cohort(words, told):
    return reverse("meetings:cancel_cohort", args=[told.meeting.cohort.slug]), {"reason": words}


def name_cohort(words, told):
    settings = {"capacity": 30, "state": "open", "offer_hours": 72, "seen": told.meeting.cohort.edition}
    return reverse("meetings:change_cohort", args=[told.meeting.cohort.slug]), {"name": words, **settings}


def word_reminder(words, told):
    body = {"subject": words, "text": "Vi ses.", "is_on": "on"}
    return reverse("meetings:reminder", args=[told.meeting.cohort.slug, "teaching", "day_before"]), body


DOORS = pytest.mark.parametrize(
    "door", [change_day, ask_dates, cancel_cohort, name_cohort, word_reminder], ids=lambda door: door.__name__
)


@DOORS
@pytest.mark.parametrize("words", TAKEN)
def test_hostile_words_are_taken_as_words_and_add_nothing_to_a_mail(told, client, door, words):
    if door is word_reminder and "{" in words:
        pytest.skip("braces that are no placeholder are refused there, and tested so")

    response = client.post(*door(words, told))

    assert response.status_code == 302
    mails = delivered(NOW)
    assert mails != []
    for message in mails:
        assert set(message.keys()) == HEADERS
        assert len(message.get_all("Subject")) == 1
        check_calendar(message)
    shown = client.get(response["Location"]).content.decode()
    assert "<script>alert" not in shown


def check_calendar(message):
    """One event, whatever its title says."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    if parts:
        lines = unfolded(calendar_body(message))
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
        assert sum(line.startswith("UID:") for line in lines) == 1


@pytest.mark.parametrize("words", TAKEN)
def test_the_title_of_a_day_reaches_the_calendar_as_one_clean_line(told, client, words):
    client.post(*change_day(words, told))

    [message, *_others] = delivered(NOW)
    [event] = events(calendar_body(message))
    told.meeting.refresh_from_db()
    assert told.meeting.title == clean_line(words)
    assert str(event["SUMMARY"]) == f"{clean_line(words)}, Fodfæste"


@DOORS
@pytest.mark.parametrize("words", REFUSED)
def test_words_too_long_or_unseen_are_refused_with_what_was_typed(told, client, door, words):
    delivered(NOW)

    response = client.post(*door(words, told))

    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert len({link["href"] for link in soup.select(".error-summary a")}) == 1
    if words.strip("\r\n\x00\x07 "):
        assert words in {field.get("value") for field in soup.select("input")}
    assert delivered(NOW) == []
