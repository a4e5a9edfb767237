"""Every button of meetings that changes something leaves a row in the log."""

import pytest
import time_machine

from tests.access.noting import noted
from tests.meetings.days import NOW
from tests.meetings.twice import CLICKS

pytestmark = pytest.mark.django_db


def press(client, key):
    with time_machine.travel(NOW, tick=False):
        click = CLICKS[key]()
        if click.person:
            client.force_login(click.person)
        with noted() as found:
            client.post(click.path, click.body() if callable(click.body) else click.body)
    return found


@pytest.mark.parametrize("key", CLICKS)
def test_button_is_noted(client, key, report):
    found = press(client, key)

    report(f"{len(CLICKS)} buttons of meetings, each noted")
    assert (bool(found.entries), found.is_silent) == (True, False)


def test_button_that_notes_nothing_is_caught(client, monkeypatch):
    monkeypatch.setattr("lms.meetings.actions.reservations.record", lambda **_values: None)

    assert press(client, "reserve[two_seats]").is_silent
