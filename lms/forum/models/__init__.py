"""Sharing between municipalities: discussions, replies, and what was tried elsewhere."""

from lms.forum.models.discussion import FORUM_ROLES, Discussion
from lms.forum.models.post import Follow, Post
from lms.forum.models.report import Report
from lms.forum.models.tried import Tried

__all__ = ["FORUM_ROLES", "Discussion", "Follow", "Post", "Report", "Tried"]
