import pytest

from courses.methods import texts_of_stream, total_minutes


@pytest.mark.parametrize(
    "raw,texts",
    [
        ("Et ord", ["Et ord"]),
        (None, []),
        (7, []),
        ([{"type": "text", "value": "<p>Hej</p>", "id": "010180-1234"}], ["<p>Hej</p>"]),
        ([{"type": "fact", "value": {"title": "A", "text": "B"}, "id": "x"}], ["A", "B"]),
        ({"principles": [{"type": "item", "value": 3, "id": "y"}]}, []),
    ],
)
def test_texts_are_what_people_typed_and_not_the_blocks_own_ids(raw, texts):
    assert list(texts_of_stream(raw)) == texts


@pytest.mark.parametrize(
    "minutes,total",
    [([], 0), ([10], 10), ([10, None, 15], 25)],
)
def test_minutes_are_added_and_a_task_without_counts_nothing(minutes, total):
    assert total_minutes([{"minutes": figure} for figure in minutes]) == total
