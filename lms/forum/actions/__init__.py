"""What a person can do in the community."""

from lms.forum.actions.discussions import edit_discussion, start_discussion
from lms.forum.actions.following import follow, see, unfollow
from lms.forum.actions.moderation import hide, report, unhide
from lms.forum.actions.rendering import freshen
from lms.forum.actions.replies import edit_reply, reply
from lms.forum.actions.trials import OwnPractice, mark_tried

__all__ = [
    "OwnPractice",
    "edit_discussion",
    "edit_reply",
    "follow",
    "freshen",
    "hide",
    "mark_tried",
    "reply",
    "report",
    "see",
    "start_discussion",
    "unfollow",
    "unhide",
]
