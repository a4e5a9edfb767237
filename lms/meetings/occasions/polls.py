"""What there is to tell of a poll about dates: it is open, an answer is missing, all have answered."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.meetings.models import DatePoll
from lms.meetings.queries.polls import people_missing
from lms.notifications.methods import Mail, Occasion, register


def asked(notice, now: datetime) -> Mail | None:
    """Only to a member whose answer is missing still, while it can be given."""
    poll = _poll(notice)
    if poll is None or not poll.is_open(now) or not people_missing(poll).filter(pk=notice.recipient_id).exists():
        return None
    return _mail(notice, poll, now)


def answered(notice, now: datetime) -> Mail | None:
    """To those who choose the date, unless it has been chosen meanwhile, or somebody new is to be waited for."""
    poll = _poll(notice)
    if poll is None or poll.closed_at or people_missing(poll).exists():
        return None
    return _mail(notice, poll, now)


def _poll(notice) -> DatePoll | None:
    polls = DatePoll.objects.visible_to(notice.recipient).select_related("group")
    return polls.filter(pk=notice.object_id).first()


def _mail(notice, poll: DatePoll, now: datetime) -> Mail:
    url = settings.BASE_URL + reverse("meetings:poll", args=[poll.pk])
    return Mail(notice.occasion, {"poll": poll, "options": list(poll.options.all()), "url": url, "now": now})


register(Occasion("meetings.poll_asked", asked))
register(Occasion("meetings.poll_nudged", asked))
register(Occasion("meetings.poll_answered", answered))
