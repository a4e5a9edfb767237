"""Prepared in peace, told once: whoever edits how often, each person hears of a day in one mail."""

from datetime import timedelta

import pytest

from lms.meetings import actions
from lms.meetings.models import MeetingDraft
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.meetings.calendars import by_hand, calendar_body, delivered
from tests.meetings.days import HOURS, NOW, notices, schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    cohort = CohortFactory()
    kursist_in(cohort)
    return schedule(cohort, room="Bøgen")


def prepare(meeting, **changes):
    """As somebody does who has just read the draft."""
    draft = MeetingDraft.objects.filter(meeting=meeting).first()
    seen = changes.pop("seen", draft.version if draft else None)
    return actions.prepare_change(meeting=meeting, by=None, now=NOW, seen=seen, **changes)


def release(cohort, **seen):
    seen = seen.get("seen", dict(MeetingDraft.objects.values_list("meeting", "version")))
    return actions.release_changes(cohort=cohort, by=None, now=NOW, seen=seen)


def changed(meeting):
    """The notices about changes of a meeting, of all its people."""
    people = [invitee.person for invitee in meeting.invitees.all()]
    return [notice for person in people for notice in notices(person) if notice[0] == "meetings.changed"]


def test_a_draft_changes_nothing_and_tells_nobody(meeting):
    prepare(meeting, room="Egen", starts_at=meeting.starts_at + HOURS / 6)

    meeting.refresh_from_db()
    assert (meeting.room, meeting.revision, meeting.sequence) == ("Bøgen", 1, 0)
    assert changed(meeting) == []


def test_a_draft_keeps_only_what_would_be_new_to_the_microsecond(meeting):
    start = meeting.starts_at + timedelta(microseconds=123456)

    draft = prepare(meeting, room="Bøgen ", place="Aarhus", starts_at=start)

    assert MeetingDraft.objects.get(pk=draft.pk).facts == {"place": "Aarhus", "starts_at": start}


def test_a_draft_of_what_holds_disappears(meeting):
    prepare(meeting, room="Egen")

    assert prepare(meeting, room="Bøgen") is None
    assert not MeetingDraft.objects.exists()
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"prepare_change", "drop_change"}


def test_a_draft_that_changes_nothing_is_never_made(meeting):
    assert prepare(meeting, room="Bøgen") is None
    assert not AuditEntry.objects.filter(verb__contains="_change").exists()


def test_a_draft_somebody_else_has_saved_is_not_overwritten(meeting):
    first = prepare(meeting, room="Egen")
    prepare(meeting, room="Asken")

    for seen in (None, first.version):
        with pytest.raises(actions.ChangedMeanwhile):
            prepare(meeting, room="Linden", seen=seen)

    assert MeetingDraft.objects.get().facts == {"room": "Asken"}


def test_a_draft_made_anew_is_not_taken_for_the_one_that_was_dropped(meeting):
    seen = prepare(meeting, room="Egen").version
    actions.drop_change(meeting=meeting, by=None, now=NOW)
    prepare(meeting, room="Asken")

    with pytest.raises(actions.ChangedMeanwhile):
        release(meeting.cohort, seen={meeting.pk: seen})


def test_a_draft_written_on_an_older_revision_is_refused(meeting):
    actions.change_meeting(meeting=meeting, by=None, now=NOW, place="Aarhus")

    with pytest.raises(actions.ChangedMeanwhile):
        prepare(meeting, room="Egen", based_on=1)


def test_a_cancelled_day_takes_no_draft_and_loses_the_one_it_had(meeting):
    prepare(meeting, room="Egen")

    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    assert not MeetingDraft.objects.exists()
    with pytest.raises(actions.MeetingIsCancelled):
        prepare(meeting, room="Egen")


def test_only_facts_can_be_prepared(meeting):
    with pytest.raises(TypeError):
        prepare(meeting, uid="another")


def test_dropping_twice_is_once(meeting):
    prepare(meeting, room="Egen")

    for _time in range(2):
        actions.drop_change(meeting=meeting, by=None, now=NOW)

    assert AuditEntry.objects.filter(verb="drop_change").count() == 1


@pytest.mark.parametrize("edits", [1, 5])
def test_a_day_edited_often_is_one_revision_and_one_notice(meeting, edits):
    for number in range(edits):
        prepare(meeting, room=f"Lokale {number}", starts_at=meeting.starts_at - timedelta(minutes=number))

    assert release(meeting.cohort) == 1
    meeting.refresh_from_db()
    assert (meeting.revision, meeting.room, changed(meeting)) == (
        2,
        f"Lokale {edits - 1}",
        [("meetings.changed", meeting.pk, 2)],
    )
    assert not MeetingDraft.objects.exists()


