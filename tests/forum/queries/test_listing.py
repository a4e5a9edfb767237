from datetime import timedelta

import pytest

from lms.forum import methods, queries
from lms.forum.methods import Wanted
from lms.people.models import Role
from tests.factories.forum import (
    WRITTEN_AT,
    DiscussionFactory,
    FollowFactory,
    TriedFactory,
    consultant_in,
    reply_by,
    shared_by,
)
from tests.factories.people import MunicipalityFactory, OrganisationFactory, UserFactory, person_with
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def days(number):
    return WRITTEN_AT + timedelta(days=number)


def listed(user, wanted=Wanted(), **options):  # noqa: B008 - it is frozen
    return queries.cards_for(user, wanted, **options)[0]


@pytest.fixture
def psychiatry():
    return ThemeFactory(name="psykiatri", slug="psykiatri")


@pytest.fixture
def youth():
    return ThemeFactory(name="unge", slug="unge")


def test_the_latest_activity_stands_first(reader):
    old = DiscussionFactory(created_at=days(0))
    new = DiscussionFactory(created_at=days(1))
    reply_by(reader, old, now=days(2))

    assert listed(reader) == [old, new]


def test_drafts_and_hidden_ones_are_not_listed(reader):
    DiscussionFactory(author=reader, is_draft=True)
    DiscussionFactory(is_hidden=True)

    assert listed(reader) == []


def test_moderators_see_hidden_ones_in_the_list():
    hidden = DiscussionFactory(is_hidden=True)

    assert listed(person_with(Role.MODERATOR)) == [hidden]


def test_own_drafts_are_listed_when_asked_for(reader):
    draft = DiscussionFactory(author=reader, is_draft=True)
    DiscussionFactory(is_draft=True)
    DiscussionFactory(author=reader)

    assert listed(reader, Wanted(drafts=True)) == [draft]


def test_choices_of_one_facet_widen(reader, psychiatry, youth):
    both = shared_by(consultant_in(), themes=[psychiatry, youth], now=days(1))
    one = shared_by(consultant_in(), themes=[youth])
    shared_by(consultant_in())

    assert listed(reader, Wanted(themes=("psykiatri", "unge"))) == [both, one]


def test_choices_of_different_facets_narrow(reader, psychiatry):
    principle = PrincipleFactory(number=3)
    fits = shared_by(consultant_in(), kind="tool", themes=[psychiatry], principles=[principle])
    shared_by(consultant_in(), kind="tool", themes=[psychiatry])
    shared_by(consultant_in(), kind="question", themes=[psychiatry], principles=[principle])

    assert listed(reader, Wanted(kinds=("tool",), themes=("psykiatri",), principles=(3,))) == [fits]


def test_an_unknown_theme_is_nothing_not_an_error(reader):
    DiscussionFactory()

    assert listed(reader, Wanted(themes=("findes-ikke",))) == []


