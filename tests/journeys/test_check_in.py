"""A code on the wall and a phone in the hand, with and without a signal."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lms.meetings.models import Attendance, CheckIn
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with
from tests.journeys.conftest import PHONE
from tests.meetings.days import schedule

pytestmark = pytest.mark.journey


@pytest.fixture
def today(browse):
    """A day begun ten minutes ago, with one kursist on its list."""
    cohort, now = CohortFactory(), timezone.now()
    mette = kursist_in(cohort, name="Mette Lindholm")
    trainer = person_with(Role.INSTRUCTOR, cohort.course.provider)
    meeting = schedule(cohort, starts_at=now - timedelta(minutes=10), now=now)
    return SimpleNamespace(meeting=meeting, mette=mette, trainer=trainer)


def scanned(wall) -> str:
    """Where the code on the wall leads; the phone reaches the same site under the test's address."""
    parts = urlsplit(wall.get_attribute("#code a", "href"))
    return f"{parts.path}?{parts.query}"


def test_a_phone_scans_the_code_on_the_wall_and_keeps_the_mark_without_signal(browse, today):
    wall = browse.signed_in(today.trainer)
    wall.goto(f"/moede/{today.meeting.pk}/indtjek/")
    phone = browse.signed_in(today.mette, PHONE)
    phone.goto(scanned(wall))

    # The cellar has no signal: the press is kept, and the page says so.
    phone.context.set_offline(True)
    phone.click("#check-in button")
    expect(phone.locator("#kept")).to_be_visible()
    assert CheckIn.objects.count() == 0
    browse.complaints.forgive("net::ERR_INTERNET_DISCONNECTED")

    # With the signal it goes by itself, once; looking again sends nothing more.
    phone.context.set_offline(False)
    expect(phone.locator(".alert-success")).to_be_visible()
    phone.reload()
    expect(phone.locator(".alert-success")).to_be_visible()
    browse.complaints.forgive("net::ERR_INTERNET_DISCONNECTED")
    assert CheckIn.objects.count() == 1
    assert list(Attendance.objects.values_list("half", "state", "is_own")) == [
        (today.meeting.halves[0], "present", True)
    ]

    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wall.goto(f"/moede/{today.meeting.pk}/fremmoede/")
    expect(wall.locator(".attend__note")).to_have_count(1)


def test_an_answer_lost_on_the_way_is_asked_for_again_and_counts_once(browse, today):
    """The mark arrived, but the phone never heard so."""
    wall = browse.signed_in(today.trainer)
    wall.goto(f"/moede/{today.meeting.pk}/indtjek/")
    phone = browse.signed_in(today.mette, PHONE)
    phone.goto(scanned(wall))

    def deliver_and_lose(route):
        route.fetch()
        route.abort("connectionreset")

    phone.route("**/her/", deliver_and_lose, times=1)
    phone.click("#check-in button")
    expect(phone.locator("#kept")).to_be_visible()
    assert CheckIn.objects.count() == 1

    # The page tries again every five seconds.
    expect(phone.locator(".alert-success")).to_be_visible(timeout=20_000)

    browse.complaints.forgive("net::ERR_CONNECTION_RESET")
    assert (CheckIn.objects.count(), Attendance.objects.count()) == (1, 1)


def test_the_wall_renews_its_code_by_itself(browse, today):
    wall = browse.signed_in(today.trainer)
    wall.clock.install()
    wall.goto(f"/moede/{today.meeting.pk}/indtjek/")
    wall.evaluate("document.querySelector('.checkin__digits').textContent = 'old'")

    wall.clock.fast_forward(10_000)

    expect(wall.locator(".checkin__digits")).not_to_have_text("old")
