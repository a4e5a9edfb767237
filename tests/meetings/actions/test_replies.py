"""Answers that come by mail: counted, kept until they are confirmed, or refused with a reason somebody can read."""

import base64
from datetime import timedelta

import pytest
from django.core import mail as sent_mail

from lms.meetings import actions
from lms.meetings.models import Invitee, RefusedMail
from lms.notifications.models import Notice
from lms.people.models import AuditEntry
from tests.factories.meetings import CohortFactory, kursist_in
from tests.meetings.calendars import delivered
from tests.meetings.days import HOURS, NOW, schedule
from tests.meetings.mails import GATE, OUTLOOK, OUTLOOK_BODY, mail, reply

pytestmark = pytest.mark.django_db
METTE = "mette@viborg.example"
A_MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)
FORGED = "mail.evil.example; dkim=pass header.d=viborg.example"


@pytest.fixture(autouse=True)
def gate(settings):
    settings.MAIL_AUTHSERV_ID = GATE


@pytest.fixture
def mette():
    return kursist_in(CohortFactory(name="Hold Vest"), name="Mette", email=METTE)


@pytest.fixture
def meeting(mette):
    return schedule(mette.enrolments.get().cohort)


def receive(raw, now=LATER):
    return actions.receive_reply(raw=raw, now=now)


def refused(raw, now=LATER):
    with pytest.raises(actions.MailRefused) as error:
        receive(raw, now)
    row = RefusedMail.objects.latest("pk")
    assert row.reason == error.value.reason
    return row.reason


def answer_of(meeting):
    return meeting.invitees.get().answer


@pytest.mark.parametrize(
    "partstat, answer", [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")]
)
def test_an_answer_the_gate_vouches_for_counts_at_once(mette, meeting, partstat, answer):
    receive(reply(meeting, partstat=partstat, now=NOW + A_MINUTE))

    invitee = meeting.invitees.get()
    assert (invitee.answer, invitee.answered_at, invitee.reply_stamp) == (answer, LATER, NOW + A_MINUTE)
    assert AuditEntry.objects.get(verb="answer_invitation").actor_id == mette.pk
    assert not RefusedMail.objects.exists()


def test_a_no_from_danish_outlook_counts_whatever_the_case_of_the_address(meeting):
    body = base64.encodebytes(OUTLOOK_BODY.replace("THE-UID", meeting.uid).encode()).decode()

    receive(OUTLOOK.replace("GATE", GATE).replace("BASE64", body).encode())

    assert answer_of(meeting) == Invitee.Answer.DECLINED


@pytest.mark.parametrize("gates", [(), (FORGED,), (f"{GATE}; dkim=fail header.d=viborg.example", f"{GATE}; dkim=pass")])
def test_an_answer_nobody_vouches_for_waits_and_the_person_gets_the_link(meeting, gates):
    delivered(NOW)

    receive(reply(meeting, partstat="DECLINED", gates=gates, now=NOW))

    invitee = meeting.invitees.get()
    (message,) = delivered(LATER)
    assert (invitee.answer, invitee.unconfirmed_answer) == (Invitee.Answer.NONE, Invitee.Answer.DECLINED)
    assert message["To"] == METTE
    assert message.get_body(("plain",)).get_content().count("/moede/svar/") == 3


def test_a_gate_without_a_name_is_never_believed(meeting, settings):
    settings.MAIL_AUTHSERV_ID = ""

    receive(reply(meeting, now=NOW))

    assert (answer_of(meeting), meeting.invitees.get().unconfirmed_answer) == ("none", "accepted")


def test_a_hundred_unconfirmed_answers_send_one_mail(meeting):
    delivered(NOW)

    for number in range(100):
        receive(reply(meeting, partstat=("ACCEPTED", "DECLINED")[number % 2], gates=(), now=NOW))

    assert Notice.objects.filter(occasion="meetings.confirm_answer").count() == 1
    assert len(delivered(LATER)) == 1


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "Return-Path: <>"])
def test_a_machine_is_never_written_to(meeting, header):
    receive(reply(meeting, gates=(), headers=[header], now=NOW))

    assert not Notice.objects.filter(occasion="meetings.confirm_answer").exists()


def test_nobody_is_asked_to_confirm_what_is_answered_meanwhile(mette, meeting):
    delivered(NOW)
    receive(reply(meeting, gates=(), now=NOW))
    actions.answer_invitation(invitee=meeting.invitees.get(), answer="accepted", by=mette, now=NOW)

    assert delivered(LATER) == []


@pytest.mark.parametrize(
    "forged, reason",
    [
        ({"uid": "af-en-anden"}, "unknown_meeting"),
        ({"uid": "x" * 5000}, "unknown_meeting"),
        ({"sender": "stranger@viborg.example"}, "not_invited"),
        ({"attendee": "jens@viborg.example"}, "other_attendee"),
        ({"sequence": 1}, "unknown_sequence"),
        ({"sequence": 10**40}, "unknown_sequence"),
        ({"partstat": "DELEGATED"}, "unsupported"),
        ({"partstat": "NEEDS-ACTION"}, "unsupported"),
        ({"method": "COUNTER"}, "unsupported"),
        ({"extra": "RRULE:FREQ=SECONDLY"}, "unsupported"),
        ({"extra": "X-A:\x00"}, "unreadable"),
    ],
)
def test_a_hostile_reply_changes_nothing_and_is_kept_with_its_reason(meeting, forged, reason):
    assert refused(reply(meeting, now=NOW, **forged)) == reason

    invitee = meeting.invitees.get()
    assert (invitee.answer, invitee.unconfirmed_answer) == (Invitee.Answer.NONE, "")


