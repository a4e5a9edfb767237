from datetime import timedelta

import pytest
from django.core import mail

from lms.forum import actions
from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people.models import Membership, Role
from tests.factories.forum import WRITTEN_AT, FollowFactory, consultant_in, reply_by, shared_by
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db


def hours(number):
    return WRITTEN_AT + timedelta(hours=number)


@pytest.fixture
def discussion():
    return shared_by(consultant_in(name="Rasmus Toft", email="rasmus@example.org"), "Fast stol & <kaffe>")


def sent(now):
    """Recipients of what is sent at ``now``."""
    mail.outbox.clear()
    send_waiting(now=now)
    return sorted(message.to[0] for message in mail.outbox)


def test_a_follower_gets_title_name_place_and_link(discussion, reader):
    post = reply_by(reader, discussion, "Hemmelige ord", now=hours(1))

    assert sent(hours(1)) == ["rasmus@example.org"]
    (message,) = mail.outbox
    html = message.alternatives[0].content
    link = f"http://testserver/faellesskab/{discussion.pk}/?fra={post.pk}#svar-{post.pk}"
    assert "Fast stol & <kaffe>" in message.subject
    assert [part in message.body for part in ("Fast stol & <kaffe>", reader.name, post.organisation.name, link)] == [
        True
    ] * 4
    assert ("Fast stol &amp; &lt;kaffe&gt;" in html, link in html, "<kaffe>" in html) == (True, True, False)
    assert "Hemmelige" not in message.body + html + message.subject


def test_one_mail_until_it_has_been_read(discussion, reader):
    reply_by(reader, discussion, now=hours(1))
    first = sent(hours(1))
    reply_by(reader, discussion, now=hours(2))
    second = sent(hours(2))
    actions.see(discussion=discussion, person=discussion.author, now=hours(3))
    reply_by(reader, discussion, now=hours(4))
    third = sent(hours(4))

    assert (first, second, third) == (["rasmus@example.org"], [], ["rasmus@example.org"])


def test_several_replies_before_the_sender_wakes_are_one_mail(discussion, reader):
    for number in (1, 2, 3):
        reply_by(reader, discussion, now=hours(number))

    assert sent(hours(4)) == ["rasmus@example.org"]
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["dropped", "dropped", "sent"]


def test_two_discussions_are_two_mails(discussion, reader):
    other = shared_by(discussion.author)
    reply_by(reader, discussion, now=hours(1))
    reply_by(reader, other, now=hours(1))

    assert sent(hours(1)) == ["rasmus@example.org"] * 2


def dropped_because(discussion):
    return [
        lambda: actions.see(discussion=discussion, person=discussion.author, now=hours(2)),
        lambda: actions.unfollow(discussion=discussion, person=discussion.author, now=hours(2)),
        lambda: Membership.objects.filter(person=discussion.author).delete(),
        lambda: actions.hide(thing=discussion, by=person_with(Role.MODERATOR), now=hours(2)),
        lambda: actions.hide(thing=discussion.posts.get(), by=person_with(Role.MODERATOR), now=hours(2)),
        lambda: discussion.posts.all().delete(),
    ]


@pytest.mark.parametrize("reason", range(6))
def test_a_mail_is_dropped_when_it_is_no_longer_due(discussion, reader, reason):
    reply_by(reader, discussion, now=hours(1))

    dropped_because(discussion)[reason]()

    assert sent(hours(3)) == []
    assert Notice.objects.get(occasion="forum.replied").state == Notice.State.DROPPED


def test_who_follows_later_is_not_told_of_older_replies(discussion, reader):
    FollowFactory(discussion=discussion, seen_at=hours(5))

    reply_by(reader, discussion, now=hours(1))

    assert sent(hours(6)) == ["rasmus@example.org"]


def test_a_moderator_is_told_what_was_reported_but_not_why(discussion, reader):
    person_with(Role.MODERATOR, email="moderator@example.org")
    actions.report(discussion=discussion, by=reader, reason="Det er Jens fra Netto.", now=hours(1))

    assert sent(hours(1)) == ["moderator@example.org"]
    (message,) = mail.outbox
    whole = message.subject + message.body + message.alternatives[0].content
    assert (
        f"http://testserver/faellesskab/{discussion.pk}/" in message.body,
        "Netto" in whole,
        reader.name in whole,
    ) == (
        True,
        False,
        False,
    )


def test_nothing_is_said_of_a_report_somebody_has_dealt_with(discussion, reader):
    moderator = person_with(Role.MODERATOR)
    actions.report(discussion=discussion, by=reader, reason="Se her.", now=hours(1))
    actions.hide(thing=discussion, by=moderator, now=hours(1))

    assert sent(hours(2)) == []
