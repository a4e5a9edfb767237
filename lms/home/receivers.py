"""At each sign-in, through whichever door: has the person read what we keep?"""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from lms.home.queries import edition_to_read
from lms.home.rules import MUST_READ, must_read


@receiver(user_logged_in, dispatch_uid="information")
def ask_to_read(sender, request, user, **_kwargs):  # noqa: ARG001 - a receiver is given its sender
    """Asked once, and kept in the session: no page has to ask again."""
    if must_read(user, edition_to_read()):
        request.session[MUST_READ] = True
