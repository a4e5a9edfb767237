"""What a page needs read from several models."""

from courses.queries.content import DayContent, content_of, published_content
from courses.queries.copies import Copy, cohort_to_copy
from courses.queries.courses import course_for_public, course_to_plan, days_of_course
from courses.queries.days import (
    courses_for_person,
    day_for_person,
    days_for_person,
    page_for_person,
)
from courses.queries.library import materials_for_person
from courses.queries.loop import Progress, counts_of, line_at, loop_for, loop_outline, steps_of
from courses.queries.makeup import holds, make_up_for, make_ups_for, missed_day_for, other_days_for

__all__ = [
    "Copy",
    "DayContent",
    "Progress",
    "cohort_to_copy",
    "content_of",
    "counts_of",
    "course_for_public",
    "course_to_plan",
    "courses_for_person",
    "day_for_person",
    "days_for_person",
    "days_of_course",
    "holds",
    "line_at",
    "loop_for",
    "loop_outline",
    "make_up_for",
    "make_ups_for",
    "materials_for_person",
    "missed_day_for",
    "other_days_for",
    "page_for_person",
    "published_content",
    "steps_of",
]
