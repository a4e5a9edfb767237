"""Pages that need every feature: what they show, and to whom."""

from lms.home.queries.demo import demo_people, demo_roles
from lms.home.queries.front import front_page
from lms.home.queries.overview import overview_for
from lms.home.queries.search import search_for

__all__ = ["demo_people", "demo_roles", "front_page", "overview_for", "search_for"]
