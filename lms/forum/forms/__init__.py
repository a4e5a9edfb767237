"""What people type in the community. Every form stands behind the writing guard."""

from lms.forum.forms.answering import ReplyForm, ReportForm, TriedForm
from lms.forum.forms.writing import FORMS, PRACTICE_HEADINGS, DiscussionForm

__all__ = ["FORMS", "PRACTICE_HEADINGS", "DiscussionForm", "ReplyForm", "ReportForm", "TriedForm"]
