import uuid
from datetime import timedelta

import pytest

from lms.formats.markdown import SANITISER_VERSION
from lms.forum import actions
from lms.forum.models import Post
from lms.notifications.models import Notice
from lms.people.models import AuditEntry
from tests.factories.forum import WRITTEN_AT, FollowFactory, consultant_in, home_of, reply_by, shared_by
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + timedelta(hours=2)


@pytest.fixture
def discussion():
    return shared_by(consultant_in())


def told():
    return sorted(Notice.objects.filter(occasion="forum.replied").values_list("recipient_id", "object_id", "revision"))


def test_a_reply_stands_as_it_was_written(discussion, reader):
    post = reply_by(reader, discussion, "**Prøv** det", now=LATER)

    row = Post.objects.get()
    assert (row, row.author, row.organisation, row.body, row.created_at) == (
        post,
        reader,
        home_of(reader),
        "**Prøv** det",
        LATER,
    )
    assert (row.html, row.sanitiser_version) == ("<p><strong>Prøv</strong> det</p>\n", SANITISER_VERSION)


def test_a_reply_is_counted_and_moves_the_discussion(discussion, reader):
    reply_by(reader, discussion, now=LATER)

    discussion.refresh_from_db()
    assert (discussion.reply_count, discussion.last_activity_at, discussion.created_at) == (1, LATER, WRITTEN_AT)


def test_a_reply_is_not_counted_while_hidden(discussion, reader):
    reply_by(reader, discussion)
    Post.objects.update(is_hidden=True)

    reply_by(reader, discussion)

    discussion.refresh_from_db()
    assert discussion.reply_count == 1


def test_followers_are_told_once_per_reply_and_the_author_of_it_is_not(discussion, reader):
    follower = FollowFactory(discussion=discussion).person
    FollowFactory()

    post = reply_by(reader, discussion)

    assert told() == sorted([(discussion.author_id, discussion.pk, post.pk), (follower.pk, discussion.pk, post.pk)])


def test_somebody_who_is_gone_is_not_told(discussion, reader):
    FollowFactory(discussion=discussion, person=UserFactory(is_active=False))

    post = reply_by(reader, discussion)

    assert told() == [(discussion.author_id, discussion.pk, post.pk)]


def test_who_replies_follows_and_has_read_to_there(discussion, reader):
    reply_by(reader, discussion, now=LATER)

    assert discussion.follows.get(person=reader).seen_at == LATER


def test_who_follows_already_has_read_to_the_own_reply(discussion):
    reply_by(discussion.author, discussion, now=LATER)

    assert (discussion.follows.get().seen_at, told()) == (LATER, [])


def test_the_same_form_sent_twice_is_one_reply(discussion, reader):
    key = uuid.uuid4()
    values = {"discussion": discussion, "author": reader, "organisation": home_of(reader).pk, "form_key": key}

    first, second = (actions.reply(body="Ja", now=LATER, **values) for _ in range(2))

    assert (first, Post.objects.count(), len(told())) == (second, 1, 1)


def test_editing_a_reply_says_so_and_tells_nobody(discussion, reader):
    post = reply_by(reader, discussion)
    before = told()

    actions.edit_reply(post=post, by=reader, body="*Nej*", now=LATER)

    post.refresh_from_db()
    assert (post.body, post.html, post.edited_at, told()) == ("*Nej*", "<p><em>Nej</em></p>\n", LATER, before)


def test_replies_and_edits_are_noted_without_their_words(discussion, reader):
    post = reply_by(reader, discussion)
    actions.edit_reply(post=post, by=reader, body="Nej", now=LATER)

    rows = AuditEntry.objects.filter(object_type="forum.post").order_by("pk")
    assert list(rows.values_list("verb", "actor_id", "object_id")) == [
        ("reply", reader.pk, post.pk),
        ("edit_reply", reader.pk, post.pk),
    ]
