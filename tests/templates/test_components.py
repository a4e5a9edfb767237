from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
STARTS_AT = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
STEPS = [
    {"name": "Teaching day", "note": "Day 3", "state": "done"},
    {"name": "Trial", "note": "", "state": "here"},
    {"name": "Supervision", "note": "", "state": "next"},
]


def render(name, **context):
    return BeautifulSoup(render_to_string(f"components/{name}.html", context), "html.parser")


def test_when_says_soon_day_and_time():
    block = render("when", starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(hours=6), now=NOW)

    assert [part["class"] for part in block.find_all("span")] == [["when__soon"], ["when__day"], ["when__time"]]
    assert block.time["datetime"] == "2026-11-27T09:00:00+01:00"


def test_when_says_nothing_of_soon_for_a_day_far_away():
    block = render("when", starts_at=STARTS_AT + timedelta(days=30), ends_at=None, now=NOW)

    assert block.find(class_="when__soon") is None


def test_when_comes_in_sizes():
    block = render("when", starts_at=STARTS_AT, ends_at=None, now=NOW, size="small")

    assert block.p["class"] == ["when", "when--small"]


def test_loop_tells_where_one_is():
    loop = render("loop", steps=STEPS)

    assert [step["class"][1] for step in loop.find_all("li")] == [
        "loop__step--done",
        "loop__step--here",
        "loop__step--next",
    ]
    assert [step.get("aria-current") for step in loop.find_all("li")] == [None, "step", None]
    assert loop.find(class_="loop__step--next").find(class_="loop__dot").text == "3"


def test_loop_says_done_in_words_too():
    loop = render("loop", steps=STEPS)

    assert len(loop.find_all(class_="sr-only")) == 1


def test_loop_line_tells_where_one_is():
    line = render("loop_line", steps=STEPS, label="Trial")

    assert [dot["class"] for dot in line.find_all(class_="loop-line__dot")] == [
        ["loop-line__dot", "loop-line__dot--done"],
        ["loop-line__dot", "loop-line__dot--here"],
        ["loop-line__dot"],
    ]
    assert line.find(class_="loop-line__label").text == "Trial"


def test_next_has_one_primary_button():
    block = render("next", kicker="Now", title="Tell", url="/tell/", button="Write", meta="")

    assert [link["href"] for link in block.find_all(class_="button-primary")] == ["/tell/"]
    assert block.find(class_="next__meta") is None


@pytest.mark.parametrize(
    ("kind", "css", "role"),
    [
        ("success", "alert-success", "status"),
        ("info", "alert-info", "status"),
        ("warning", "alert-warning", "alert"),
        ("error", "alert-error", "alert"),
        ("debug", "alert-info", "status"),
    ],
)
def test_alert_speaks_up_only_when_something_is_wrong(kind, css, role):
    alert = render("alert", kind=kind, text="Saved", live=True).div

    assert alert["class"] == ["alert", css, "has-icon"]
    assert alert["role"] == role


def test_alert_that_was_there_all_along_is_not_announced():
    alert = render("alert", kind="info", text="The room has changed").div

    assert alert.has_attr("role") is False


def test_pagination_without_more_is_nothing():
    assert render("pagination").text.strip() == ""


def test_pagination_leads_to_what_is_older():
    pager = render("pagination", older_url="?before=7")

    assert [link["href"] for link in pager.find_all("a")] == ["?before=7"]


def test_empty_says_who_can_begin():
    block = render("empty", heading="Nobody yet", text="It can be you.", url="/begin/", button="Begin")

    assert block.a["href"] == "/begin/"


def test_empty_may_have_nothing_to_press():
    block = render("empty", heading="No new replies", text="You will hear.")

    assert block.a is None


@pytest.mark.parametrize(("state", "icon"), [("ok", "check"), ("wait", "help"), ("bad", "close"), ("off", "hourglass")])
def test_state_is_an_icon_and_a_word(state, icon):
    block = render("state", state=state, label="Coming")

    assert block.use["href"] == f"/static/img/icons.svg#i-{icon}"
    assert block.text.strip() == "Coming"


def test_numbers_and_facts_are_definition_lists():
    numbers = render("numbers", numbers=[(9, "people")])
    facts = render("facts", facts=[("Place", "Vejle")])

    assert (numbers.dt.text, numbers.dd.text) == ("people", "9")
    assert (facts.dt.text, facts.dd.text) == ("Place", "Vejle")


def test_tried_by_names_every_municipality():
    row = render("tried_by", municipalities=[("Varde", "0573"), ("Viborg", "0791")])

    assert [place.text for place in row.find_all(class_="municipality")] == ["Varde", "Viborg"]


def test_map_marks_the_chosen_municipalities():
    figure = render("denmark_map", chosen={"0573", "0791"}, mine="0791")

    assert len(figure.find_all("path")) == 98
    assert len(figure.find_all(class_="hero__here")) == 1
    assert len(figure.find_all(class_="hero__mine")) == 1
