"""Every way up is tried from every role, and leads nowhere."""

import os

import pytest
from django.db import transaction
from django.test import Client

from courses.actions import sync_groups
from tests.access.asking import Visitor
from tests.access.climbing import SUPERUSER, Climber
from tests.access.ladders import ADMIN_LADDERS
from tests.access.people import ANONYMOUS, ROLES
from tests.access.people_ladders import PEOPLE_LADDERS
from tests.factories.people import UserFactory

LADDERS = [*ADMIN_LADDERS, *PEOPLE_LADDERS]
# In full from every role; otherwise from each third, another third with the next ladder.
STEP = 1 if os.environ.get("FODFAESTE_DRILL") == "full" else 3
TRIED = [
    (ladder, role)
    for place, ladder in enumerate(LADDERS)
    for number, role in enumerate(ROLES)
    if role not in ladder.rightful and (place + number) % STEP == 0
]
pytestmark = [pytest.mark.django_db, pytest.mark.drill]


def climb(ladder, world, role) -> bool:
    """Whether anything is different at the top. Whatever happened is undone."""
    with transaction.atomic():
        climber = climber_of(world, role)
        if climber.person:
            sync_groups(person=climber.person)  # the admin's first request would, and that is no step up
        ladder.foot(climber)
        before = ladder.top(climber)
        ladder.climb(climber)
        after = ladder.top(climber)
        transaction.set_rollback(True)
    return before != after


def climber_of(world, role) -> Climber:
    if role != SUPERUSER:
        person = world.people.get(role) if role != ANONYMOUS else None
        return Climber(world, role, world.visitors[role], person)
    person, client, visitor = UserFactory(is_superuser=True), Client(), Visitor()
    client.force_login(person)
    visitor.cookies = client.cookies
    return Climber(world, role, visitor, person)


@pytest.mark.parametrize("ladder, role", [pytest.param(*one, id=f"{one[0].name}-{one[1]}") for one in TRIED])
def test_way_up_leads_nowhere(world, ladder, role):
    assert not climb(ladder, world, role)


@pytest.mark.parametrize("ladder", [one for one in LADDERS if one.control], ids=lambda ladder: ladder.name)
def test_control_whoever_has_the_right_gets_up(world, ladder):
    assert climb(ladder, world, ladder.control)


def test_ways_up_were_counted(report):
    report(f"{len(LADDERS)} ladders, {len(TRIED)} tries from {len(ROLES)} roles: 0 succeeded")
    assert ({ladder.name for ladder, _role in TRIED}, {role for _ladder, role in TRIED}) == (
        {ladder.name for ladder in LADDERS}, set(ROLES),
    )  # fmt: skip
    assert len({ladder.name for ladder in LADDERS}) == len(LADDERS) >= 12
