from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.formats.markdown import SANITISER_VERSION
from lms.forum.models import Discussion, Post, Report, Tried
from lms.people.models import Role
from tests.factories.forum import (
    WRITTEN_AT,
    DiscussionFactory,
    FollowFactory,
    PostFactory,
    ReportFactory,
    TriedFactory,
    consultant_in,
)
from tests.factories.people import OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
READERS = [role for role in Role if role != Role.PSYCHIATRY_PARTNER]


@pytest.mark.parametrize("role", READERS)
def test_everybody_in_the_community_sees_what_is_shared(role):
    discussion = DiscussionFactory()

    assert list(Discussion.objects.visible_to(person_with(role))) == [discussion]


@pytest.mark.parametrize("make", [UserFactory, lambda: person_with(Role.PSYCHIATRY_PARTNER)])
def test_others_see_nothing(make):
    person = make()
    DiscussionFactory(author=person)
    PostFactory(author=person)
    TriedFactory(person=person)

    assert [list(model.objects.visible_to(person)) for model in (Discussion, Post, Tried, Report)] == [[], [], [], []]


def test_a_draft_is_its_authors_alone():
    author = consultant_in()
    draft = DiscussionFactory(author=author, is_draft=True)

    seen = [
        list(Discussion.objects.visible_to(person)) for person in (author, consultant_in(), person_with(Role.MODERATOR))
    ]
    assert seen == [[draft], [], []]


def test_what_is_hidden_is_for_moderators():
    author = consultant_in()
    hidden = DiscussionFactory(author=author, is_hidden=True)

    seen = [
        list(Discussion.objects.visible_to(person)) for person in (author, consultant_in(), person_with(Role.MODERATOR))
    ]
    assert seen == [[], [], [hidden]]


def test_a_hidden_reply_is_for_moderators():
    author = consultant_in()
    hidden = PostFactory(author=author, is_hidden=True)

    seen = [list(Post.objects.visible_to(person)) for person in (author, consultant_in(), person_with(Role.MODERATOR))]
    assert seen == [[], [], [hidden]]


def test_replies_are_no_way_into_a_hidden_discussion():
    PostFactory(discussion__is_hidden=True)
    TriedFactory(discussion__is_hidden=True)

    assert [list(model.objects.visible_to(consultant_in())) for model in (Post, Tried)] == [[], []]


def test_reports_are_for_moderators():
    report = ReportFactory()

    seen = [
        list(Report.objects.visible_to(person))
        for person in (report.reported_by, consultant_in(), person_with(Role.MODERATOR))
    ]
    assert seen == [[], [], [report]]


def test_waiting_reports_are_those_nobody_has_dealt_with():
    ReportFactory(resolved_at=WRITTEN_AT)
    waiting = ReportFactory()

    assert list(Report.objects.waiting()) == [waiting]


def test_shared_is_neither_draft_nor_hidden():
    shared = DiscussionFactory()
    DiscussionFactory(is_draft=True)
    DiscussionFactory(is_hidden=True)

    assert list(Discussion.objects.shared()) == [shared]


def test_drafts_of_a_person():
    author = consultant_in()
    draft = DiscussionFactory(author=author, is_draft=True)
    DiscussionFactory(is_draft=True)
    DiscussionFactory(author=author)
    DiscussionFactory(author=author, is_draft=True, is_hidden=True)

    assert list(Discussion.objects.drafts_of(author)) == [draft]


def test_with_reader_says_how_far_somebody_has_read():
    follow = FollowFactory()
    FollowFactory(discussion=follow.discussion, seen_at=WRITTEN_AT + timedelta(days=1))

    seen = [Discussion.objects.with_reader(person).get().seen_at for person in (follow.person, consultant_in())]
    assert seen == [WRITTEN_AT, None]


def test_as_cards_leaves_the_long_texts_in_the_database(django_assert_num_queries):
    DiscussionFactory()

    with django_assert_num_queries(1):
        card = Discussion.objects.as_cards().get()
        str((card.title, card.author.name, card.organisation.name))
    assert "body" in card.get_deferred_fields()


def test_elsewhere_is_in_municipalities():
    tried = TriedFactory()
    TriedFactory(organisation=OrganisationFactory())

    assert list(Tried.objects.elsewhere()) == [tried]


def test_the_address_of_a_reply_names_it():
    post = PostFactory()

    assert post.get_absolute_url() == f"/faellesskab/{post.discussion_id}/?fra={post.pk}#svar-{post.pk}"


@pytest.mark.parametrize("factory", [DiscussionFactory, PostFactory])
def test_a_text_is_stale_when_an_older_sanitiser_rendered_it(factory):
    fresh, old = factory(sanitiser_version=SANITISER_VERSION), factory(sanitiser_version=SANITISER_VERSION - 1)

    assert (fresh.is_stale, old.is_stale) == (False, True)


def test_the_newest_activity_stands_first():
    old = DiscussionFactory()
    new = DiscussionFactory(last_activity_at=WRITTEN_AT + timedelta(days=1))

    assert list(Discussion.objects.all()) == [new, old]


def test_replies_stand_in_the_order_they_came():
    first = PostFactory()
    second = PostFactory(discussion=first.discussion)

    assert list(first.discussion.posts.all()) == [first, second]


def test_rows_are_called_by_their_title_or_ids():
    post, tried, follow, report = PostFactory(), TriedFactory(), FollowFactory(), ReportFactory()

    assert [str(row) for row in (post.discussion, post, tried, follow, report)] == [
        post.discussion.title,
        f"{post.author_id} {post.discussion_id}",
        f"{tried.organisation_id} {tried.discussion_id}: kept",
        f"{follow.person_id} {follow.discussion_id}",
        f"{report.discussion_id} 2026-11-02",
    ]


@pytest.mark.parametrize(
    "factory, same",
    [
        (DiscussionFactory, ("author", "form_key")),
        (PostFactory, ("author", "form_key")),
        (TriedFactory, ("discussion", "person")),
        (FollowFactory, ("discussion", "person")),
        (ReportFactory, ("discussion", "reported_by")),
    ],
)
def test_the_database_refuses_a_twin(factory, same):
    first = factory()

    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**{name: getattr(first, name) for name in same})


def test_the_database_refuses_a_second_open_report_of_a_reply():
    report = ReportFactory(post=PostFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(post=report.post, reported_by=report.reported_by)


def test_what_was_dealt_with_can_be_reported_anew():
    first = ReportFactory(resolved_at=WRITTEN_AT)

    again = ReportFactory(discussion=first.discussion, reported_by=first.reported_by)

    assert Report.objects.filter(discussion=first.discussion).count() == 2
    assert again.resolved_at is None