def test_a_colleague_with_an_invitation_cannot_answer_for_another(mette, meeting):
    """The gate vouches for the whole domain; the address decides."""
    jens = kursist_in(mette.enrolments.get().cohort, email="jens@viborg.example")
    day = schedule(mette.enrolments.get().cohort)

    assert refused(reply(day, sender=jens.email, attendee=METTE, now=NOW)) == "other_attendee"
    assert set(day.invitees.values_list("answer", flat=True)) == {"none"}


def test_an_answer_to_the_time_before_it_moved_is_superseded(meeting):
    moved = actions.change_meeting(
        meeting=meeting, by=None, now=NOW, starts_at=meeting.starts_at + HOURS, ends_at=meeting.ends_at + HOURS
    )

    assert refused(reply(meeting, sequence=0, now=NOW)) == "superseded"
    receive(reply(moved, now=NOW))
    assert answer_of(meeting) == Invitee.Answer.ACCEPTED


def test_a_new_room_leaves_the_answer_to_the_same_time_standing(meeting):
    actions.change_meeting(meeting=meeting, by=None, now=NOW, room="Egen")

    receive(reply(meeting, sequence=0, now=NOW))

    assert answer_of(meeting) == Invitee.Answer.ACCEPTED


def test_mails_that_overtake_one_another_end_with_the_latest_answer(meeting):
    receive(reply(meeting, partstat="DECLINED", now=NOW + 2 * A_MINUTE))

    assert refused(reply(meeting, partstat="ACCEPTED", now=NOW + A_MINUTE)) == "outdated"
    assert answer_of(meeting) == Invitee.Answer.DECLINED


def test_a_late_mail_does_not_undo_the_answer_on_the_site(mette, meeting):
    actions.answer_invitation(
        invitee=meeting.invitees.get(), answer="declined", by=mette, now=NOW + A_MINUTE, reason="Ferie"
    )

    assert refused(reply(meeting, now=NOW)) == "outdated"
    assert answer_of(meeting) == Invitee.Answer.DECLINED


def test_a_clock_that_runs_ahead_does_not_shut_out_later_answers(meeting):
    receive(reply(meeting, partstat="ACCEPTED", now=NOW + timedelta(days=4000)))

    receive(reply(meeting, partstat="DECLINED", now=LATER + A_MINUTE), now=LATER + A_MINUTE)

    assert answer_of(meeting) == Invitee.Answer.DECLINED


def test_the_same_mail_twice_is_one_answer(meeting):
    for _time in range(2):
        receive(reply(meeting, now=NOW))

    assert AuditEntry.objects.filter(verb="answer_invitation").count() == 1
    assert not RefusedMail.objects.exists()


def test_a_no_repeated_by_the_calendar_keeps_the_words_given_on_the_site(mette, meeting):
    actions.answer_invitation(invitee=meeting.invitees.get(), answer="declined", by=mette, now=NOW, reason="Ferie")

    receive(reply(meeting, partstat="DECLINED", now=LATER))

    assert meeting.invitees.get().answer_reason == "Ferie"


@pytest.mark.parametrize("state", ["cancelled", "over", "removed", "deactivated"])
def test_a_day_that_takes_no_answers_takes_none_by_mail(mette, meeting, state):
    now, expected = LATER, "over"
    if state == "cancelled":
        meeting = actions.cancel_meeting(meeting=meeting, by=None, now=NOW)
    elif state == "over":
        now = meeting.ends_at + A_MINUTE
    elif state == "removed":
        actions.withdraw(enrolment=mette.enrolments.get(), by=None, now=NOW)
        expected = "not_invited"
    else:
        mette.is_active = False
        mette.save()

    assert refused(reply(meeting, now=NOW), now) == expected


def test_an_out_of_office_mail_is_refused_quietly(meeting):
    raw = f"From: <{METTE}>\r\nAuto-Submitted: auto-replied\r\nSubject: Ikke til stede\r\n\r\nFerie".encode()
    delivered(NOW)

    assert refused(raw) == "no_reply"
    assert delivered(LATER) == []
    assert sent_mail.outbox == []


def test_a_refused_mail_belongs_to_the_cohort_of_the_day_and_keeps_no_words(mette, meeting):
    refused(reply(meeting, sequence=7, now=NOW))
    refused(mail("BEGIN:VCALENDAR"))

    known, unknown = RefusedMail.objects.order_by("pk")
    assert (known.cohort, known.sender, known.received_at) == (meeting.cohort, METTE, LATER)
    assert (unknown.cohort, unknown.reason) == (None, "unreadable")


def test_refused_mails_are_forgotten():
    RefusedMail.objects.create(sender="a@b.example", reason="no_reply", received_at=NOW - A_MINUTE)
    kept = RefusedMail.objects.create(sender="a@b.example", reason="no_reply", received_at=NOW)

    assert actions.forget_refused_mails(before=NOW) == 1
    assert RefusedMail.objects.get() == kept
