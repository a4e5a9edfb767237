"""A day is moved in peace, and only those it is about hear of it, once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from lms.notifications.actions import send_waiting
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import person_with
from tests.journeys.conftest import PHONE
from tests.meetings.days import schedule

pytestmark = pytest.mark.journey


@pytest.fixture
def group(browse):
    """A group with a day of its own, inside a cohort where others have nothing to do with it."""
    cohort, now = CohortFactory(slug="vejle"), timezone.now()
    group = SupervisionGroupFactory(cohort=cohort)
    member, other = member_of(group, name="Mette Lindholm"), kursist_in(cohort, name="Rasmus Toft")
    starts_at = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=10)
    meeting = schedule(cohort, group=group, starts_at=starts_at, now=now)
    schedule(cohort, starts_at=starts_at + timedelta(days=7), now=now)
    coordinator = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)
    who = {"member": member, "other": other, "supervisor": group.supervisor}
    return SimpleNamespace(meeting=meeting, coordinator=coordinator, **who)


def arrived() -> list[list[str]]:
    """To whom mail has gone since the last look."""
    mail.outbox.clear()
    while send_waiting(now=timezone.now()):
        pass
    return [message.to for message in mail.outbox]


def test_a_day_moved_by_draft_reaches_those_affected_once(browse, group):
    assert len(arrived()) > 0
    page = browse.signed_in(group.coordinator, PHONE)
    for starts, room in (("07:00", "Egen"), ("07:30", "Asken")):
        page.goto(f"/moede/{group.meeting.pk}/ret/")
        page.fill("#id_starts", starts)
        page.fill("#id_room", room)
        page.click("form.sheet .button-primary")
        page.wait_for_url("**/udsend/")
    assert arrived() == []

    page.goto("/hold/vejle/")
    page.click(".alert-warning a")
    expect(page.locator(".change ins").last).to_have_text("Vejle, Asken")
    page.click(".sheet summary")
    expect(page.get_by_text(group.member.name)).to_be_visible()
    expect(page.get_by_text(group.other.name)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("form .button-primary")
    page.wait_for_url("**/hold/vejle/")

    assert sorted(arrived()) == sorted([[group.member.email], [group.supervisor.email]])
    expect(page.locator(".alert-warning")).to_have_count(0)
