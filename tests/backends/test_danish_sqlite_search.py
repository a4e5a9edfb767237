from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from modelsearch.query import Fuzzy, MatchAll, Phrase, PlainText
from wagtail.search.backends import get_search_backend

from lms.forum.models import Discussion
from tests.factories.forum import DiscussionFactory

if connection.vendor != "sqlite":
    pytest.skip("The package's SQLite backend cannot even be imported elsewhere.", allow_module_level=True)

from modelsearch.backends.database.sqlite import sqlite

from lms.backends.danish_sqlite_search import (
    NOTHING,
    SearchBackend,
    StemmingIndexer,
    StemmingQueryCompiler,
    stems,
)

pytestmark = pytest.mark.django_db


def found(query, **options):
    return [discussion.title for discussion in Discussion.objects.order_by().search(query, **options)]


@pytest.mark.parametrize(
    "one, other",
    [("samtaler", "samtale"), ("arbejdsgiveren", "arbejdsgivere"), ("Kommunerne", "kommune"), ("ØNSKER", "ønske")],
)
def test_inflections_share_a_stem(one, other):
    assert stems(one) == stems(other)


def test_stems_keep_order_and_leave_signs_out():
    assert stems("Første, møde – igen?") == ["først", "mød", "igen"]


def test_compound_words_stay_one_word():
    assert stems("mentorordning") != stems("mentor")


def test_threads_have_a_stemmer_each():
    words = ["samtaler", "arbejdsgivere", "borgerne", "kommunerne"] * 200

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stems, words))

    assert found == [stems(word) for word in words]


def test_the_package_indexes_with_our_indexer():
    assert sqlite.ObjectIndexer is StemmingIndexer


def test_the_site_searches_with_our_backend():
    assert type(get_search_backend()) is SearchBackend


def test_an_indexed_row_holds_stems():
    discussion = DiscussionFactory(title="Samtaler", body="Borgerens ønsker")

    entry = discussion.index_entries.get()

    assert (entry.title, entry.body.split()) == ("samtal", ["borg", "ønsk"])


def test_an_inflected_word_finds_the_text():
    DiscussionFactory(title="Den første samtale")
    DiscussionFactory(title="Noget helt andet")

    assert found("samtaler") == ["Den første samtale"]


def test_all_words_must_be_there():
    DiscussionFactory(title="Den første samtale")

    assert found("samtale arbejdsgiver") == []


def test_words_can_be_alternatives():
    DiscussionFactory(title="Den første samtale")

    assert found("samtale arbejdsgiver", operator="or") == ["Den første samtale"]


def test_phrases_keep_their_order():
    DiscussionFactory(title="Den første samtale")

    assert [found(Phrase(text)) for text in ("første samtaler", "samtale første")] == [["Den første samtale"], []]


def test_queries_are_joined_by_and_or_and_not():
    DiscussionFactory(title="Den første samtale")
    both, either = PlainText("samtaler") & PlainText("første"), PlainText("samtaler") | PlainText("job")

    assert [found(both), found(either), found(PlainText("første") & ~PlainText("samtaler"))] == [
        ["Den første samtale"],
        ["Den første samtale"],
        [],
    ]


def test_everything_is_found_when_everything_is_asked_for():
    DiscussionFactory(title="Den første samtale")

    assert found(MatchAll()) == ["Den første samtale"]


@pytest.mark.parametrize(
    "signs", ["!!!", '"', "'", "()", "*", "-", "^", ":", "»«", "&|!", "\\", "NEAR(", "🙂", "%", "a:b"]
)
def test_signs_are_not_an_error(signs):
    DiscussionFactory(title="Den første samtale")

    assert found(signs) == []


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "NEAR", "første AND", "NOT samtale"])
def test_operators_are_words_like_others(word):
    DiscussionFactory(title="Den gode dag")

    assert found(word) == []


def test_a_pasted_page_is_no_stack_overflow():
    DiscussionFactory(title="Den første samtale")

    assert found("samtale " * 5000) == ["Den første samtale"]


def test_a_query_without_words_searches_for_what_nobody_has_written():
    compiler = StemmingQueryCompiler(Discussion.objects.order_by(), PlainText("!!!"))

    assert compiler.build_search_query_content(PlainText("!!!")).value.value == NOTHING


def test_other_queries_are_left_to_the_package():
    compiler = StemmingQueryCompiler(Discussion.objects.order_by(), PlainText("samtale"))

    with pytest.raises(NotImplementedError):
        compiler.build_search_query_content(Fuzzy("samtale"))


def test_a_changed_text_is_found_by_its_new_words_alone():
    discussion = DiscussionFactory(title="Den første samtale")

    discussion.title = "Den første arbejdsgiver"
    discussion.save()

    assert [found("samtale"), found("arbejdsgivere")] == [[], ["Den første arbejdsgiver"]]


def test_a_deleted_row_is_not_found():
    DiscussionFactory(title="Den første samtale").delete()

    assert found("samtale") == []
