from datetime import timedelta

import pytest
import time_machine

from lms.meetings import tasks
from lms.notifications.models import Notice
from tests.factories.meetings import SupervisionGroupFactory, member_of
from tests.meetings.polls import CLOSES, ask

pytestmark = pytest.mark.django_db


def test_the_clock_nudges_on_a_polls_last_day():
    group = SupervisionGroupFactory()
    late = member_of(group)
    ask(group)

    with time_machine.travel(CLOSES - timedelta(hours=2), tick=False):
        tasks.nudge_polls()

    assert Notice.objects.get(occasion="meetings.poll_nudged").recipient == late
