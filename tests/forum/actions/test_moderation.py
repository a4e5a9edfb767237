from datetime import date, timedelta

import pytest

from lms.forum import actions
from lms.forum.models import Report
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, Role
from tests.factories.forum import WRITTEN_AT, ReportFactory, consultant_in, reply_by, shared_by
from tests.factories.people import AgencyFactory, MembershipFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + timedelta(hours=1)


@pytest.fixture
def discussion():
    return shared_by(consultant_in())


@pytest.fixture
def moderator():
    return person_with(Role.MODERATOR)


def told():
    return list(Notice.objects.filter(occasion="forum.reported").values_list("recipient", "object_id"))


def test_a_report_reaches_the_moderators_of_today(discussion, reader, moderator):
    MembershipFactory(organisation=AgencyFactory(), role=Role.MODERATOR, end_date=date(2021, 1, 1))
    MembershipFactory(organisation=AgencyFactory(), role=Role.MODERATOR, person=UserFactory(is_active=False))

    report = actions.report(discussion=discussion, by=reader, reason="Man kan se, hvem det er.", now=LATER)

    assert (report.reported_by, report.reason, report.post, report.created_at) == (
        reader,
        "Man kan se, hvem det er.",
        None,
        LATER,
    )
    assert told() == [(moderator.pk, report.pk)]


def test_reporting_twice_is_once(discussion, reader, moderator):
    reports = {actions.report(discussion=discussion, by=reader, reason=word, now=LATER) for word in ("Et", "To")}

    assert (len(reports), Report.objects.get().reason, len(told())) == (1, "Et", 1)


def test_a_discussion_and_its_reply_are_reported_apart(discussion, reader):
    post = reply_by(consultant_in(), discussion)

    actions.report(discussion=discussion, by=reader, reason="Den.", now=LATER)
    actions.report(discussion=discussion, post=post, by=reader, reason="Og den.", now=LATER)

    assert list(Report.objects.values_list("post", flat=True)) == [None, post.pk]


def test_hiding_a_discussion_deals_with_all_its_reports(discussion, moderator):
    ReportFactory(discussion=discussion)
    ReportFactory(discussion=discussion, post=reply_by(consultant_in(), discussion))
    other = ReportFactory()

    actions.hide(thing=discussion, by=moderator, now=LATER)

    discussion.refresh_from_db()
    assert (discussion.is_hidden, list(Report.objects.waiting())) == (True, [other])
    assert set(discussion.reports.values_list("resolved_by", "resolved_at")) == {(moderator.pk, LATER)}


def test_hiding_a_reply_deals_with_the_reports_about_it(discussion, moderator):
    post = reply_by(consultant_in(), discussion)
    ReportFactory(discussion=discussion, post=post)
    about_the_whole = ReportFactory(discussion=discussion)

    actions.hide(thing=post, by=moderator, now=LATER)

    assert list(Report.objects.waiting()) == [about_the_whole]


def test_a_hidden_reply_is_not_counted_until_it_is_shown_again(discussion, moderator):
    post = reply_by(consultant_in(), discussion)
    counts = []

    for change in (actions.hide, actions.unhide):
        change(thing=post, by=moderator, now=LATER)
        discussion.refresh_from_db()
        counts.append((discussion.reply_count, discussion.last_activity_at))

    assert counts == [(0, WRITTEN_AT), (1, WRITTEN_AT)]


def test_a_discussion_can_be_shown_again(discussion, moderator):
    actions.hide(thing=discussion, by=moderator, now=LATER)

    actions.unhide(thing=discussion, by=moderator, now=LATER)

    discussion.refresh_from_db()
    assert discussion.is_hidden is False


def test_what_moderators_do_is_noted(discussion, moderator):
    actions.hide(thing=discussion, by=moderator, now=LATER)
    actions.unhide(thing=discussion, by=moderator, now=LATER)

    rows = AuditEntry.objects.filter(actor_id=moderator.pk).order_by("pk")
    assert list(rows.values_list("verb", "object_type", "object_id")) == [
        ("hide", "forum.discussion", discussion.pk),
        ("show_again", "forum.discussion", discussion.pk),
    ]
