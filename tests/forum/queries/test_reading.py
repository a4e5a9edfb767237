from datetime import timedelta

import pytest
from django.http import Http404
from django.shortcuts import get_object_or_404

from lms.forum import queries
from lms.forum.queries.reading import Label
from lms.people.models import Role
from tests.factories.forum import (
    WRITTEN_AT,
    DiscussionFactory,
    PostFactory,
    ReportFactory,
    TriedFactory,
    consultant_in,
    shared_by,
)
from tests.factories.people import RegionFactory, person_with
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_a_discussion_is_read_with_author_place_and_reader(reader, django_assert_num_queries):
    discussion = shared_by(consultant_in())
    expected = (discussion.author.name, discussion.organisation.name, None)

    with django_assert_num_queries(1):
        read = get_object_or_404(queries.discussions_for_reading(reader), pk=discussion.pk)
        assert (read.author.name, read.organisation.name, read.seen_at) == expected


def test_a_number_no_database_knows_is_not_found(reader):
    with pytest.raises(Http404):
        get_object_or_404(queries.discussions_for_reading(reader), pk=10**30)


def test_themes_and_principles_stand_beside(reader):
    themes = [ThemeFactory(name=name, slug=name.lower()) for name in ("unge", "Angst")]
    principles = [PrincipleFactory(number=number, name=f"Princip {number}") for number in (7, 2)]
    discussion = shared_by(consultant_in(), themes=themes, principles=principles)

    beside = queries.beside(discussion, reader)

    assert beside.themes == [Label("angst", "Angst"), Label("unge", "unge")]
    assert beside.principles == [Label("2", "Princip 2"), Label("7", "Princip 7")]


def test_related_ones_share_a_theme_and_may_be_seen(reader):
    theme, author = ThemeFactory(), consultant_in()
    discussion = shared_by(author, themes=[theme])
    shared_by(author, themes=[theme], is_draft=True)
    shared_by(author, themes=[ThemeFactory()])
    DiscussionFactory(is_hidden=True).themes.add(theme)
    related = shared_by(author, "Mere om det", "tool", themes=[theme, ThemeFactory()])

    (found,) = queries.beside(discussion, reader).related

    assert (found.pk, found.kind, found.title, found.author, found.reply_count) == (
        related.pk,
        "tool",
        "Mere om det",
        author.name,
        0,
    )
    assert (found.place, found.code, found.kind_label) == (
        related.organisation.name,
        related.organisation.code,
        related.get_kind_display(),
    )


def test_related_ones_are_the_three_with_the_latest_activity(reader):
    theme = ThemeFactory()
    discussion = shared_by(consultant_in(), themes=[theme])
    others = [
        shared_by(consultant_in(), themes=[theme], now=WRITTEN_AT + timedelta(days=number)) for number in range(5)
    ]

    assert [one.pk for one in queries.beside(discussion, reader).related] == [one.pk for one in others[:1:-1]]


def test_a_related_one_from_elsewhere_than_a_municipality_has_no_outline(reader):
    theme, ambassador = ThemeFactory(), person_with(Role.IPS_AMBASSADOR, RegionFactory(code="1081"))
    shared_by(ambassador, themes=[theme])

    (found,) = queries.beside(shared_by(consultant_in(), themes=[theme]), reader).related

    assert found.code == ""


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_what_stands_beside_takes_one_query(reader, rows, django_assert_num_queries):
    themes = [ThemeFactory() for _ in range(rows)]
    discussion = shared_by(consultant_in(), themes=themes, principles=[PrincipleFactory() for _ in range(rows)])
    shared_by(consultant_in(), themes=themes)

    with django_assert_num_queries(1):
        assert len(queries.beside(discussion, reader).themes) == rows


def test_replies_come_in_pages_of_fifty(reader):
    discussion = DiscussionFactory()
    posts = [PostFactory(discussion=discussion) for _ in range(120)]
    pages, start = [], 0

    for _ in range(3):
        page, start = queries.posts_page(discussion, reader, start)
        pages.append(page)

    assert (pages, start) == ([posts[:50], posts[50:100], posts[100:]], 0)


def test_fifty_replies_are_one_page(reader):
    discussion = DiscussionFactory()
    for _ in range(50):
        PostFactory(discussion=discussion)

    page, next_start = queries.posts_page(discussion, reader)

    assert (len(page), next_start) == (50, 0)


def test_hidden_replies_are_for_moderators(reader):
    hidden = PostFactory(is_hidden=True)

    pages = [queries.posts_page(hidden.discussion, person)[0] for person in (reader, person_with(Role.MODERATOR))]
    assert pages == [[], [hidden]]


def test_trials_are_read_oldest_first_with_person_and_place(django_assert_num_queries):
    practice = DiscussionFactory(kind="practice")
    trials = [TriedFactory(discussion=practice) for _ in range(3)]

    with django_assert_num_queries(1):
        found = queries.trials_of(practice)
        assert [(one, one.person.name, one.organisation.name) for one in found] == [
            (one, one.person.name, one.organisation.name) for one in trials
        ]


def test_nobody_asks_who_has_tried_a_question(django_assert_num_queries):
    question = DiscussionFactory(kind="question")

    with django_assert_num_queries(0):
        assert queries.trials_of(question) == []


def test_reports_are_read_by_moderators(reader):
    waiting = ReportFactory()
    ReportFactory(discussion=waiting.discussion, resolved_at=WRITTEN_AT)

    read = [queries.reports_for(person, waiting.discussion) for person in (reader, person_with(Role.MODERATOR))]
    assert read == [[], [waiting]]
