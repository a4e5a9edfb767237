import pytest

from lms.formats.markdown import SANITISER_VERSION
from lms.forum import actions
from lms.forum.models import Discussion, Post
from tests.factories.forum import DiscussionFactory, PostFactory, consultant_in, reply_by, shared_by

pytestmark = pytest.mark.django_db


def test_fresh_texts_cost_nothing(django_assert_num_queries):
    discussion = shared_by(consultant_in())
    post = reply_by(consultant_in(), discussion)

    with django_assert_num_queries(0):
        actions.freshen(discussion=discussion, posts=[post])


def test_what_an_older_sanitiser_left_is_rendered_anew():
    discussion = DiscussionFactory(body="*Nu*", html={"body": "<p onclick>gammelt</p>"})
    posts = [PostFactory(discussion=discussion, body="**Nu**", html="<b onclick>gammelt</b>") for _ in range(3)]

    actions.freshen(discussion=discussion, posts=posts)

    row = Discussion.objects.get()
    assert (row.html, row.excerpt, row.sanitiser_version) == ({"body": "<p><em>Nu</em></p>\n"}, "Nu", SANITISER_VERSION)
    assert discussion.html == row.html
    assert set(Post.objects.values_list("html", "sanitiser_version")) == {
        ("<p><strong>Nu</strong></p>\n", SANITISER_VERSION)
    }


def test_many_stale_replies_take_as_many_queries_as_one(django_assert_num_queries):
    discussion = shared_by(consultant_in())
    posts = [PostFactory(discussion=discussion) for _ in range(30)]

    with django_assert_num_queries(1):
        actions.freshen(discussion=discussion, posts=posts)


def test_a_text_edited_meanwhile_is_not_overwritten():
    discussion = DiscussionFactory(body="Før")
    Discussion.objects.update(revision=2, html={"body": "<p>Efter</p>"})

    actions.freshen(discussion=discussion, posts=[])

    assert Discussion.objects.get().html == {"body": "<p>Efter</p>"}
