from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext

from lms.meetings.models import Attendance, Enrolment, Invitee
from lms.meetings.templatetags import meeting_tags

DAY = SimpleNamespace(halves=["morning", "afternoon"])


def soup(html):
    return BeautifulSoup(html, "html.parser")


def test_halves_draws_a_box_per_half_day():
    drawn = soup(meeting_tags.halves({"morning": "present", "afternoon": "absent"}, DAY))

    assert [box["class"][-1] for box in drawn.select(".halves__half")] == ["halves__half--in", "halves__half--out"]
    assert drawn.select_one(".halves")["aria-hidden"] == "true"


def test_halves_of_a_short_day_has_one_box():
    drawn = soup(meeting_tags.halves({}, SimpleNamespace(halves=["morning"])))

    assert [box["class"] for box in drawn.select(".halves__half")] == [["halves__half"]]


@pytest.mark.parametrize(
    "marks, words",
    [
        ({"morning": "present", "afternoon": "present"}, "present all day"),
        ({"morning": "absent", "afternoon": "absent"}, "absent all day"),
    ],
)
def test_halves_says_a_whole_day_in_one_go(marks, words):
    assert soup(meeting_tags.halves(marks, DAY)).select_one(".sr-only").get_text() == gettext(words)


def test_halves_says_each_half_when_they_differ():
    said = soup(meeting_tags.halves({"morning": "partial"}, DAY)).select_one(".sr-only").get_text()

    morning, afternoon = Attendance.Half.MORNING.label, Attendance.Half.AFTERNOON.label
    assert said == f"{morning}: {Attendance.State.PARTIAL.label}, {afternoon}: {gettext('not marked')}"


@pytest.mark.parametrize(
    "answer, kind", [("none", "off"), ("accepted", "ok"), ("tentative", "wait"), ("declined", "bad")]
)
def test_answer_state_is_an_icon_and_a_word(answer, kind):
    drawn = soup(meeting_tags.answer_state(Invitee(answer=answer)))

    assert drawn.span["class"] == ["state", f"state--{kind}"]
    assert drawn.span.get_text() != ""
    assert len(drawn.select("svg")) == 1


def test_answer_state_of_one_not_asked_is_empty():
    assert meeting_tags.answer_state(None) == ""


def test_of_reads_a_dict_by_a_variable():
    assert (meeting_tags.of({1: {"morning": "present"}}, 1), meeting_tags.of({}, 1)) == ({"morning": "present"}, {})


@pytest.mark.parametrize("state", Enrolment.State.values)
def test_every_state_of_a_seat_has_an_icon_and_its_word(state):
    [shown] = soup(meeting_tags.enrolment_state(state)).select(".state")

    assert (shown.get_text(), len(shown.select("svg"))) == (str(Enrolment.State(state).label).capitalize(), 1)