def test_pages_follow_one_another_without_gap_or_twin(reader):
    rows = [DiscussionFactory(created_at=days(number // 2)) for number in range(50)]  # two on each day
    pages, after = [], ""

    for _ in range(3):
        cards, has_more = queries.cards_for(reader, Wanted(), after=after)
        pages.append((len(cards), has_more))
        after = methods.bookmark(cards[-1].last_activity_at, cards[-1].pk)
        rows = [row for row in rows if row not in cards]

    assert (pages, rows) == ([(20, True), (20, True), (10, False)], [])


def test_a_page_does_not_move_when_something_new_comes(reader):
    rows = [DiscussionFactory(created_at=days(number)) for number in range(25)]
    cards, _has_more = queries.cards_for(reader, Wanted())

    DiscussionFactory(created_at=days(99))

    after = methods.bookmark(cards[-1].last_activity_at, cards[-1].pk)
    assert listed(reader, after=after) == rows[4::-1]


def test_a_search_stands_in_its_own_order(reader):
    rows = [DiscussionFactory(created_at=days(number)) for number in range(3)]
    hits = [rows[0].pk, rows[2].pk]

    assert listed(reader, hits=hits) == [rows[0], rows[2]]


def test_a_search_has_pages_too(reader):
    rows = [DiscussionFactory() for _ in range(25)]
    hits = [row.pk for row in rows]
    first, has_more = queries.cards_for(reader, Wanted(), hits)

    after = methods.bookmark(first[-1].last_activity_at, first[-1].pk)
    assert (first, has_more, queries.cards_for(reader, Wanted(), hits, after)) == (rows[:20], True, (rows[20:], False))


def test_what_has_been_hidden_since_the_search_is_left_out(reader):
    assert listed(reader, hits=[DiscussionFactory(is_hidden=True).pk, 10**12]) == []


def test_cards_know_how_far_the_reader_has_read(reader):
    FollowFactory(discussion=DiscussionFactory(), person=reader, seen_at=days(1))

    assert [card.seen_at for card in listed(reader) + listed(consultant_in())] == [days(1), None]


def test_cards_know_where_it_was_tried_each_municipality_once(reader):
    practice = DiscussionFactory(kind="practice")
    viborg = MunicipalityFactory(name="Viborg", code="0791")
    TriedFactory(discussion=practice, organisation=viborg)
    TriedFactory(discussion=practice, organisation=viborg)
    TriedFactory(discussion=practice, organisation=OrganisationFactory())
    TriedFactory()

    assert [card.places for card in listed(reader) if card == practice] == [[("Viborg", "0791")]]


def test_facets_count_beside_the_choices_of_the_others(reader, psychiatry, youth):
    shared_by(consultant_in(), kind="tool", themes=[psychiatry, youth])
    shared_by(consultant_in(), kind="question", themes=[psychiatry])
    shared_by(consultant_in(), kind="question", themes=[youth])

    facets = queries.facets_for(reader, Wanted(kinds=("question",), themes=("psykiatri",)))

    assert [(kind.value, kind.count, kind.is_chosen) for kind in facets.kinds] == [
        ("practice", 0, False),
        ("success", 0, False),
        ("challenge", 0, False),
        ("question", 1, True),
        ("tool", 1, False),
    ]
    assert [(theme.value, theme.count, theme.is_chosen) for theme in facets.themes] == [
        ("psykiatri", 1, True),
        ("unge", 1, False),
    ]
    assert facets.hit_count == 1


def test_themes_nobody_has_used_are_no_choice(reader, psychiatry):
    assert queries.facets_for(reader, Wanted()).themes == []


def test_a_chosen_theme_stays_a_choice_also_without_hits(reader, psychiatry):
    facets = queries.facets_for(reader, Wanted(themes=("psykiatri",)))

    assert [(theme.label, theme.count, theme.is_chosen) for theme in facets.themes] == [("psykiatri", 0, True)]


def test_principles_stand_in_their_order(reader):
    third, first = (PrincipleFactory(number=number, short_name=f"Princip {number}") for number in (3, 1))
    shared_by(consultant_in(), principles=[third])

    options = queries.facets_for(reader, Wanted(principles=(1,))).principles

    assert [(option.value, option.label, option.count, option.is_chosen) for option in options] == [
        ("1", "1. Princip 1", 0, True),
        ("3", "3. Princip 3", 1, False),
    ]
    assert first.number == 1


def test_facets_count_only_what_one_may_see(reader, psychiatry):
    shared_by(consultant_in(), themes=[psychiatry], is_draft=True)
    shared_by(reader, themes=[psychiatry], is_draft=True)
    DiscussionFactory(is_hidden=True).themes.add(psychiatry)

    facets = queries.facets_for(reader, Wanted())

    assert (facets.hit_count, facets.themes, facets.draft_count) == (0, [], 1)


def test_facets_of_a_search_count_its_hits(reader, psychiatry):
    hit = shared_by(consultant_in(), themes=[psychiatry])
    shared_by(consultant_in(), themes=[psychiatry])

    facets = queries.facets_for(reader, Wanted(text="x"), hits=[hit.pk])

    assert (facets.hit_count, [theme.count for theme in facets.themes]) == (1, [1])


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_facets_take_one_query(reader, rows, django_assert_num_queries):
    for _ in range(rows):
        shared_by(consultant_in(), themes=[ThemeFactory()])
    queries.facets_for(reader, Wanted())

    with django_assert_num_queries(1):
        assert len(queries.facets_for(reader, Wanted()).themes) == rows


def test_what_is_new_is_by_others_and_the_newest_first(reader):
    first, second = (shared_by(consultant_in(), now=days(number)) for number in range(2))
    shared_by(reader, now=days(2))
    reply_by(reader, first, now=days(3))

    new = queries.new_discussions_for(reader)

    assert [(one, one.seen_at) for one in new] == [(second, None), (first, days(3))]


def test_what_is_new_can_be_limited_and_is_nothing_outside_the_community(reader):
    for _ in range(3):
        shared_by(consultant_in())

    assert [len(queries.new_discussions_for(person, 2)) for person in (reader, UserFactory())] == [2, 0]


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_what_is_new_takes_one_query_for_many_as_for_one(reader, rows, django_assert_num_queries):
    author = consultant_in()
    for _ in range(rows):
        TriedFactory(discussion=shared_by(author, kind="practice"))

    with django_assert_num_queries(1):
        assert len(queries.new_discussions_for(reader, 30)) == rows
