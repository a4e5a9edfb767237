from lms.formats.text import clean_line
from lms.forum.methods import LONGEST_SEARCH
from lms.forum.models import Discussion

# Nobody reads further, and all of them are sorted by how well they fit.
MOST_HITS = 200


def search_discussions(user, text: str, limit: int = 20) -> list[Discussion]:
    """The shared discussions that fit best, of those ``user`` may see."""
    return _search(user, text, Discussion.objects.as_cards(), limit)


def found_ids(user, text: str) -> list[int]:
    """Ids of what ``text`` finds for ``user``, the best first."""
    return [discussion.pk for discussion in _search(user, text, Discussion.objects.only("pk"), MOST_HITS)]


def _search(user, text, rows, limit):
    words = clean_line(text)[:LONGEST_SEARCH].strip()
    if not words:
        return []
    # Who may see what is part of the search itself: filtered afterwards, the number of hits would tell.
    readable = Discussion.objects.shared().visible_to(user).order_by()
    return list(rows.filter(pk__in=readable.values("pk")).search(words)[:limit])
