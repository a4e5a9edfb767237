"""Who belongs where, from a day and until a day."""

from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from lms.notifications.actions import notify
from lms.people.actions.audit import record
from lms.people.actions.invitations import invite, offer_new_link
from lms.people.models import Invitation, Membership, Organisation, Role, User
from lms.people.queries.memberships import others_who_manage
from lms.people.rules import has_come_in


class LastAdministrator(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Nobody else would be left to look after the site."""


class NobodyThere(Exception):  # noqa: N818
    """No account has the address, and there is no organisation on whose behalf somebody new could be invited."""


class BeginsTooEarly(Exception):  # noqa: N818
    """The new job would begin before the old one, or on the same day."""


@transaction.atomic
def add_membership(
    *, person: User, organisation: Organisation | None, role: str, start_date: date, by: User | None, now: datetime
) -> Membership:
    """Give ``person`` a role. Asking twice gives the same membership, as long as it still holds on that day."""
    User.objects.select_for_update().get(pk=person.pk)
    held = person.memberships.current(start_date).filter(organisation=organisation, role=role).first()
    if held:
        return held
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, start_date=start_date, added_at=now
    )
    record(by=by, verb="added_membership", about=membership, now=now)
    return membership


@transaction.atomic
def add_member(
    *, organisation: Organisation | None, email: str, name: str, role: str, start_date: date, by: User, now: datetime
) -> Membership:
    """Give whoever has the address a role. Known or not, a mail goes out: somebody new is invited, others are told.

    ``name`` is for somebody new; what people call themselves stays.

    :raises NobodyThere: for a new administrator without an account; nothing is stored then.
    """
    person = _person_with(email, name) if organisation else User.objects.with_address(email).first()
    if person is None or (organisation is None and not has_come_in(person)):
        raise NobodyThere
    membership = add_membership(
        person=person, organisation=organisation, role=role, start_date=start_date, by=by, now=now
    )
    if organisation is None or has_come_in(person):
        notify(recipients=[person], occasion="people.joined", about=membership, now=now)
    elif Invitation.objects.waiting().filter(person=person).exists():
        offer_new_link(email=person.email, now=now)
    else:
        invite(person=person, organisation=organisation, by=by, now=now)
    return membership


def _person_with(email: str, name: str) -> User:
    new = {"name": name, "password": make_password(None)}
    return User.objects.get_or_create(email=email.strip().lower(), defaults=new)[0]


@transaction.atomic
def end_membership(*, membership: Membership, end_date: date, by: User, now: datetime) -> Membership:
    """Let ``membership`` hold until ``end_date``, that day included. Access follows at the next request after it.

    It never gets longer by this; one that would end before it has begun is taken back as if it had never been given.

    :raises LastAdministrator: when nobody else would look after the site.
    """
    _keep_an_administrator(membership, localdate(now))
    fresh = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if fresh is None or (fresh.end_date and fresh.end_date <= end_date):
        return fresh or membership
    record(by=by, verb="ended_membership", about=fresh, now=now)
    if end_date < fresh.start_date:
        fresh.delete()
        return fresh
    fresh.end_date = end_date
    fresh.save(update_fields=["end_date"])
    return fresh


def _keep_an_administrator(membership: Membership, today: date) -> None:
    """All administrators' rows are locked, in one order, so that two of them cannot end each other at once."""
    if membership.role != Role.ADMINISTRATOR:
        return
    list(Membership.objects.with_role(Role.ADMINISTRATOR).order_by("pk").select_for_update())
    if not others_who_manage(membership, today).exists():
        raise LastAdministrator


@transaction.atomic
def change_job(
    *, membership: Membership, organisation: Organisation, role: str, start_date: date, by: User, now: datetime
) -> Membership:
    """Move a person: the old membership ends the day before the new one begins. The account and its history stay.

    :raises BeginsTooEarly: when the old job would not have held for a day.
    """
    if start_date <= membership.start_date:
        raise BeginsTooEarly
    end_membership(membership=membership, end_date=start_date - timedelta(days=1), by=by, now=now)
    new = add_membership(
        person=membership.person, organisation=organisation, role=role, start_date=start_date, by=by, now=now
    )
    notify(recipients=[membership.person], occasion="people.joined", about=new, now=now)
    record(by=by, verb="changed_job", about=new, now=now)
    return new
