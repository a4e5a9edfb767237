"""Double click, reload and back: whatever is sent again has had its one effect already."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from lms.meetings.urls import urlpatterns
from tests.meetings.days import NOW
from tests.meetings.twice import CLICKS, story

pytestmark = pytest.mark.django_db
OURS = ("notifications", "people", "programme", "meetings", "forum", "courses", "supervision")
# Pages without a form of their own: whatever is sent to them changes nothing.
LOOKED_AT = {
    "cohorts", "cohort", "history", "seats", "people", "people_sheet", "refused_mails", "unplaced_mails", "reminders", "meeting", "meeting_ics",
    "signatures", "project_code", "own_attendance", "polls", "feed",
}  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


# When somebody was last heard of orders the mails of calendar programs; nobody is told of it.
UNSEEN = {"reply_stamp"}


def rows() -> dict:
    """Every row of ours, with all it holds."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: sorted(model.objects.values_list(*names_in(model)), key=repr) for model in models}


def names_in(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.attname not in UNSEEN]


def difference(before: dict, after: dict) -> dict:
    return {name: after[name] for name in after if before[name] != after[name]}


def send(client, click):
    body = click.body() if callable(click.body) else click.body
    answer = client.post(click.path, body)
    assert answer.status_code < 500, answer
    return answer


def test_every_page_of_meetings_has_a_button_to_press_twice_or_none_at_all():
    pressed = {key.partition("[")[0] for key in CLICKS}

    assert {pattern.name for pattern in urlpatterns} == pressed | LOOKED_AT
    assert pressed & LOOKED_AT == set()


@pytest.mark.parametrize("key", CLICKS)
def test_what_is_sent_again_has_had_its_one_effect(client, clock, key):
    click = CLICKS[key]()
    if click.person:
        client.force_login(click.person)
    before = rows()
    send_once = send(client, click)
    once = rows()

    send(client, click)  # a double click
    twice = rows()
    if send_once.status_code == 302:
        client.get(send_once.url)
    clock.shift(timedelta(seconds=1))
    send(client, click)  # back, and the button again
    thrice = rows()

    assert difference(before, once) != {}
    assert difference(once, twice) == {}
    assert difference(once, thrice) == {}


@pytest.mark.parametrize("name", sorted(LOOKED_AT))
def test_a_page_that_is_looked_at_changes_nothing(client, clock, name):
    told = story()
    client.force_login(told.coordinator)
    before = rows()

    client.post(path_of(name, told), {"decision": "accept", "answer": "accepted"})

    assert difference(before, rows()) == {}


def path_of(name, told) -> str:
    for args in ([], [told.cohort.slug], [told.day.pk]):
        try:
            return reverse(f"meetings:{name}", args=args)
        except NoReverseMatch:
            continue
    raise LookupError(name)
