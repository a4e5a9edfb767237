"""The same on SQLite with our stemmer and on PostgreSQL with its own."""

import pytest

from lms.forum import actions, queries
from lms.people.models import Role
from tests.factories.forum import DiscussionFactory, consultant_in, shared_by
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db


def titles(user, text, **options):
    return [discussion.title for discussion in queries.search_discussions(user, text, **options)]


@pytest.mark.parametrize(
    "written, asked",
    [("samtale", "samtaler"), ("samtaler", "samtale"), ("Arbejdsgivere", "arbejdsgiveren"), ("borgerens", "BORGER")],
)
def test_an_inflected_word_finds_the_other_forms(reader, written, asked):
    shared_by(consultant_in(), "Den gode start", body=f"Om {written} i praksis")

    assert titles(reader, asked) == ["Den gode start"]


@pytest.mark.parametrize(
    "field",
    [
        "title",
        "summary",
        "setting",
        "context",
        "what_we_did",
        "who_took_part",
        "effect",
        "obstacles",
        "advice",
        "materials",
    ],
)
def test_every_field_of_a_practice_description_is_searched(reader, field):
    practice = DiscussionFactory(kind="practice", **{field: "Kaffe om tirsdagen"})

    assert queries.search_discussions(reader, "kaffe") == [practice]


def test_a_word_in_the_title_weighs_more(reader):
    shared_by(consultant_in(), "Noget om start", body="Her nævnes en samtale midt i en lang tekst om alt muligt andet.")
    shared_by(consultant_in(), "Samtale", body="Kort.")

    assert titles(reader, "samtale") == ["Samtale", "Noget om start"]


def test_all_words_must_be_there(reader):
    shared_by(consultant_in(), "Samtale med arbejdsgiver")
    shared_by(consultant_in(), "Samtale med borger")

    assert titles(reader, "samtaler arbejdsgivere") == ["Samtale med arbejdsgiver"]


def test_drafts_and_hidden_ones_are_found_by_nobody():
    author, moderator = consultant_in(), person_with(Role.MODERATOR)
    shared_by(author, "Samtale i kladde", is_draft=True)
    actions.hide(thing=shared_by(author, "Samtale i skjul"), by=moderator, now=shared_by(author).created_at)

    assert [titles(person, "samtale") for person in (author, consultant_in(), moderator)] == [[], [], []]


def test_people_outside_the_community_find_nothing():
    shared_by(consultant_in(), "Samtale")

    assert [titles(person, "samtale") for person in (UserFactory(), person_with(Role.PSYCHIATRY_PARTNER))] == [[], []]


def test_the_number_of_hits_counts_only_what_one_may_see(reader):
    shared_by(consultant_in(), "Samtale")
    for _ in range(3):
        shared_by(consultant_in(), "Samtale", is_draft=True)

    assert (len(queries.found_ids(reader, "samtale")), len(titles(reader, "samtale", limit=1))) == (1, 1)


def test_a_draft_is_found_when_it_is_shared(reader):
    draft = shared_by(consultant_in(), "Samtale", is_draft=True)

    actions.edit_discussion(discussion=draft, by=draft.author, now=draft.created_at, title="Samtaler")

    assert titles(reader, "samtale") == ["Samtaler"]


def test_what_is_shown_again_is_found_again(reader):
    discussion, moderator = shared_by(consultant_in(), "Samtale"), person_with(Role.MODERATOR)
    found = []

    for change in (actions.hide, actions.unhide):
        change(thing=discussion, by=moderator, now=discussion.created_at)
        found.append(titles(reader, "samtale"))

    assert found == [[], ["Samtale"]]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "!!!",
            '"',
            "'",
            "\\",
            "()",
            ")(",
            "*",
            "-",
            "^",
            ":",
            "»«",
            "&",
            "|",
            "&|!",
            "<->",
            "%",
            "_",
            "🙂",
        ),
        *(
            "\x00",
            "a\x00b",
            "\n\r\t",
            "\u202e",
            "a:b",
            "a:*",
            "NEAR(",
            "NEAR(a b, 3)",
            "{title}:x",
            "title:x",
            "'; DROP",
        ),
        *("AND", "OR", "NOT", "a AND", "NOT a", "(a OR", '"uafsluttet', "x" * 5000, "x " * 5000, "æ" * 300),
    ],
)
def test_nothing_people_type_is_an_error(reader, text):
    shared_by(consultant_in(), "Den gode dag", body="Tekst")

    assert titles(reader, text) == []


def test_quotes_and_signs_around_words_do_no_harm(reader):
    shared_by(consultant_in(), "Den gode samtale")

    assert [titles(reader, text) for text in ('"samtale"', "samtale!", "(samtale)", "»samtaler«?")] == [
        ["Den gode samtale"]
    ] * 4


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_search_takes_one_query(reader, rows, django_assert_num_queries):
    for number in range(rows):
        shared_by(consultant_in(), f"Samtale {number}")
    titles(reader, "samtale")

    with django_assert_num_queries(1):
        found = queries.search_discussions(reader, "samtale", limit=50)
        names = [(one.title, one.author.name, one.organisation.name, one.excerpt) for one in found]
    assert len(names) == rows
