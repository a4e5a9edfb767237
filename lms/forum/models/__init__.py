"""Sharing between municipalities: discussions, replies, and what was tried elsewhere."""

from lms.forum.models.discussion import Discussion, Follow, Post
from lms.forum.models.report import Report
from lms.forum.models.tried import Tried

__all__ = ["Discussion", "Follow", "Post", "Report", "Tried"]
