from datetime import timedelta

import pytest

from lms.forum import actions
from lms.forum.models import Follow
from tests.factories.forum import WRITTEN_AT, DiscussionFactory, FollowFactory, consultant_in

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + timedelta(hours=2)


def test_following_begins_now(reader):
    discussion = DiscussionFactory()

    follow = actions.follow(discussion=discussion, person=reader, now=LATER)

    assert (follow.discussion, follow.person, follow.created_at, follow.seen_at) == (discussion, reader, LATER, LATER)


def test_following_twice_is_following(reader):
    discussion = DiscussionFactory()

    first = actions.follow(discussion=discussion, person=reader, now=WRITTEN_AT)
    second = actions.follow(discussion=discussion, person=reader, now=LATER)

    assert (first, second.seen_at) == (second, WRITTEN_AT)


def test_unfollowing_ends_it_for_that_person_alone():
    follow = FollowFactory()
    other = FollowFactory(discussion=follow.discussion)

    actions.unfollow(discussion=follow.discussion, person=follow.person, now=follow.created_at)

    assert list(Follow.objects.all()) == [other]


def test_seeing_remembers_how_far():
    follow = FollowFactory()
    other = FollowFactory(discussion=follow.discussion)

    actions.see(discussion=follow.discussion, person=follow.person, now=LATER)

    assert dict(Follow.objects.values_list("pk", "seen_at")) == {follow.pk: LATER, other.pk: WRITTEN_AT}


def test_seeing_never_goes_back():
    follow = FollowFactory(seen_at=LATER)

    actions.see(discussion=follow.discussion, person=follow.person, now=WRITTEN_AT)

    assert Follow.objects.get().seen_at == LATER


def test_seeing_is_not_following():
    actions.see(discussion=DiscussionFactory(), person=consultant_in(), now=LATER)

    assert Follow.objects.count() == 0
