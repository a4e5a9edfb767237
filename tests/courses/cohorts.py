"""A course with three published days, who makes cohorts of it, and what that person types."""

from datetime import date, timedelta
from types import SimpleNamespace

from lms.people.models import Role
from tests.factories.courses import course_page, day_page
from tests.factories.people import person_with


def make_course(days=3):
    page = course_page()
    for number in range(1, days + 1):
        day_page(page, number=number, title=f"Tema {number}")
    provider = page.course.provider
    coordinator = person_with(Role.PROVIDER_COORDINATOR, provider, name="Line Falk")
    trainer = person_with(Role.INSTRUCTOR, provider, name="Karen Winther")
    return SimpleNamespace(page=page, course=page.course, coordinator=coordinator, trainer=trainer)


def typed(first: date, /, **more) -> dict:
    """The whole form, with a day a fortnight after the other."""
    about = {"name": "Hold Syd", "capacity": "24", "place": "Vejle", "room": "Bøgen"}
    rhythm = {"first": first.isoformat(), "starts": "09:00", "ends": "15:00", "weeks": "2"}
    days = {f"day_{n}": (first + timedelta(days=14 * (n - 1))).isoformat() for n in (1, 2, 3)}
    hours = {f"{name}_{n}": clock for n in (1, 2, 3) for name, clock in (("starts", "09:00"), ("ends", "15:00"))}
    return about | rhythm | days | hours | more


def without_days(values: dict) -> dict:
    return {name: value for name, value in values.items() if not name.endswith(("_1", "_2", "_3"))}
