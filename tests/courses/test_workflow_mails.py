"""Wagtail's own mails about approval stay unsent; with its receivers back in place they would go out."""

import pytest
from django.urls import reverse
from wagtail.admin.signal_handlers import register_signal_handlers

from courses.actions import sync_groups
from courses.wagtail_hooks import WAGTAILS_MAILS
from lms.people.models import Role
from tests.factories.courses import course_page, day_page, editor_of
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def wagtail_speaks_itself():
    register_signal_handlers()
    yield
    for signal, sender, name in WAGTAILS_MAILS:
        assert signal.disconnect(sender=sender, dispatch_uid=name)


@pytest.fixture
def approved(client, django_capture_on_commit_callbacks):
    """An editor submits a day, and STAR approves it."""

    def approve():
        page = day_page(course_page())
        editor = editor_of(page.get_parent().specific.course)
        manager = person_with(Role.PROGRAMME_MANAGER)
        for person in (editor, manager):
            sync_groups(person=person)
        client.get(reverse("home:front"))
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision(user=editor)
            state = page.get_workflow().start(page, editor)
            state.current_task_state.approve(user=manager)

    return approve


def test_submitting_and_approving_sends_no_mail(approved, mailoutbox):
    approved()

    assert mailoutbox == []


@pytest.mark.usefixtures("wagtail_speaks_itself")
def test_wagtail_left_alone_would_have_sent_some(approved, mailoutbox):
    approved()

    assert len(mailoutbox) > 0
