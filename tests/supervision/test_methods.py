from datetime import UTC, datetime, timedelta

from supervision import methods

DAY_ENDS = datetime(2026, 12, 18, 14, 30, tzinfo=UTC)


def test_case_is_deleted_a_fortnight_after_its_day():
    assert methods.deletion_moment(DAY_ENDS) == datetime(2027, 1, 1, 14, 30, tzinfo=UTC)


def test_day_is_due_exactly_when_its_cases_have_been_kept_long_enough():
    moment = methods.deletion_moment(DAY_ENDS)

    assert methods.last_end_to_delete(moment) == DAY_ENDS
    assert methods.last_end_to_delete(moment - timedelta(seconds=1)) < DAY_ENDS
