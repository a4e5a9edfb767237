"""What holds for sessions of people."""

from django.contrib import messages
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people.rules import WORK_SESSION, work_session_holds


def work_account_sessions(get_response):
    """A session begun with a work account ends with the working day, with the work account, or with the link to it."""

    def middleware(request):
        begun = request.session.get(WORK_SESSION)
        if begun and request.user.is_authenticated and not work_session_holds(begun, request.user, timezone.now()):
            logout(request)
            messages.info(request, _("Your sign-in from work has ended. Sign in once more."))
        return get_response(request)

    return middleware
