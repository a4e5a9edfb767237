"""Work accounts: set up, changed, tried, switched on and off; and people coming in through them."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.people.actions.audit import record
from lms.people.actions.invitations import InvitationClosed, accept
from lms.people.methods import certificates, sealing
from lms.people.methods.claims import Identity
from lms.people.methods.problems import Problem, SignInRefused
from lms.people.models import Organisation, User, WorkAccount
from lms.people.queries import standing_of_identity
from lms.people.rules import must_use_work_account

# What a sign-in round depends on: after a change of these it must be tried again.
CONNECTION = (
    "issuer", "client_id", "entity_id", "sso_url", "slo_url", "certificates",
    "email_claim", "name_claim", "subject_claim", "cvr",
)  # fmt: skip


class DomainTaken(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Another work account has the domain."""


class NotTried(Exception):  # noqa: N818
    """No sign-in round has gone well since the connection was changed."""


@transaction.atomic
def set_up_work_account(*, organisation: Organisation, shape: str, by: User, now: datetime) -> WorkAccount:
    """Begin a work account, so that our own addresses can be given to the organisation. It lets nobody in yet."""
    account = WorkAccount(organisation=organisation, shape=shape, created_at=now, changed_at=now)
    if not account.is_oidc:
        key, account.own_certificate = certificates.make_pair(name="Fodfæste", now=now)
        account.sealed_own_key = sealing.seal(key, keys=settings.SEALING_KEYS)
    account.save()
    record(by=by, verb="set_up_work_account", about=account, now=now)
    return account


@transaction.atomic
def change_work_account(
    *, account: WorkAccount, domains: list[str], secret: str, by: User, now: datetime, **connection: str
) -> WorkAccount:
    """Store what the organisation gave us. An empty ``secret`` leaves the one we have.

    :raises DomainTaken: when a domain leads to another work account already.
    """
    fresh = WorkAccount.objects.select_for_update().get(pk=account.pk)
    changes = {
        name: connection[name]
        for name in CONNECTION
        if connection.get(name, getattr(fresh, name)) != getattr(fresh, name)
    }
    if secret:
        changes["sealed_secret"] = sealing.seal(secret, keys=settings.SEALING_KEYS)
    for name, value in changes.items():
        setattr(fresh, name, value)
    if changes:
        fresh.changed_at = now
    fresh.save()
    _keep_domains(fresh, domains)
    record(by=by, verb="changed_work_account", about=fresh, now=now)
    return fresh


def _keep_domains(account, domains):
    account.domains.exclude(name__in=domains).delete()
    held = set(account.domains.values_list("name", flat=True))
    try:
        with transaction.atomic():
            for name in domains:
                if name not in held:
                    account.domains.create(name=name)
    except IntegrityError as error:
        raise DomainTaken from error


@transaction.atomic
def note_trial(*, account: WorkAccount, went_well: bool, by: User, now: datetime) -> None:
    """A sign-in round was tried. One that went well opens the way to switching the work account on."""
    fresh = WorkAccount.objects.select_for_update().get(pk=account.pk)
    if went_well:
        fresh.tested_at = now
        fresh.save(update_fields=["tested_at"])
    record(by=by, verb="tried_work_account", about=fresh, now=now)


@transaction.atomic
def switch_work_account(
    *, account: WorkAccount, is_active: bool, is_required: bool, counts_as_second_factor: bool, by: User, now: datetime
) -> WorkAccount:
    """Switch the work account on or off, and say how much it counts.

    Off, the sessions begun through it end at their next request. The only way in, those of its people end now.

    :raises NotTried: when it would be switched on untried.
    """
    fresh = WorkAccount.objects.select_for_update().select_related("organisation").get(pk=account.pk)
    if is_active and not fresh.is_active and not fresh.is_tried:
        raise NotTried
    was = (fresh.is_active, fresh.is_required)
    fresh.is_active, fresh.is_required = is_active, is_required
    fresh.counts_as_second_factor = counts_as_second_factor
    fresh.save(update_fields=["is_active", "is_required", "counts_as_second_factor"])
    if is_active and is_required and was != (True, True):
        _end_other_sessions(fresh, now)
    record(by=by, verb="switched_work_account", about=fresh, now=now)
    return fresh


def _end_other_sessions(account, now):
    """Whoever must come in through work signs in again, through work."""
    members = User.objects.filter(memberships__in=account.organisation.memberships.current(timezone.localdate(now)))
    for session in UserSession.objects.filter(user__in=members).select_related("user"):
        if must_use_work_account(session.user):
            session.end()


@transaction.atomic
def remove_link(*, link: SocialAccount, by: User, now: datetime) -> None:
    """Let the person be found by address again, as the first time. Their sessions from work end at the next request."""
    record(by=by, verb="removed_work_link", about=link.user, now=now)
    link.delete()


def come_in_from_work(*, account: WorkAccount, identity: Identity, now: datetime) -> SocialAccount:
    """Whoever the organisation vouches for comes in; the first time they are linked, and their invitation is accepted.

    :raises SignInRefused: when they are nobody's guest. Nothing is stored then.
    """
    if not account.is_active:
        raise SignInRefused(Problem.NOT_ACTIVE)
    try:
        return _come_in(account=account, identity=identity, now=now)
    except (InvitationClosed, IntegrityError) as error:
        raise SignInRefused(Problem.NOT_INVITED) from error


@transaction.atomic
def _come_in(*, account, identity, now):
    standing = standing_of_identity(account, identity, now)
    if standing.person is None:
        raise SignInRefused(standing.problem or Problem.NOT_INVITED)
    if standing.invitation is not None:
        accept(invitation=standing.invitation, password=None, now=now)
    # Read after accepting, which took the password away: the session must know the person as they are now.
    person = User.objects.select_for_update().get(pk=standing.person.pk)
    if standing.link is not None:
        return standing.link
    link = SocialAccount.objects.create(user=person, provider=account.key, uid=identity.subject)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    record(by=person, verb="linked_work_account", about=account, now=now)
    return link
