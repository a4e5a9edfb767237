"""What a session must remember of how it began. allauth and Django tell it by signal, whichever door it was."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_used
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from lms.people.rules import BEGUN_AT, FACTORS, SECOND_FACTOR, SEEN_AT, is_remembered_device


@receiver(user_logged_in)
def note_beginning(request, user, **_kwargs):
    """What an earlier sign-in of the same browser came to counts for nothing."""
    request.session[BEGUN_AT] = request.session[SEEN_AT] = timezone.now().timestamp()
    request.session[SECOND_FACTOR] = (
        settings.DEMO
        or any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        or is_remembered_device(request, user)
    )


@receiver(authenticator_used)
def note_second_factor(request, **_kwargs):
    """Given later, to somebody who was signed in already."""
    if request.user.is_authenticated:
        request.session[SECOND_FACTOR] = True


@receiver(authenticator_added)
def note_new_factor(request, user, authenticator, **_kwargs):
    """Setting one up proves that one has it."""
    if request.user == user and authenticator.type in FACTORS:
        request.session[SECOND_FACTOR] = True


@receiver([password_changed, password_set, password_reset])
def end_other_sessions(request, user, **_kwargs):
    """Django lets them in no longer; here they also disappear from the list of where one is signed in."""
    for session in user.usersession_set.exclude(session_key=request.session.session_key or ""):
        session.end()
