from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lms.meetings import ical
from tests.meetings.calendars import by_hand, events, unfolded

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = ical.Happening(
    uid="1@fodfaeste",
    sequence=3,
    summary="Dag 4: Arbejdsgiveren, Fodfæste",
    starts_at=datetime(2026, 11, 27, 8, tzinfo=UTC),
    ends_at=datetime(2026, 11, 27, 14, 30, tzinfo=UTC),
    location="Fjordbro Læring, Bøgen, Vejle",
    url="https://fodfaeste.example/moede/7/",
    is_cancelled=False,
    changed_at=datetime(2026, 11, 1, 9, tzinfo=UTC),
)
SENDER = ical.Party("Fodfæste", "fodfaeste@example.org")
METTE = ical.Party("Mette Lindholm", "mette@viborg.example")
NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)


def request(happening=DAY, attendee=METTE, partstat="NEEDS-ACTION", now=NOW):
    return ical.request(
        ical.vevent(happening),
        sequence=happening.sequence,
        now=now,
        organiser=SENDER,
        attendee=attendee,
        partstat=partstat,
    )


def test_request_asks_one_person_for_an_answer():
    (event,) = events(request())

    attendee = event["ATTENDEE"]
    assert attendee == "mailto:mette@viborg.example"
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"], attendee.params["CN"]) == (
        "NEEDS-ACTION",
        "TRUE",
        "Mette Lindholm",
    )


def test_request_reads_the_same_by_hand():
    lines = by_hand(request())

    assert lines["METHOD"] == "REQUEST"
    assert lines["UID"] == "1@fodfaeste"
    assert lines["SEQUENCE"] == "3"
    assert lines["STATUS"] == "CONFIRMED"
    assert lines["DTSTAMP"] == "20261102T100000Z"
    assert lines["DTSTART;TZID=Europe/Copenhagen"] == "20261127T090000"
    assert lines["DTEND;TZID=Europe/Copenhagen"] == "20261127T153000"
    assert lines["SUMMARY"] == r"Dag 4: Arbejdsgiveren\, Fodfæste"
    assert lines["URL"] == lines["DESCRIPTION"] == "https://fodfaeste.example/moede/7/"
    assert lines["ORGANIZER;CN=Fodfæste"] == "mailto:fodfaeste@example.org"


def test_request_carries_the_rules_of_copenhagen_once():
    lines = unfolded(request())

    assert lines.count("BEGIN:VTIMEZONE") == lines.count("TZID:Europe/Copenhagen") == 1
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in lines
    assert lines.index("END:VTIMEZONE") < lines.index("BEGIN:VEVENT")


LINK = "https://teams.microsoft.com/l/meetup-join/a?b=1&c=2"


def test_an_invitation_rings_an_hour_before_and_nothing_else_does():
    event = ical.vevent(DAY)
    cancel = ical.cancel(event, sequence=9, now=NOW, organiser=SENDER, attendee=METTE)

    lines = unfolded(request())
    assert lines[lines.index("BEGIN:VALARM") : lines.index("END:VALARM")] == [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        r"DESCRIPTION:Dag 4: Arbejdsgiveren\, Fodfæste",
        "TRIGGER:-PT1H",
    ]
    assert b"VALARM" not in cancel + ical.publish([(event, 3)], name="Fodfæste")


@pytest.mark.parametrize("location, shown", [("Bøgen", "Bøgen"), ("", LINK)])
def test_an_online_link_stands_where_each_calendar_looks_for_it(location, shown):
    lines = by_hand(request(replace(DAY, location=location, online_link=LINK)))

    assert lines["LOCATION"] == shown
    assert lines["DESCRIPTION"] == LINK + r"\n" + DAY.url
    assert lines["CONFERENCE;FEATURE=VIDEO;LABEL=Online;VALUE=URI"] == LINK
    assert lines["X-MICROSOFT-SKYPETEAMSMEETINGURL"] == LINK
    assert 'href="https://teams.microsoft.com/l/meetup-join/a?b=1&amp;c=2"' in lines["X-ALT-DESC;FMTTYPE=text/html"]


def test_only_teams_own_links_get_teams_own_button():
    lines = by_hand(request(replace(DAY, online_link="https://moede.example/teams.microsoft.com")))

    assert "X-MICROSOFT-SKYPETEAMSMEETINGURL" not in lines
    assert lines["CONFERENCE;FEATURE=VIDEO;LABEL=Online;VALUE=URI"] == "https://moede.example/teams.microsoft.com"


