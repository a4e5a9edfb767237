"""May this person …? Each sentence is written here once."""

from datetime import date, datetime

from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, Q

from lms.people.models import Organisation, Role, User, WorkAccount, access_of

# Where a session keeps that it was begun with a work account.
WORK_SESSION = "work_account"


def can_sign_in(person: User) -> bool:
    """Whoever was invited comes in by accepting first; nobody else was ever asked to."""
    answers = list(person.invitations.values_list("accepted_at", flat=True))
    return not answers or any(answers)


def can_set_up_work_accounts(user) -> bool:
    """Administrators decide which organisations' sign-ins lead in here."""
    return access_of(user).has(Role.ADMINISTRATOR)


def belongs_to(person: User, organisation: Organisation, on: date) -> bool:
    """Whether ``person`` has a place at ``organisation``, from today or from a day to come."""
    return person.memberships.filter(Q(end_date=None) | Q(end_date__gte=on), organisation=organisation).exists()


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
