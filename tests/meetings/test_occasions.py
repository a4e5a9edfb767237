from datetime import timedelta

import pytest
from django.core import mail
from django.utils.translation import gettext

from lms.meetings import actions
from lms.notifications.models import Notice
from lms.people.models import Membership, Role
from lms.people.templatetags.dates import day, full_day, hours
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import person_with
from tests.meetings.calendars import by_hand, calendar_body, calendar_part, delivered
from tests.meetings.days import HOURS, NOW, schedule

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
MUCH_LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def cohort():
    return CohortFactory(name="Hold Vest")


@pytest.fixture
def mette(cohort):
    return kursist_in(cohort, name="Mette Lindholm", email="mette@viborg.example")


def change(meeting, **changes):
    return actions.change_meeting(meeting=meeting, by=None, now=NOW, **changes)


def withdraw(person):
    return actions.withdraw(enrolment=person.enrolments.get(), by=None, now=NOW)


def told(messages):
    """Method and number of each message, in the order they came."""
    parts = [by_hand(calendar_body(message)) for message in messages]
    return [(part["METHOD"], int(part["SEQUENCE"])) for part in parts]


def test_one_uid_from_invitation_over_update_to_cancellation(cohort, mette):
    meeting = schedule(cohort)
    first = delivered(NOW)
    change(meeting, starts_at=meeting.starts_at + HOURS, ends_at=meeting.ends_at + HOURS)
    second = delivered(LATER)
    actions.cancel_meeting(meeting=meeting, by=None, now=LATER)
    third = delivered(MUCH_LATER)

    messages = [*first, *second, *third]
    assert [message["To"] for message in messages] == ["mette@viborg.example"] * 3
    assert told(messages) == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert {by_hand(calendar_body(message))["UID"] for message in messages} == {meeting.uid}


