from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db.models import CharField, Count, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from lms.people.methods.claims import Identity
from lms.people.methods.problems import Problem
from lms.people.models import Invitation, User, WorkAccount
from lms.people.rules import belongs_to, can_sign_in


@dataclass(frozen=True)
class Standing:
    """Who an identity is here, and what stands in the way, if anything does."""

    person: User | None = None
    link: SocialAccount | None = None
    invitation: Invitation | None = None
    problem: Problem | None = None


def standing_of_identity(account: WorkAccount, identity: Identity, now: datetime) -> Standing:
    """Known by the mark that never changes; the first time by an address of the organisation's own domains."""
    if problem := _problem_of_mark(account, identity):
        return Standing(problem=problem)
    link = SocialAccount.objects.select_related("user").filter(provider=account.key, uid=identity.subject).first()
    if link is not None:
        return _standing_of(account, link.user, link, now)
    if problem := _problem_of_address(account, identity):
        return Standing(problem=problem)
    person = User.objects.filter(email=identity.email).first()
    if person is None:
        return Standing(problem=Problem.NOT_INVITED)
    if SocialAccount.objects.filter(provider=account.key, user=person).exists():
        return Standing(problem=Problem.ANOTHER_SUBJECT)
    return _standing_of(account, person, None, now)


def _problem_of_mark(account, identity):
    if identity.has_fleeting_subject:
        return Problem.FLEETING_SUBJECT
    if not identity.subject:
        return Problem.NO_SUBJECT
    if account.reading.needs_cvr and identity.cvr != account.cvr:
        return Problem.OTHER_CVR
    return None


def _problem_of_address(account, identity):
    if not identity.email:
        return Problem.NO_EMAIL
    if identity.is_email_denied:
        return Problem.EMAIL_DENIED
    domain = identity.email.rpartition("@")[2]
    return None if account.domains.filter(name=domain).exists() else Problem.OTHER_DOMAIN


def _standing_of(account, person, link, now):
    """Invited by the organisation or part of it, with nothing but an open invitation still to be accepted."""
    waiting = None if can_sign_in(person) else person.invitations.open(now).first()
    is_invited = waiting is not None and waiting.organisation_id == account.organisation_id
    is_welcome = is_invited or belongs_to(person, account.organisation, timezone.localdate(now))
    may_come_in = waiting is not None or can_sign_in(person)
    if not (person.is_active and is_welcome and may_come_in):
        return Standing(problem=Problem.NOT_INVITED)
    return Standing(person=person, link=link, invitation=waiting)


def work_account_for_email(email: str) -> WorkAccount | None:
    """Where the domain of ``email`` leads. It says nothing of any person."""
    domain = email.strip().lower().rpartition("@")[2]
    return WorkAccount.objects.active().select_related("organisation").filter(domains__name=domain).first()


def links_of_account(account: WorkAccount):
    """Who has signed in through the work account, by name."""
    return SocialAccount.objects.filter(provider=account.key).select_related("user").order_by("user__name", "pk")


def work_accounts_for(user):
    """Every work account with its domains and the number of people linked to it."""
    linked = SocialAccount.objects.filter(provider=Cast(OuterRef("public_id"), CharField())).order_by()
    count = linked.values("provider").annotate(number=Count("pk")).values("number")
    accounts = WorkAccount.objects.visible_to(user).select_related("organisation").prefetch_related("domains")
    return accounts.annotate(linked_count=Coalesce(Subquery(count), 0))
