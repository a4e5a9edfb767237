"""Pages that need every feature: what they show, and to whom."""

from lms.home.queries.demo import demo_people, demo_roles
from lms.home.queries.front import front_page
from lms.home.queries.overview import overview_for
from lms.home.queries.pages import edition_to_read, old_statements, privacy_texts, text_of
from lms.home.queries.search import search_for

__all__ = [
    "demo_people",
    "demo_roles",
    "edition_to_read",
    "front_page",
    "old_statements",
    "overview_for",
    "privacy_texts",
    "search_for",
    "text_of",
]
