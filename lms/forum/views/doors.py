"""Who comes in. Forbidden and missing look alike."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from lms.forum import rules


def community(view):
    """For people who take part in the community; a guest on single days finds nothing here."""
    return _door(view, rules.can_read)


def writers(view):
    return _door(view, rules.can_write)


def moderators(view):
    return _door(view, rules.can_moderate)


def _door(view, may_enter):
    @wraps(view)
    def guarded(request, **kwargs):
        if not may_enter(request.user):
            raise Http404
        return view(request, **kwargs)

    return login_required(guarded)
