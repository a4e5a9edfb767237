"""Any history of edits: one UID for life, a SEQUENCE that rises exactly with time, status and cancellation."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lms.meetings import actions
from lms.meetings.models import Meeting, MeetingDraft
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import MunicipalityFactory
from tests.meetings.calendars import by_hand, calendar_body, delivered
from tests.meetings.days import NOW, schedule

MINUTE = timedelta(minutes=1)
TOLD_AT_ONCE = ["room", "notes", "nothing", "start", "end", "both", "leave", "return", "send", "answer"]
PREPARED = ["draft", "draft_room", "drop", "release"]
EDITS = st.lists(st.sampled_from(TOLD_AT_ONCE + PREPARED), max_size=14)


class History:
    """One meeting, two people; every number the meeting has ever given out is kept."""

    def __init__(self):
        self.now = NOW
        self.cohort = CohortFactory()
        self.people = [kursist_in(self.cohort), kursist_in(self.cohort)]
        self.meeting = schedule(self.cohort, days=30)
        self.uid = self.meeting.uid
        self.mails = {person.email: [] for person in self.people}
        self.count = 0

    def apply(self, edit):
        self.now += MINUTE
        self.count += 1
        before = self.meeting
        getattr(self, edit)()
        self.meeting.refresh_from_db()
        return before

    def change(self, **changes):
        meeting = actions.change_meeting(meeting=self.meeting, by=None, now=self.now, **changes)
        moved = bool({"starts_at", "ends_at"} & changes.keys())
        assert (meeting.sequence > self.meeting.sequence) == moved
        assert meeting.revision == self.meeting.revision + bool(changes)

    def room(self):
        self.change(room=f"Lokale {self.count}")

    def notes(self):
        self.change(notes=f"Note {self.count}")

    def nothing(self):
        self.change()

    def start(self):
        self.change(starts_at=self.meeting.starts_at - MINUTE)

    def end(self):
        self.change(ends_at=self.meeting.ends_at + MINUTE)

    def both(self):
        self.change(starts_at=self.meeting.starts_at + 5 * MINUTE, ends_at=self.meeting.ends_at + 5 * MINUTE)

    def prepare(self, **changes):
        """Nothing of it shows before the release; what is prepared already stays prepared."""
        draft = MeetingDraft.objects.filter(meeting=self.meeting).first()
        facts = (draft.facts if draft else {}) | changes
        seen = draft.version if draft else None
        actions.prepare_change(meeting=self.meeting, by=None, now=self.now, seen=seen, **facts)
        self.told_the_same()

    def draft(self):
        self.prepare(starts_at=self.meeting.starts_at - self.count * MINUTE)

    def draft_room(self):
        self.prepare(room=f"Lokale {self.count}")

    def drop(self):
        actions.drop_change(meeting=self.meeting, by=None, now=self.now)
        self.told_the_same()

    def release(self):
        """One revision however many edits, and a number only for a new time; nothing on top of what was not seen."""
        draft = MeetingDraft.objects.filter(meeting=self.meeting).first()
        seen = {self.meeting.pk: draft.version} if draft else {}
        if draft and draft.based_on != self.meeting.revision:
            with pytest.raises(actions.ChangedMeanwhile):
                actions.release_changes(cohort=self.cohort, by=None, now=self.now, seen=seen)
            self.told_the_same()
            return
        assert actions.release_changes(cohort=self.cohort, by=None, now=self.now, seen=seen) == len(seen)
        after = Meeting.objects.get(pk=self.meeting.pk)
        assert after.revision == self.meeting.revision + bool(draft)
        assert (after.sequence > self.meeting.sequence) == bool(draft and {"starts_at", "ends_at"} & draft.facts.keys())
        assert not MeetingDraft.objects.exists()

    def told_the_same(self):
        after = Meeting.objects.get(pk=self.meeting.pk)
        assert (after.revision, after.sequence) == (self.meeting.revision, self.meeting.sequence)

    def leave(self):
        actions.withdraw(enrolment=self.people[0].enrolments.get(), by=None, now=self.now)

    def return_(self):
        person = self.people[0]
        actions.enrol(person=person, cohort=self.cohort, municipality=MunicipalityFactory(), by=None, now=self.now)

    def answer(self):
        invitee = self.meeting.invitees.get(person=self.people[1])
        actions.answer_invitation(invitee=invitee, answer="accepted", by=None, now=self.now)

    def send(self):
        self.meeting.refresh_from_db()
        for message in delivered(self.now):
            part = by_hand(calendar_body(message))
            self.mails[message["To"]].append({**part, "HIGHEST": self.meeting.highest_sequence})

    def cancel(self):
        self.now += MINUTE
        actions.cancel_meeting(meeting=self.meeting, by=None, now=self.now)
        self.meeting.refresh_from_db()


setattr(History, "return", History.return_)


class EditHistories(TestCase):
    @pytest.fixture(autouse=True)
    def _count(self, report):
        self.histories, self.edits, self.mails = 0, 0, 0
        yield
        report(f"{self.histories} histories with drafts, {self.edits} edits, {self.mails} calendar mails read")

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(edits=EDITS)
    def test_any_history_keeps_calendars_right(self, edits):
        history = History()
        taken = [0]

        for edit in edits:
            history.apply(edit)
            taken.append(history.meeting.highest_sequence)
        history.cancel()
        history.send()

        assert history.meeting.uid == history.uid
        assert taken == sorted(taken)
        assert history.meeting.sequence > max(taken)
        for parts in history.mails.values():
            check_stream(parts, history.uid)
        sent = [part for parts in history.mails.values() for part in parts]
        check_numbers(sent)
        self.histories, self.edits, self.mails = self.histories + 1, self.edits + len(edits), self.mails + len(sent)


def check_stream(parts, uid):
    """What one calendar hears: its number rises with every new time and status, and never without a reason.

    The reason may have gone unheard: somebody taken off and put on again between two mails is asked with a new number.
    """
    assert {part["UID"] for part in parts} <= {uid}
    for before, after in pairwise(parts):
        rises = int(after["SEQUENCE"]) - int(before["SEQUENCE"])
        if facts(before) != facts(after):
            assert rises > 0
        if before["HIGHEST"] == after["HIGHEST"]:
            assert rises == 0
        assert rises >= 0
        assert after["DTSTAMP"] > before["DTSTAMP"]


def check_numbers(parts):
    """A number stands for one time and status, whoever heard it."""
    meanings = {}
    for part in parts:
        assert meanings.setdefault(part["SEQUENCE"], facts(part)) == facts(part)


def facts(part):
    return tuple(part[name] for name in ("METHOD", "DTSTART;TZID=Europe/Copenhagen", "DTEND;TZID=Europe/Copenhagen"))


@pytest.mark.django_db
def test_the_check_of_a_stream_finds_a_number_that_did_not_rise():
    part = {"UID": "1", "METHOD": "REQUEST", "SEQUENCE": "1", "DTSTAMP": "1"}
    times = {"DTSTART;TZID=Europe/Copenhagen": "a", "DTEND;TZID=Europe/Copenhagen": "b"}
    moved = {**part, **times, "DTSTART;TZID=Europe/Copenhagen": "c", "DTSTAMP": "2"}

    with pytest.raises(AssertionError):
        check_stream([{**part, **times}, moved], "1")
