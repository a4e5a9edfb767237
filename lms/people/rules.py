"""May this person …? Each sentence is written here once."""

from datetime import date, datetime, timedelta

from allauth.mfa import app_settings as mfa
from allauth.mfa.internal.flows.trust import create_config_fingerprint, decode_trust_cookie
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists

from lms.people.models import PROVIDER_ROLES, Membership, Organisation, Role, User, WorkAccount, access_of
from lms.people.models.membership import MANAGERS

# The roles there are at an organisation of each kind.
ROLES_AT = {
    Organisation.Kind.MUNICIPALITY: (Role.JOB_CONSULTANT, Role.LOCAL_MANAGER),
    Organisation.Kind.PROVIDER: (Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR, Role.EDITOR),
    Organisation.Kind.REGION: (Role.IPS_AMBASSADOR, Role.PSYCHIATRY_PARTNER),
    Organisation.Kind.AGENCY: (Role.PROGRAMME_MANAGER, Role.MODERATOR),
}
# A moderator reads what all providers' kursister have reported: no provider says by itself that somebody is one.
GIVEN_BY_ADMINISTRATORS = {Organisation.Kind.PROVIDER: (Role.MODERATOR,)}

# Where a session keeps that it was begun with a work account; that a second factor was given in it; when it began and
# when it last gave a sign of life.
WORK_SESSION = "work_account"
SECOND_FACTOR = "second_factor"
BEGUN_AT, SEEN_AT = "begun_at", "seen_at"

# Whoever sees many people, or decides something for others.
MUST_USE_SECOND_FACTOR = PROVIDER_ROLES | {
    Role.LOCAL_MANAGER, Role.PROGRAMME_MANAGER, Role.MODERATOR, Role.ADMINISTRATOR,
}  # fmt: skip
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LONGEST_PAUSE, LONGEST_SESSION = timedelta(hours=8), timedelta(days=7)


def can_sign_in(person: User) -> bool:
    """Whoever was invited comes in by accepting first; nobody else was ever asked to."""
    answers = list(person.invitations.values_list("accepted_at", flat=True))
    return not answers or any(answers)


def has_come_in(person: User) -> bool:
    """Whether ``person`` has ever accepted an invitation, or was given a password by other means."""
    return person.has_usable_password() or person.invitations.exclude(accepted_at=None).exists()


def roles_to_give(user, organisation: Organisation | None) -> list[Role]:
    """The roles ``user`` may give others at ``organisation``: the one place that says so.

    Its own manager gives the roles of its kind and nobody a role elsewhere. Administrators give roles everywhere, and
    alone make administrators, who belong to no organisation (``None``).
    """
    access = access_of(user)
    is_administrator = access.has(Role.ADMINISTRATOR)
    if organisation is None:
        return [Role.ADMINISTRATOR] if is_administrator else []
    kind = Organisation.Kind(organisation.kind)
    if is_administrator:
        return [*ROLES_AT[kind], *GIVEN_BY_ADMINISTRATORS.get(kind, ())]
    is_its_manager = organisation.pk in access.organisations(MANAGERS.get(kind, ""))
    return list(ROLES_AT[kind]) if is_its_manager else []


def can_give(user, role: str, *, organisation: Organisation | None, to_email: str) -> bool:
    """Nobody gives a role to themselves, so that no right is widened without a second person."""
    return role in roles_to_give(user, organisation) and to_email.strip().lower() != user.email


def can_manage_members(user, organisation: Organisation | None) -> bool:
    return bool(roles_to_give(user, organisation))


def can_move(user, membership: Membership) -> bool:
    """Administrators move other people's jobs; a manager adds people, and lets the old place end what is its own."""
    is_administrator = access_of(user).has(Role.ADMINISTRATOR)
    return is_administrator and membership.organisation_id is not None and membership.person_id != user.pk


def can_set_up_work_accounts(user) -> bool:
    """Administrators decide which organisations' sign-ins lead in here."""
    return access_of(user).has(Role.ADMINISTRATOR)


def belongs_to(person: User, organisation: Organisation, on: date) -> bool:
    """Whether ``person`` has a place at ``organisation``, from today or from a day to come."""
    return person.memberships.lasting(on).filter(organisation=organisation).exists()


def must_use_work_account(person: User) -> bool:
    """Whether an organisation of ``person`` lets its people in through its own sign-in alone."""
    organisations = person.memberships.current().values("organisation")
    domain = person.email.rpartition("@")[2]
    required = WorkAccount.objects.active().filter(is_required=True, organisation__in=organisations)
    return required.filter(domains__name=domain).exists()


def work_session_holds(begun: dict, person: User, now: datetime) -> bool:
    """Whether a session begun at work goes on: the day is not over, the work account on, the person still linked."""
    links = SocialAccount.objects.filter(provider=begun["account"], user=person)
    return begun["until"] > now.timestamp() and (
        WorkAccount.objects.active().filter(Exists(links), public_id=begun["account"]).exists()
    )


def signed_in_with_strong_factor(request) -> bool:
    """Whether the sign-in at work was one with two factors: the provider said so, or the organisation vouches."""
    return bool(request.session.get(WORK_SESSION, {}).get("is_strong"))


def must_use_second_factor(person: User) -> bool:
    """Whether something a person is today asks for more than one proof of who they are."""
    return person.is_superuser or access_of(person).has(*MUST_USE_SECOND_FACTOR)


def has_second_factor(request) -> bool:
    """Whether this very session was begun with two factors, or has been given the second one since."""
    return bool(request.session.get(SECOND_FACTOR)) or signed_in_with_strong_factor(request)


def can_remove_factor(authenticator: Authenticator) -> bool:
    """The last one stays with whoever must use it; recovery codes are none by themselves."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS).exclude(pk=authenticator.pk)
    return not must_use_second_factor(authenticator.user) or others.exists()


def can_reset_factors(user) -> bool:
    """Administrators help others who have lost their phone."""
    return access_of(user).has(Role.ADMINISTRATOR)


def is_remembered_device(request, person: User) -> bool:
    """Whether a second factor was given on this device lately, and nothing was changed or forgotten since."""
    forgotten_at = person.devices_forgotten_at.timestamp() if person.devices_forgotten_at else 0
    fresh = [trust.fingerprint for trust in decode_trust_cookie(request) if trust.at > forgotten_at]
    return mfa.TRUST_ENABLED and bool(fresh) and create_config_fingerprint(person) in fresh


def session_goes_on(session, now: datetime) -> bool:
    """Eight hours without a sign of life end a session, seven days in any case; so does not knowing when it began."""
    begun_at, seen_at = session.get(BEGUN_AT, 0), session.get(SEEN_AT, 0)
    return (
        now.timestamp() - begun_at < LONGEST_SESSION.total_seconds()
        and now.timestamp() - seen_at < LONGEST_PAUSE.total_seconds()
    )
