"""What other packages change for a person is noted as well: allauth by its signals, Wagtail by its own log.

Wagtail's log copies titles and names into its rows; ours takes the number of the thing and one of a few words.
"""

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from lms.people.actions import record, record_number
from lms.people.models import User

ACCOUNT_VERBS = {
    account.user_logged_in: "signed_in",
    account.password_set: "set_password",
    account.password_changed: "changed_password",
    account.password_reset: "reset_password",
    account.email_added: "added_email",
    account.email_changed: "changed_email",
    account.email_removed: "removed_email",
    mfa.authenticator_added: "added_sign_in_method",
    mfa.authenticator_reset: "renewed_recovery_codes",
    mfa.authenticator_removed: "removed_sign_in_method",
}
# By what Wagtail calls it, without »wagtail.« in front; the longest beginning that fits.
EDITING_VERBS = {
    "": "edited_content",
    "create": "created_content",
    "create_alias": "moved_content",
    "delete": "deleted_content",
    "publish": "published_content",
    "unpublish": "unpublished_content",
    "schedule": "published_content",
    "copy": "moved_content",
    "move": "moved_content",
    "reorder": "moved_content",
    "moderation": "judged_content",
    "workflow": "judged_content",
    "view_restriction": "restricted_content",
}


def note_of_account(sender, user, signal, **_kwargs):  # noqa: ARG001 - a receiver is given its sender
    record(by=user, verb=ACCOUNT_VERBS[signal], about=user, now=timezone.now())


for _signal in ACCOUNT_VERBS:
    _signal.connect(note_of_account, dispatch_uid="audit")


@receiver(user_login_failed, dispatch_uid="audit")
def note_wrong_password(sender, credentials, **_kwargs):  # noqa: ARG001
    """For an address nobody has as well, so that both are the same work. The address itself is not kept."""
    tried = User.objects.with_address(credentials.get("email", "")).values_list("pk", flat=True).first()
    record_number(by_id=None, verb="failed_sign_in", kind="people.user", number=tried, now=timezone.now())


@receiver(account.email_confirmed, dispatch_uid="audit")
def note_confirmed_address(sender, email_address, **_kwargs):  # noqa: ARG001
    record(by=email_address.user, verb="confirmed_email", about=email_address.user, now=timezone.now())


@receiver(social.social_account_removed, dispatch_uid="audit")
def note_removed_link(sender, socialaccount, **_kwargs):  # noqa: ARG001
    record(by=socialaccount.user, verb="removed_work_link", about=socialaccount.user, now=timezone.now())


@receiver(post_save, sender=Authenticator, dispatch_uid="audit")
def note_renamed_passkey(sender, instance, created, update_fields, **_kwargs):  # noqa: ARG001
    """allauth says nothing of it. A key is saved as a whole when it is made or renamed, in part when it is used."""
    is_renamed = not created and update_fields is None and instance.type == Authenticator.Type.WEBAUTHN
    if is_renamed:
        record(by=instance.user, verb="renamed_passkey", about=instance.user, now=timezone.now())


@receiver(post_save, sender=PageLogEntry, dispatch_uid="audit")
def note_of_page(sender, instance, **_kwargs):  # noqa: ARG001
    _note_of_editing(instance, "wagtailcore.page", instance.page_id)


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="audit")
def note_of_thing(sender, instance, **_kwargs):  # noqa: ARG001
    kind = ContentType.objects.get_for_id(instance.content_type_id)
    _note_of_editing(instance, f"{kind.app_label}.{kind.model}", instance.object_id)


def _note_of_editing(entry, kind, number):
    """What nobody did (a page made by a command, one published by the clock) is not anybody's deed."""
    if entry.user_id is None:
        return
    action = entry.action.removeprefix("wagtail.")
    beginning = max((name for name in EDITING_VERBS if action.startswith(name)), key=len)
    number = int(number) if str(number).isdecimal() else None
    record_number(by_id=entry.user_id, verb=EDITING_VERBS[beginning], kind=kind, number=number, now=entry.timestamp)