def test_header_and_body_name_the_same_method_beside_text_and_html(cohort, mette):
    schedule(cohort)

    (message,) = delivered(NOW)

    part = calendar_part(message)
    assert message.get_content_type() == "multipart/alternative"
    assert [piece.get_content_type() for piece in message.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    assert (part.get_param("method"), part.get_param("charset")) == ("REQUEST", "utf-8")
    assert by_hand(calendar_body(message))["METHOD"] == "REQUEST"


def test_the_raw_message_names_the_method_in_its_header(cohort, mette):
    schedule(cohort)
    delivered(NOW)

    raw = mail.outbox[0].message().as_bytes()

    assert raw.count(b'Content-Type: text/calendar; method="REQUEST"; charset="utf-8"') == 1
    assert b"Content-Disposition" not in raw


def test_a_mail_names_nobody_else_and_no_group(cohort):
    group = SupervisionGroupFactory(cohort=cohort, name="Gruppe Kanarie", supervisor=person_with(Role.SUPERVISOR))
    member_of(group, name="Rasmus Kanariefugl", email="rasmus@example.org")
    member_of(group, name="Jesper", email="jesper@example.org")
    schedule(cohort, group=group, title="Supervisionsdag 2")

    message = next(message for message in delivered(NOW) if message["To"] == "jesper@example.org")

    texts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    assert [text for text in texts if "Kanarie" in text] == []
    assert by_hand(calendar_body(message))["SUMMARY"] == r"Supervisionsdag 2\, Fodfæste"


def test_trainers_and_guests_are_invited_too(cohort):
    trainer, guest = person_with(Role.INSTRUCTOR), person_with(Role.PSYCHIATRY_PARTNER)
    meeting = schedule(cohort, trainers=[trainer])
    actions.invite_guest(meeting=meeting, person=guest, by=None, now=NOW)

    assert sorted(message["To"] for message in delivered(NOW)) == sorted([trainer.email, guest.email])


def test_a_new_room_is_told_under_the_same_number(cohort, mette):
    meeting = schedule(cohort, room="Bøgen")
    delivered(NOW)
    change(meeting, room="Egen")

    (message,) = delivered(LATER)

    text = message.get_body(("plain",)).get_content()
    assert told([message]) == [("REQUEST", 0)]
    assert "Vejle, Bøgen → Vejle, Egen" in text


def test_the_mail_about_a_change_shows_old_and_new_time(cohort, mette):
    meeting = schedule(cohort)
    later = meeting.starts_at + timedelta(hours=1)
    delivered(NOW)
    change(meeting, starts_at=later)

    (message,) = delivered(LATER)

    html = message.get_body(("html",)).get_content()
    old, new = (f"{day(moment, NOW)} {hours(moment, meeting.ends_at)}" for moment in (meeting.starts_at, later))
    assert [html.count(f"<del>{old}</del> → <strong>{new}</strong>"), old == new] == [1, False]


def test_changes_before_the_first_mail_make_one_invitation_as_it_now_is(cohort, mette):
    meeting = schedule(cohort)
    change(meeting, room="Egen")
    change(meeting, starts_at=meeting.starts_at - timedelta(hours=1))

    messages = delivered(LATER)

    assert told(messages) == [("REQUEST", 1)]
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent"]


def test_several_changes_before_the_sender_runs_make_one_mail_from_what_was_known(cohort, mette):
    meeting = schedule(cohort, room="Bøgen")
    delivered(NOW)
    change(meeting, room="Egen")
    change(meeting, room="Asken")

    (message,) = delivered(LATER)

    assert "Vejle, Bøgen → Vejle, Asken" in message.get_body(("plain",)).get_content()


def test_one_whose_invitation_never_went_is_invited_by_the_change(cohort, mette):
    meeting = schedule(cohort)
    Notice.objects.update(state="failed")
    change(meeting, room="Egen")

    (message,) = delivered(LATER)

    assert message["Subject"] == gettext("Invitation: %(title)s, %(day)s") % {
        "title": meeting.title,
        "day": full_day(meeting.starts_at),
    }


def test_a_cancelled_day_sends_cancel_and_not_the_old_request(cohort, mette):
    meeting = schedule(cohort)
    actions.cancel_meeting(meeting=meeting, by=None, now=NOW)

    assert told(delivered(LATER)) == [("CANCEL", 1)]


def test_withdrawing_cancels_for_that_person_alone(cohort, mette):
    other = kursist_in(cohort)
    schedule(cohort)
    delivered(NOW)
    withdraw(mette)

    messages = delivered(LATER)

    assert [message["To"] for message in messages] == [mette.email]
    assert told(messages) == [("CANCEL", 1)]
    assert other.invitations_to_meetings.get().is_removed is False


def test_one_who_is_taken_off_is_not_called_enrolled(cohort, mette):
    schedule(cohort)
    delivered(NOW)
    withdraw(mette)

    (message,) = delivered(LATER)

    assert cohort.name not in message.get_body(("plain",)).get_content()


def test_enrolling_again_asks_under_a_number_above_the_cancellation(cohort, mette):
    meeting = schedule(cohort)
    delivered(NOW)
    enrolment = withdraw(mette)
    delivered(LATER)
    actions.enrol(person=mette, cohort=cohort, municipality=enrolment.municipality, by=None, now=LATER)
    again = delivered(MUCH_LATER)
    change(meeting, starts_at=meeting.starts_at + timedelta(hours=1))

    assert told(again) == [("REQUEST", 2)]
    assert told(delivered(MUCH_LATER)) == [("REQUEST", 3)]


def test_leaving_and_coming_back_before_the_sender_runs_is_one_invitation(cohort, mette):
    schedule(cohort)
    enrolment = withdraw(mette)
    actions.enrol(person=mette, cohort=cohort, municipality=enrolment.municipality, by=None, now=NOW)

    assert told(delivered(LATER)) == [("REQUEST", 2)]


def test_nothing_is_sent_about_a_day_that_is_over(cohort, mette):
    meeting = schedule(cohort)
    change(meeting, room="Egen")

    assert delivered(NOW + timedelta(days=4)) == []
    assert set(Notice.objects.values_list("state", flat=True)) == {"dropped"}


def test_no_cancellation_is_sent_once_the_day_is_over(cohort, mette):
    meeting = schedule(cohort)
    delivered(NOW)
    actions.cancel_meeting(meeting=meeting, by=None, now=LATER)

    assert delivered(NOW + timedelta(days=4)) == []


def test_nobody_is_asked_whose_account_is_closed(cohort, mette):
    schedule(cohort)
    type(mette).objects.filter(pk=mette.pk).update(is_active=False)

    assert delivered(NOW) == []


def test_nobody_is_asked_whose_last_membership_has_ended(cohort, mette):
    schedule(cohort)
    Membership.objects.filter(person=mette).update(end_date=NOW.date() - timedelta(days=1))

    assert delivered(NOW) == []


def test_one_who_begins_next_month_is_asked_already(cohort, mette):
    schedule(cohort)
    Membership.objects.filter(person=mette).update(start_date=NOW.date() + timedelta(days=30))

    assert len(delivered(NOW)) == 1


def test_what_the_calendar_was_told_is_kept(cohort, mette):
    meeting = schedule(cohort)
    delivered(NOW)
    change(meeting, starts_at=meeting.starts_at + timedelta(hours=1))
    delivered(LATER)

    invitee = meeting.invitees.get()
    assert (invitee.last_revision_sent, invitee.last_sequence_sent) == (2, 1)


def test_what_was_told_is_what_the_mail_said_and_not_what_came_after(cohort, mette, monkeypatch):
    meeting = schedule(cohort)
    sent = mail.EmailMultiAlternatives.send

    def send_while_somebody_changes_the_room(message, **options):
        monkeypatch.setattr(mail.EmailMultiAlternatives, "send", sent)
        change(meeting, room="Egen")
        return sent(message, **options)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", send_while_somebody_changes_the_room)

    first, second = delivered(NOW)

    assert by_hand(calendar_body(first))["LOCATION"] == "Vejle"
    assert by_hand(calendar_body(second))["LOCATION"] == r"Vejle\, Egen"


def test_a_resend_is_the_same_but_for_its_stamp(cohort, mette):
    schedule(cohort)
    (first,) = delivered(NOW)
    mette.invitations_to_meetings.update(last_revision_sent=None, last_sequence_sent=None)
    Notice.objects.update(state="waiting")

    (second,) = delivered(LATER)

    assert first["Message-ID"] == second["Message-ID"]
    stamps = [b"DTSTAMP:" + by_hand(calendar_body(message))["DTSTAMP"].encode() for message in (first, second)]
    assert calendar_body(first).replace(stamps[0], stamps[1]) == calendar_body(second)


def test_the_answer_given_stands_in_an_update_that_moves_nothing(cohort, mette):
    meeting = schedule(cohort)
    delivered(NOW)
    actions.answer_invitation(invitee=meeting.invitees.get(), answer="accepted", by=mette, now=NOW)
    change(meeting, room="Egen")

    (message,) = delivered(LATER)

    assert b"PARTSTAT=ACCEPTED" in calendar_body(message)


def test_a_mail_speaks_the_language_of_its_reader(cohort, mette):
    type(mette).objects.filter(pk=mette.pk).update(language="en")
    schedule(cohort)

    (message,) = delivered(NOW)

    assert message["Subject"].split(" ")[-2:] == ["November", "2026"]
    assert 'lang="en"' in message.get_body(("html",)).get_content()


def test_hostile_titles_stay_one_subject_and_one_event(cohort, mette):
    schedule(cohort, title="Dag\r\nBcc: evil@example.org\x00 <b>4</b> & »x«")

    (message,) = delivered(NOW)

    assert message["Bcc"] is None
    assert "Dag Bcc: evil@example.org <b>4</b> & »x«" in message["Subject"]
    assert "&lt;b&gt;4&lt;/b&gt;" in message.get_body(("html",)).get_content()
    assert by_hand(calendar_body(message))["SUMMARY"] == r"Dag Bcc: evil@example.org <b>4</b> & »x«\, Fodfæste"
