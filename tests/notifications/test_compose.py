from datetime import UTC, datetime

import pytest

from lms.notifications import actions
from lms.notifications.models import Notice
from tests.factories.people import UserFactory
from tests.notifications.conftest import CALENDAR

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def compose(told, **fields):
    person = fields.pop("person", None) or UserFactory()
    values = {"occasion": "tests.told", "object_id": 7, "created_at": NOW, "due_at": NOW, **fields}
    notice = Notice.objects.create(recipient=person, **values)
    return actions.compose(notice=notice, mail=told.load(notice, NOW))


def parts(message):
    return [part.get_content_type() for part in message.message().walk() if not part.is_multipart()]


def test_message_has_text_and_html(told):
    assert parts(compose(told)) == ["text/plain", "text/html"]


def test_message_id_follows_from_what_makes_the_notice_unique(told):
    person = UserFactory()
    first = compose(told, person=person).extra_headers["Message-ID"]
    Notice.objects.all().delete()

    assert compose(told, person=person).extra_headers["Message-ID"] == first
    assert compose(told, person=person, revision=1).extra_headers["Message-ID"] != first
    assert compose(told).extra_headers["Message-ID"] != first


def test_message_id_is_of_our_own_domain(told, settings):
    settings.DEFAULT_FROM_EMAIL = "Fodfæste <post@fodfaeste.example>"

    assert compose(told).extra_headers["Message-ID"].endswith("@fodfaeste.example>")


def test_message_says_it_was_sent_by_a_machine(told):
    assert compose(told).message()["Auto-Submitted"] == "auto-generated"


def test_message_is_in_the_recipient_s_language(told):
    assert compose(told, person=UserFactory(name="Mette Lind", language="en")).body.splitlines()[0] == "Hello Mette"


def test_calendar_is_an_alternative_part_with_its_method_in_header_and_body(told):
    told.with_calendar()

    message = compose(told).message()

    calendar = list(message.walk())[-1]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html", "text/calendar"]
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("charset") == "utf-8"
    assert calendar.get_payload(decode=True).splitlines() == CALENDAR.splitlines()
    assert calendar.get_filename() is None


def test_line_break_in_a_name_adds_no_header(told):
    message = compose(told, person=UserFactory(name="Mette\r\nBcc: x@example.org")).message()

    assert (message["Bcc"], len(message.get_all("Subject"))) == (None, 1)


def test_markup_in_a_name_is_text_in_the_html(told):
    message = compose(told, person=UserFactory(name="<script>alert(1)</script> Lind"))

    assert "<script>alert" not in message.alternatives[0].content