def test_telling_at_each_edit_would_have_sent_a_mail_for_each(meeting):
    """The control: the same five edits, with the sender awake between them as it is each minute."""
    delivered(NOW)
    drafted = schedule(meeting.cohort, days=5)
    delivered(NOW)
    for number in range(5):
        prepare(drafted, room=f"Lokale {number}")
    prepared = len(delivered(NOW))
    release(meeting.cohort)
    prepared += len(delivered(NOW))

    at_once = 0
    for number in range(5):
        actions.change_meeting(meeting=meeting, by=None, now=NOW, room=f"Lokale {number}")
        at_once += len(delivered(NOW))

    assert (prepared, at_once) == (1, 5)


def test_only_those_on_the_changed_day_hear_of_it():
    group = SupervisionGroupFactory()
    member, other = member_of(group), kursist_in(group.cohort)
    prepare(schedule(group.cohort, group=group), room="Egen")
    schedule(group.cohort)

    release(group.cohort)

    assert [sum(notice[0] == "meetings.changed" for notice in notices(who)) for who in (member, other)] == [1, 0]


def test_other_cohorts_drafts_stay(meeting):
    elsewhere = schedule(CohortFactory())
    prepare(elsewhere, room="Egen")
    draft = prepare(meeting, room="Egen")

    release(meeting.cohort, seen={meeting.pk: draft.version})

    assert [draft.meeting for draft in MeetingDraft.objects.all()] == [elsewhere]


def test_what_was_not_seen_is_not_released_and_nothing_else_either(meeting):
    seen = {meeting.pk: prepare(meeting, room="Egen").version}
    prepare(schedule(meeting.cohort, days=5), room="Asken")

    for shown in (seen, {}, {**seen, 999: 1}, {meeting.pk: 0}):
        with pytest.raises(actions.ChangedMeanwhile):
            release(meeting.cohort, seen=shown)

    assert (MeetingDraft.objects.count(), changed(meeting)) == (2, [])


def test_a_day_changed_at_once_since_stops_the_release_until_somebody_has_looked(meeting):
    prepare(meeting, room="Egen")
    actions.change_meeting(meeting=meeting, by=None, now=NOW, place="Aarhus")

    with pytest.raises(actions.ChangedMeanwhile):
        release(meeting.cohort)
    prepare(meeting, room="Egen", place="Aarhus")

    assert release(meeting.cohort) == 1


def test_an_urgent_change_takes_out_of_the_draft_what_it_has_told_of(meeting):
    before = prepare(meeting, room="Egen", place="Aarhus").version

    actions.change_meeting(meeting=meeting, by=None, now=NOW, room="Egen")

    draft = MeetingDraft.objects.get()
    assert (draft.facts, draft.version) == ({"place": "Aarhus"}, before + 1)


def test_an_urgent_change_of_everything_prepared_leaves_no_draft(meeting):
    prepare(meeting, room="Egen")

    actions.change_meeting(meeting=meeting, by=None, now=NOW, room="Egen", place="Aarhus")

    assert not MeetingDraft.objects.exists()


@pytest.mark.parametrize(
    "title, clean",
    [
        ("Dag 4\r\nBcc: alle@example.org", "Dag 4 Bcc: alle@example.org"),
        ("Dag\x07 4\x85\u2028BEGIN:VEVENT", "Dag 4 BEGIN:VEVENT"),
        ("Dag 4 🎉; a, b\\n", "Dag 4 🎉; a, b\\n"),
    ],
)
def test_a_hostile_title_stays_one_line_in_draft_mail_and_calendar(meeting, title, clean):
    delivered(NOW)

    draft = prepare(meeting, title=title)
    release(meeting.cohort)
    (mail,) = delivered(NOW)

    escaped = clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert draft.facts == {"title": clean}
    assert mail["Bcc"] is None
    assert clean in str(mail["Subject"])
    assert by_hand(calendar_body(mail))["SUMMARY"] == f"{escaped}\\, Fodfæste"


def test_a_draft_moved_into_the_past_tells_nobody(meeting):
    prepare(meeting, starts_at=NOW - 2 * HOURS, ends_at=NOW - HOURS)

    release(meeting.cohort)

    assert changed(meeting) == []
