"""The people and things of the matrix: own, of another group, of another provider, drafts and what is hidden."""

from dataclasses import dataclass, field
from datetime import datetime

from django.test import Client
from django.utils import timezone

from lms.meetings.models import Meeting
from lms.people.models import User
from tests.access import content, days, polls, seats, sharing, staff, work
from tests.access.asking import Visitor
from tests.access.people import ANONYMOUS, FORMER, ROLES, Places, end_job, join, make_group, make_people, make_places
from tests.factories.courses import course_page
from tests.factories.meetings import CohortFactory
from tests.factories.programme import CourseFactory, PrincipleFactory, TargetGroupFactory, ThemeFactory

# Whose row it is. »mine« was written by the person who asks, or by the job consultant where that role writes none;
# »draft« by somebody of the own group, provider or municipality who has not shown it to anybody.
NONE, MINE, OWN, OWN_GROUP, OTHER_GROUP, OTHER, DRAFT, HIDDEN = (
    "-", "mine", "own", "own_group", "other_group", "other", "draft", "hidden",
)  # fmt: skip


@dataclass
class World:
    now: datetime
    places: Places
    people: dict[str, User] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)
    # Whose calendar is »own«: another member of the own group.
    member: User | None = None
    # The cohorts' teaching days, by relation.
    teaching: dict[str, Meeting] = field(default_factory=dict)
    # Kind of thing → relation → what stands in its address; for »mine« a value per role.
    things: dict[str, dict] = field(default_factory=dict)

    def relations(self, kind: str) -> list[str]:
        return list(self.things[kind])

    def values(self, kind: str, relation: str, role: str) -> dict:
        found = self.things[kind][relation]
        return found.get(role, found["job_consultant"]) if relation == MINE else found


def build() -> World:
    now = timezone.now()
    world = World(now, make_places())
    own, other = _cohort(world, world.places.provider, "eget"), _cohort(world, world.places.other_provider, "andet")
    groups = {
        OWN: make_group(own, world.places, name="Gruppe Et"),
        OTHER_GROUP: make_group(own, world.places, name="Gruppe To"),
        OTHER: make_group(other, world.places, provider=world.places.other_provider, name="Gruppe Tre"),
    }
    world.people = make_people(world.places, groups[OWN])
    members = {
        OWN: join(groups[OWN], "Pingvinen Hansen", email="paafuglen@example.org"),
        OTHER_GROUP: join(groups[OTHER_GROUP], "Flamingoen Jensen"),
        OTHER: join(groups[OTHER], "Lemuren Olsen"),
    }
    PrincipleFactory(), ThemeFactory(), TargetGroupFactory()
    world.member = members[OWN]
    world.things |= days.make_days(world, groups, members)
    world.things |= content.make_content(world, own, other)
    world.things |= sharing.make_forum(world)
    world.things |= polls.make_polls(world, groups)
    world.things |= polls.make_make_ups(world, own, other, members[OTHER])
    world.things |= seats.make_wishes(world, own, other)
    world.things |= work.make_work_accounts(world)
    world.things |= staff.make_staff(world)
    world.things |= work.make_erasures(world)
    end_job(world.people[FORMER], timezone.localdate(now))
    world.visitors = {role: _visitor(world, role) for role in ROLES}
    return world


def _cohort(world, provider, slug):
    course = CourseFactory(provider=provider, slug=f"forloeb-{slug}")
    course_page(course, title=f"Forløb {slug}")
    return CohortFactory(course=course, slug=f"hold-{slug}", name=f"Hold {slug}")


def _visitor(world: World, role: str) -> Visitor:
    visitor = Visitor()
    if role != ANONYMOUS:
        client = Client()
        client.force_login(world.people[role])
        visitor.cookies = client.cookies
    return visitor
