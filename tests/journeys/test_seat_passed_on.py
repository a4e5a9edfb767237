"""One gives up the seat by the link in a mail, another takes it by the link in a mail: both calendars are right."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from lms.meetings.models import Enrolment
from lms.meetings.queries import feed_token, seats_left_on
from lms.notifications.actions import send_waiting
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with
from tests.journeys.conftest import PHONE
from tests.meetings.calendars import calendar_body
from tests.meetings.days import schedule
from tests.meetings.readers import READERS
from tests.meetings.seats import wishing

pytestmark = pytest.mark.journey
# What Thunderbird reads with.
READ = READERS["ical.js"]


class Calendar:
    """What a calendar program holds that reads the mails of one person: the newest word about each event."""

    def __init__(self, person):
        self.person, self.events = person, {}

    def read(self, messages):
        for message in messages:
            if message.to == [self.person.email] and any(
                kind.startswith("text/calendar") for _body, kind in message.alternatives
            ):
                [event] = READ(calendar_body(message.message()))
                assert event["attendee"] == self.person.email
                if event["sequence"] >= self.events.get(event["uid"], event)["sequence"]:
                    self.events[event["uid"]] = event

    def days(self):
        return sorted((event["start"], event["uid"]) for event in self.events.values() if event["method"] == "REQUEST")

    def cancelled(self):
        return sorted(event["uid"] for event in self.events.values() if event["method"] == "CANCEL")


@pytest.fixture
def full(browse, settings):
    """A cohort of two with three coming days, where a third person waits."""
    settings.BASE_URL = browse.address
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    cohort = CohortFactory(name="Hold Vejle", slug="vejle", capacity=2)
    mette, rasmus = kursist_in(cohort, name="Mette Lindholm"), kursist_in(cohort, name="Rasmus Toft")
    sara = wishing(cohort, person=person_with(Role.JOB_CONSULTANT, name="Sara Klint")).person
    days = [
        schedule(cohort, title=f"Dag {number}", starts_at=now + timedelta(days=10 * number), now=now)
        for number in (2, 3, 4)
    ]
    people = SimpleNamespace(mette=Calendar(mette), rasmus=Calendar(rasmus), sara=Calendar(sara))
    return SimpleNamespace(cohort=cohort, days=days, people=people, browse=browse)


def post(full) -> list:
    """What the worker does each minute; the mails that went, each read by whose calendar it is for."""
    mail.outbox.clear()
    while send_waiting(now=timezone.now()):
        pass
    for calendar in vars(full.people).values():
        calendar.read(mail.outbox)
    return list(mail.outbox)


def link_in(messages, calendar, path) -> str:
    """The address under which somebody acts, from the words of their first mail that has one."""
    own = [message.body for message in messages if message.to == [calendar.person.email]]
    return next(link[0] for body in own if (link := re.search(rf"https?://\S+{path}", body)))


def fed(full, calendar) -> list:
    """The same from the feed, which somebody subscribes to who does not read invitations."""
    page = full.browse.as_nobody()
    answer = page.request.get(f"/kalender/{feed_token(calendar.person)}.ics")
    return sorted((event["start"], event["uid"]) for event in READ(answer.body()))


def moments(days):
    return sorted((day.starts_at, day.uid) for day in days)


def test_a_seat_given_up_by_link_is_offered_on_and_both_calendars_are_right(full):
    people, first = full.people, full.days[0]
    invited = post(full)
    assert people.mette.days() == people.rasmus.days() == moments(full.days)
    assert people.sara.days() == []

    phone = full.browse.as_nobody(PHONE)
    declines_one_day(full, phone, link_in(invited, people.mette, r"/moede/svar/\S+\?svar=declined"))
    gives_up_the_seat(phone)
    told = post(full)
    assert {message.to[0] for message in told} == {people.mette.person.email, people.sara.person.email}
    says_yes_to_the_offer(full, link_in(told, people.sara, r"/plads/\S+"))
    post(full)

    assert people.mette.days() == fed(full, people.mette) == []
    assert people.mette.cancelled() == sorted(day.uid for day in full.days)
    assert people.sara.days() == fed(full, people.sara) == moments(full.days)
    assert people.sara.cancelled() == []
    assert people.rasmus.days() == moments(full.days)
    assert {event["sequence"] for event in people.rasmus.events.values()} == {0}
    assert seats_left_on(first, timezone.now()) == 0


def declines_one_day(full, phone, link):
    """Room on that day alone: the seat in the cohort stays, and nobody is offered anything."""
    phone.goto(link)
    phone.fill("[name=reason]", "Jeg skal til møde i Aarhus.")
    phone.locator("form:has([name=reason]) button").click()
    expect(phone.locator(".alert-success")).to_be_visible()

    now = timezone.now()
    assert [seats_left_on(day, now) for day in full.days] == [1, 0, 0]
    assert post(full) == []
    assert full.cohort.enrolments.enrolled().count() == 2


def gives_up_the_seat(phone):
    phone.click(".actions__link[href*='/stop/']")
    phone.fill("[name=reason]", "Jeg har fået nyt job.")
    phone.click("button.button-warning")
    expect(phone.locator(".alert-success")).to_be_visible()


def says_yes_to_the_offer(full, link):
    seat = Enrolment.objects.get(person=full.people.sara.person)
    assert seat.state == Enrolment.State.OFFERED
    page = full.browse.as_nobody(PHONE)
    page.goto(link)
    page.click("button[value=accept]")
    expect(page.locator(".alert-success").first).to_be_visible()
    seat.refresh_from_db()
    assert seat.state == Enrolment.State.ENROLLED
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
