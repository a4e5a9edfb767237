"""The check of docs/asvs.csv, on small answers of its own."""

import importlib.util
from pathlib import Path

import pytest
from django.conf import settings

spec = importlib.util.spec_from_file_location("asvs", Path(settings.BASE_DIR, "bin", "asvs.py"))
asvs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(asvs)

GOOD = {"id": "1.1.1", "level": "2", "topic": "Once", "how": "test", "where": "tests/test_x.py::test_it_holds"}


@pytest.fixture
def house(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs" / "security.md").write_text("# Security\n\n## Keys\n\nWords.\n")
    (tmp_path / "tests" / "test_x.py").write_text("def test_it_holds():\n    assert True\n\ndef helper():\n    pass\n")
    return tmp_path


def found(house, *rows):
    return list(asvs.faults(house, list(rows), required=asvs.fingerprint(list(rows))))


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"how": "manual", "where": "Keys"},
        {"how": "not applicable", "where": "No GraphQL."},
        {"how": "open", "where": "Built by another part."},
    ],
)
def test_answer_that_lives_is_no_fault(house, change):
    assert found(house, GOOD | change) == []


@pytest.mark.parametrize("column", ["id", "level", "topic", "how", "where"])
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_empty_cell_is_a_fault(house, column, empty):
    row = GOOD | {column: empty}

    assert found(house, row) == [f"{row['id']}: an empty cell"]


@pytest.mark.parametrize(
    "where",
    [
        "tests/test_x.py::test_it_is_gone",
        "tests/test_y.py::test_it_holds",
        "tests/test_x.py",
        "tests/test_x.py::helper",
        "x",
    ],
)
def test_dead_test_is_a_fault(house, where):
    assert found(house, GOOD | {"where": where}) == [f"1.1.1: no such test: {where}"]


def test_dead_section_is_a_fault(house):
    assert found(house, GOOD | {"how": "manual", "where": "Cheese"}) == [
        "1.1.1: no such section in docs/security.md: Cheese"
    ]


@pytest.mark.parametrize("how", ["not applicable", "open"])
def test_reason_of_one_word_is_a_fault(house, how):
    assert found(house, GOOD | {"how": how, "where": "later"}) == ["1.1.1: no reason"]


def test_page_that_names_a_test_file_which_is_gone_is_a_fault(house):
    page = house / "docs" / "security.md"
    page.write_text(page.read_text() + "`tests/test_x.py`, `tests/courses/test_gone.py`\n")

    assert found(house, GOOD) == ["docs/security.md names tests/courses/test_gone.py, which is not there"]


def test_unknown_way_of_answering_is_a_fault(house):
    assert found(house, GOOD | {"how": "hope"}) == ["1.1.1: »hope« is no way of answering"]


def test_answer_twice_is_a_fault(house):
    assert found(house, GOOD, GOOD) == ["1.1.1 is answered 2 times"]


@pytest.mark.parametrize("change", ["left out", "moved down", "invented"])
def test_every_number_is_there_at_its_own_level(change):
    rows = asvs.read(asvs.ROOT)
    first = rows[0]
    if change == "left out":
        rows = rows[1:]
    elif change == "moved down":
        rows[0] = first | {"level": "3"}
    else:
        rows.append(first | {"id": "99.1.1"})

    assert any(fault.startswith("the numbers are not those") for fault in asvs.faults(asvs.ROOT, rows))


def test_answers_of_this_house_are_complete(capsys, report):
    assert asvs.main() == 0

    counts = capsys.readouterr().out.strip()
    report(counts)
    assert counts.startswith("ASVS 5.0: 70 of level 1, 183 of level 2, 10 of level 3: ")


def test_columns_are_as_they_are(house):
    (house / "docs" / "asvs.csv").write_text("id,level\n1.1.1,2\n")

    with pytest.raises(SystemExit):
        asvs.read(house)
