"""The log's words are one list, and what the source writes is on it."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from lms.people.methods.verbs import COARSE, VERBS, sentence

RECORDING = {"record", "record_coarsely", "record_number"}


def sources() -> dict[Path, ast.Module]:
    folders = ("lms", "courses", "supervision")
    paths = [path for folder in folders for path in (settings.BASE_DIR / folder).rglob("*.py")]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths if "migrations" not in path.parts}


def verbs_in(tree: ast.Module) -> set[str]:
    """Every word given to ``verb=`` of the log, also through a parameter or a table of the same module."""
    found = set()
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in calls_in(function, RECORDING):
            for value in [keyword.value for keyword in call.keywords if keyword.arg == "verb"]:
                found |= words_of(value, function, tree)
    return found


def calls_in(node, names) -> list[ast.Call]:
    return [call for call in ast.walk(node) if isinstance(call, ast.Call) and getattr(call.func, "id", "") in names]


def words_of(value, function, tree) -> set[str]:
    if isinstance(value, ast.Constant):
        return {value.value}
    if isinstance(value, ast.IfExp):
        return words_of(value.body, function, tree) | words_of(value.orelse, function, tree)
    if isinstance(value, ast.Subscript):
        return {word.value for word in table_named(value.value.id, tree).values}
    return handed_over(value.id, function, tree)


def table_named(name, tree) -> ast.Dict:
    [table] = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]
    return table


def handed_over(name, function, tree) -> set[str]:
    """What the callers in the module give for the parameter of that name."""
    places = [argument.arg for argument in function.args.args]
    found = set()
    for call in calls_in(tree, {function.name}):
        by_name = [keyword.value for keyword in call.keywords if keyword.arg == name]
        [value] = by_name or [call.args[places.index(name)]]
        found |= words_of(value, function, tree)
    return found


@pytest.fixture(scope="module")
def written() -> set[str]:
    # What is handed on as it comes, by ``record`` itself, is not a word of its own.
    return {
        verb for path, tree in sources().items() if path.name != "audit.py" or "actions" not in path.parts
        for verb in verbs_in(tree)
    }  # fmt: skip


def test_words_in_the_source_are_the_list(written, report):
    report(f"{len(written)} words of the log in the source, {len(VERBS)} on the list")

    assert written | COARSE.keys() == VERBS.keys()


@pytest.mark.parametrize(
    ("source", "verbs"),
    [
        ('def f():\n    record(verb="a")', {"a"}),
        ('def f(x):\n    record(verb="a" if x else "b")', {"a", "b"}),
        ('T = {1: "a", 2: "b"}\ndef f(x):\n    record(verb=T[x])', {"a", "b"}),
        ('def f(x, verb):\n    record(verb=verb)\ndef g():\n    f(1, "a")\n    f(1, verb="b")', {"a", "b"}),
    ],
)
def test_word_is_found_however_it_is_given(source, verbs):
    assert verbs_in(ast.parse(source)) == verbs


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_word_has_a_sentence_of_its_own(language):
    with override(language):
        sentences = [sentence(verb) for verb in VERBS]

    assert (len(set(sentences)), [s for s in sentences if s in VERBS]) == (len(VERBS), [])


def test_each_sentence_is_danish_in_danish():
    with override("da"):
        danish = {verb: sentence(verb) for verb in VERBS}
    with override("en"):
        english = {verb: sentence(verb) for verb in VERBS}

    assert [verb for verb in VERBS if danish[verb] == english[verb]] == []


def test_word_that_has_gone_out_of_use_says_itself():
    assert sentence("sang_a_song") == "sang_a_song"
