"""Our mails and feeds, read back by four programs nobody here wrote, on both sides of each clock change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lms.meetings import actions, ical, queries
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.calendars import calendar_body, delivered
from tests.meetings.days import NOW, schedule
from tests.meetings.readers import READERS
from tests.meetings.test_ical import HOSTILE, METTE, SENDER

pytestmark = pytest.mark.django_db


@pytest.fixture(params=READERS)
def read(request):
    return READERS[request.param]


# Before, on and after the two nights; the doubled hour twice (0.30 and 1.30 UTC are both 2.30 on 25 October 2026),
# around the hour there is not on 28 March 2027, and over the night itself.
MOMENTS = [
    datetime(2026, 10, 24, 7, tzinfo=UTC),
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 8, tzinfo=UTC),
    datetime(2026, 10, 26, 8, tzinfo=UTC),
    datetime(2027, 3, 27, 8, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 7, tzinfo=UTC),
    datetime(2027, 3, 29, 7, tzinfo=UTC),
    datetime(2026, 12, 31, 23, tzinfo=UTC),
]
LASTS = timedelta(hours=2)


def happening(number=0, **facts):
    starts_at = facts.pop("starts_at", MOMENTS[number])
    return ical.Happening(
        uid=f"{number}@fodfaeste",
        sequence=number,
        summary=facts.pop("summary", "Dag 4: Arbejdsgiveren; 2, Fodfæste"),
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
        location=facts.pop("location", r"»Bøgen«, Vejle; lokale \ 3"),
        url="https://fodfaeste.example/moede/7/",
        is_cancelled=False,
        changed_at=NOW,
        **facts,
    )


def understood(day, **facts):
    return {
        "uid": day.uid,
        "sequence": day.sequence,
        "method": "PUBLISH",
        "status": "CONFIRMED",
        "start": day.starts_at,
        "end": day.ends_at,
        "summary": ical.one_line(day.summary),
        "location": ical.one_line(day.location),
        "attendee": None,
        "alarms": 0,
        **facts,
    }


def request(day, attendee=METTE):
    return ical.request(
        ical.vevent(day),
        sequence=day.sequence,
        now=NOW,
        organiser=SENDER,
        attendee=attendee,
        partstat="NEEDS-ACTION",
    )


def test_a_feed_is_read_right_on_both_sides_of_a_clock_change(read):
    days = [happening(number) for number in range(len(MOMENTS))]
    body = ical.publish([(ical.vevent(day), day.sequence) for day in days], name="Fodfæste")

    assert sorted(read(body), key=lambda event: event["sequence"]) == [understood(day) for day in days]


@pytest.mark.parametrize("number", [1, 3, 7])
def test_an_invitation_is_read_right_in_the_night_of_a_clock_change(read, number):
    day = happening(number, online_link="https://teams.microsoft.com/l/meetup-join/a?b=1&c=2,3;4")

    assert read(request(day)) == [understood(day, method="REQUEST", attendee="mette@viborg.example", alarms=1)]


def test_mails_are_read_right_from_invitation_to_cancellation(read):
    mette = kursist_in(cohort := CohortFactory(), email="mette@viborg.example")
    meeting = schedule(cohort, starts_at=MOMENTS[3], ends_at=MOMENTS[3] + LASTS, now=MOMENTS[0] - timedelta(days=9))
    asked = delivered(MOMENTS[0] - timedelta(days=8))
    moved = {"starts_at": MOMENTS[5], "ends_at": MOMENTS[5] + LASTS}
    actions.change_meeting(meeting=meeting, by=None, now=MOMENTS[0] - timedelta(days=7), **moved)
    told = delivered(MOMENTS[0] - timedelta(days=6))
    actions.cancel_meeting(meeting=meeting, by=None, now=MOMENTS[0] - timedelta(days=5))
    parts = [calendar_body(message) for message in [*asked, *told, *delivered(MOMENTS[0] - timedelta(days=4))]]

    read_back = [event for part in parts for event in read(part)]

    names = ("uid", "method", "sequence", "status", "start", "attendee")
    assert [tuple(event[name] for name in names) for event in read_back] == [
        (meeting.uid, "REQUEST", 0, "CONFIRMED", MOMENTS[3], mette.email),
        (meeting.uid, "REQUEST", 1, "CONFIRMED", MOMENTS[5], mette.email),
        (meeting.uid, "CANCEL", 2, "CANCELLED", MOMENTS[5], mette.email),
    ]


def test_the_feed_of_a_person_is_read_right(read, client):
    mette = kursist_in(cohort := CohortFactory())
    meetings = [schedule(cohort, starts_at=moment, ends_at=moment + LASTS) for moment in MOMENTS]

    events = read(client.get(f"/kalender/{queries.feed_token(mette)}.ics").content)

    times = {(event["uid"], event["start"], event["end"]) for event in events}
    assert times == {(meeting.uid, meeting.starts_at, meeting.ends_at) for meeting in meetings}


def test_hostile_words_are_read_as_words(read):
    # node-ical takes a written »\\n« for a line break; the three others read it as it stands.
    words = [text for text in HOSTILE if r"\n" not in text or read is not READERS["node-ical"]]
    days = [
        replace(happening(), uid=f"{number}@h", sequence=number, summary=f"{text}, Fodfæste", location=text)
        for number, text in enumerate(words)
    ]
    body = ical.publish([(ical.vevent(day), day.sequence) for day in days])

    events = sorted(read(body), key=lambda event: event["sequence"])

    assert [(event["uid"], event["summary"].strip()) for event in events] == [
        (day.uid, ical.one_line(day.summary)) for day in days
    ]


@pytest.mark.parametrize("name", ['Mette "Mette" Lind; Holm, Viborg', "Jørgen: Æøå", "A" * 300, "👣 \r\nATTENDEE:x"])
def test_a_hostile_name_leaves_the_address_alone(read, name):
    (event,) = read(request(happening(), attendee=ical.Party(name, "mette@viborg.example")))

    assert event["attendee"] == "mette@viborg.example"


def test_on_the_doubled_hour_readers_differ_when_they_are_told_the_clocks_own_time():
    """The control, and the reason for UTC in that hour: none of them is wrong, and they do not agree."""
    day = happening(3)
    told = ical.vevent(day).replace("DTSTART:20261025T013000Z", "DTSTART;TZID=Europe/Copenhagen:20261025T023000")
    body = ical.publish([(told, 3)])

    starts = {READERS[name](body)[0]["start"] for name in ("ical.js", "node-ical", "vobject")}

    assert starts == {MOMENTS[2], MOMENTS[3]}
