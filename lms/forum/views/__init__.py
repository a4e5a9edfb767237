"""The pages of the community."""

from lms.forum.views.answering import edit_reply, follow, reply, tried
from lms.forum.views.moderating import hide, hide_reply, report, report_reply
from lms.forum.views.reading import discussion, discussions
from lms.forum.views.writing import edit, new, write

__all__ = [
    "discussion",
    "discussions",
    "edit",
    "edit_reply",
    "follow",
    "hide",
    "hide_reply",
    "new",
    "reply",
    "report",
    "report_reply",
    "tried",
    "write",
]