def test_a_hostile_link_stays_inside_its_properties():
    link = 'https://x.example/"><script>\r\nATTENDEE:mailto:evil@example.org'

    lines = unfolded(request(replace(DAY, online_link=link)))

    assert sum(line.startswith("ATTENDEE") for line in lines) == 1
    assert not any("<script" in line for line in lines if line.startswith("X-ALT-DESC"))


def test_a_feed_says_its_name_and_when_to_look_again_in_both_dialects():
    lines = unfolded(ical.publish([], name="Fodfæste"))

    assert lines[5:9] == [
        "NAME:Fodfæste",
        "X-WR-CALNAME:Fodfæste",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]


def test_one_meeting_to_keep_is_no_feed():
    assert b"REFRESH-INTERVAL" not in ical.publish([(ical.vevent(DAY), 3)])


def test_no_line_is_folded_inside_a_letter():
    body = request(replace(DAY, summary="æøå👣" * 120, location="é" * 400))

    for line in body.split(b"\r\n"):
        line.decode()


def test_cancel_has_method_and_status_and_the_number_given():
    body = ical.cancel(ical.vevent(DAY), sequence=9, now=NOW, organiser=SENDER, attendee=METTE)

    lines = by_hand(body)
    assert (lines["METHOD"], lines["STATUS"], lines["SEQUENCE"]) == ("CANCEL", "CANCELLED", "9")


def test_a_resend_differs_in_its_stamp_alone():
    first, second = request(), request(now=datetime(2026, 11, 3, 7, tzinfo=UTC))

    assert first != second
    assert first.replace(b"20261102T100000Z", b"20261103T070000Z") == second


def test_publish_names_nobody():
    body = ical.publish([(ical.vevent(DAY), 3)], name="Fodfæste")

    assert b"ATTENDEE" not in body
    assert b"ORGANIZER" not in body
    assert by_hand(body)["METHOD"] == "PUBLISH"


def test_publish_gives_each_event_the_readers_own_number():
    body = ical.publish([(ical.vevent(DAY), 3), (ical.vevent(replace(DAY, uid="2@fodfaeste")), 8)])

    assert [(event["UID"], event["SEQUENCE"]) for event in events(body)] == [("1@fodfaeste", 3), ("2@fodfaeste", 8)]


def test_publish_of_nothing_is_still_a_calendar():
    assert events(ical.publish([], name="Fodfæste")) == []


@pytest.mark.parametrize(
    "moment, written",
    [
        (datetime(2026, 10, 24, 9, tzinfo=COPENHAGEN), "20261024T090000"),
        (datetime(2026, 10, 25, 9, tzinfo=COPENHAGEN), "20261025T090000"),
        (datetime(2026, 10, 26, 9, tzinfo=COPENHAGEN), "20261026T090000"),
        (datetime(2027, 3, 27, 9, tzinfo=COPENHAGEN), "20270327T090000"),
        (datetime(2027, 3, 28, 9, tzinfo=COPENHAGEN), "20270328T090000"),
        (datetime(2027, 3, 29, 9, tzinfo=COPENHAGEN), "20270329T090000"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "20270101T003000"),
        (datetime(2026, 7, 1, 7, tzinfo=UTC), "20260701T090000"),
    ],
)
def test_times_on_both_sides_of_a_clock_change_stay_what_the_clock_shows(moment, written):
    body = request(replace(DAY, starts_at=moment, ends_at=moment.replace(minute=45)))

    (event,) = events(body)
    assert by_hand(body)["DTSTART;TZID=Europe/Copenhagen"] == written
    assert event["DTSTART"].dt.astimezone(UTC) == moment.astimezone(UTC)


HOSTILE = [
    "Dag 4\r\nBEGIN:VEVENT\r\nUID:evil",
    "Dag 4\nATTENDEE:mailto:evil@example.org",
    "Dag\x00 4",
    "Dag\x0b4",
    "Dag\x854",
    "Dag\u20284",
    "Dag\x1b[31m 4",
    "Dag\x7f 4",
    'Dag "4"',
    "Dag; 4, og: 5",
    r"Dag \n 4",
    "D" * 500,
    "æøå" * 100,
    "👣" * 60,
    "END:VEVENT",
    "^n^'",
    "=SUM(A1)",
    "",
    " ",
    "Dag\t4",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_inside_its_property(text):
    body = request(
        replace(DAY, summary=text, location=text), attendee=ical.Party(text.replace("@", ""), "mette@viborg.example")
    )

    lines = unfolded(body)
    (event,) = events(body)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert [line for line in lines if line.startswith("UID:")] == ["UID:1@fodfaeste"]
    assert sum(line.startswith("ATTENDEE") for line in lines) == 1
    assert str(event["SUMMARY"]) == ical.one_line(text)
