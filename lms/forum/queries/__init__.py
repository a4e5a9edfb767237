"""What the pages of the community read."""

from lms.forum.queries.listing import Facets, Option, cards_for, facets_for, new_discussions_for
from lms.forum.queries.reading import beside, discussions_for_reading, posts_page, reports_for, trials_of
from lms.forum.queries.search import found_ids, search_discussions

__all__ = [
    "Facets",
    "Option",
    "beside",
    "cards_for",
    "discussions_for_reading",
    "facets_for",
    "found_ids",
    "new_discussions_for",
    "posts_page",
    "reports_for",
    "search_discussions",
    "trials_of",
]
