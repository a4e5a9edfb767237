"""A right that ends while somebody is signed in is gone at the next request."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.meetings.models import Enrolment
from lms.people.models import Role
from tests.access.addresses import path_of
from tests.access.asking import ask
from tests.access.patterns import all_patterns

pytestmark = pytest.mark.django_db

BY_NAME = {pattern.name: pattern for pattern in all_patterns()}
CONSULTANTS = [
    ("meetings:cohort", "own"),
    ("meetings:meeting", "own"),
    ("meetings:meeting", "own_group"),
    ("courses:day", "own"),
    ("courses:reflection", "own"),
    ("courses:image", "own"),
    ("wagtaildocs_serve", "own"),
    ("supervision:group", "own"),
    ("supervision:case", "own"),
    ("supervision:case", "mine"),
    ("forum:discussion", "other"),
]
GROUP = {"supervision:group", "supervision:case"}


@pytest.fixture
def statuses(world):
    def ask_all(role, pages):
        paths = [path_of(BY_NAME[name], relation, role, world) for name, relation in pages]
        return [ask(world, role, "GET", path).kind for path in paths]

    return ask_all


@pytest.fixture
def consultant(world):
    return world.people[Role.JOB_CONSULTANT]


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def test_everything_is_open_before(statuses):
    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == ["200"] * len(CONSULTANTS)


def test_ended_membership_ends_all_of_it(statuses, consultant, yesterday):
    consultant.memberships.update(end_date=yesterday)

    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == ["404"] * len(CONSULTANTS)


def test_last_day_of_a_membership_still_counts(statuses, consultant):
    consultant.memberships.update(end_date=timezone.localdate())

    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == ["200"] * len(CONSULTANTS)


def test_withdrawal_ends_cohort_and_group_and_leaves_the_community(statuses, consultant):
    consultant.enrolments.update(state=Enrolment.State.WITHDRAWN)

    expected = ["200" if name.startswith("forum") else "404" for name, _relation in CONSULTANTS]
    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == expected


def test_leaving_the_group_ends_supervision_and_leaves_the_cohort(statuses, consultant, yesterday):
    consultant.enrolments.get().group_memberships.update(end_date=yesterday)

    ended = {("meetings:meeting", "own_group"), *((name, relation) for name, relation in CONSULTANTS if name in GROUP)}
    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == ["404" if page in ended else "200" for page in CONSULTANTS]


def test_deactivated_account_is_signed_out(statuses, consultant):
    consultant.is_active = False
    consultant.save()

    assert statuses(Role.JOB_CONSULTANT, CONSULTANTS) == ["signin"] * len(CONSULTANTS)


@pytest.mark.parametrize("change", ["role", "end_date"])
def test_supervisor_who_is_one_no_longer_reads_no_case(statuses, world, yesterday, change):
    pages = [("supervision:case", "own"), ("supervision:group", "own"), ("supervision:day", "own")]
    assert statuses(Role.SUPERVISOR, pages) == ["200"] * 3

    world.people[Role.SUPERVISOR].memberships.update(**{change: {"role": Role.EDITOR, "end_date": yesterday}[change]})

    assert statuses(Role.SUPERVISOR, pages) == ["404"] * 3


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_back_office_closes_with_the_membership(statuses, world, yesterday, role):
    pages = [("wagtailadmin_home", "-"), ("wagtailadmin_pages:edit", "own")]
    assert statuses(role, pages) == ["200"] * 2

    world.people[role].memberships.update(end_date=yesterday)

    assert statuses(role, pages) == ["404"] * 2


# A page or two that each role opens because of it.
OPENED_BY = {
    Role.JOB_CONSULTANT: [("meetings:cohort", "own"), ("forum:discussion", "other")],
    Role.LOCAL_MANAGER: [("meetings:people", "own"), ("people:organisation", "own"), ("people:add_member", "own")],
    Role.INSTRUCTOR: [("meetings:attendance", "own"), ("courses:day", "own"), ("wagtailadmin_pages:edit", "own")],
    Role.SUPERVISOR: [("supervision:case", "own"), ("meetings:meeting", "own_group")],
    Role.PROVIDER_COORDINATOR: [("meetings:outbox", "own"), ("meetings:change", "own"), ("wagtailadmin_home", "-")],
    Role.EDITOR: [("wagtailadmin_pages:edit", "own"), ("wagtaildocs:edit", "own")],
    Role.IPS_AMBASSADOR: [("forum:discussion", "other")],
    Role.PSYCHIATRY_PARTNER: [("meetings:meeting", "own")],
    Role.PROGRAMME_MANAGER: [("meetings:people", "other"), ("wagtailadmin_pages:edit", "other")],
    Role.MODERATOR: [("forum:discussion", "hidden")],
    Role.ADMINISTRATOR: [("people:work_accounts", "-"), ("people:organisation", "other"), ("wagtailadmin_home", "-")],
}


@pytest.mark.parametrize("role", Role)
def test_each_role_loses_what_it_opened_at_the_next_request(statuses, world, yesterday, role):
    pages = OPENED_BY[role]
    assert statuses(role, pages) == ["200"] * len(pages)

    world.people[role].memberships.update(end_date=yesterday)

    assert statuses(role, pages) == ["404"] * len(pages)


@pytest.mark.parametrize("role", Role)
def test_each_role_loses_what_it_opened_when_the_role_becomes_another(statuses, world, role):
    """The membership goes on, at the same place: what goes is what the role alone opened."""
    pages = [
        page
        for page in OPENED_BY[role]
        if page[0] not in {"forum:discussion", "meetings:cohort", "meetings:meeting", "courses:day"}
    ]
    assert statuses(role, pages) == ["200"] * len(pages)

    other = Role.PSYCHIATRY_PARTNER if role != Role.PSYCHIATRY_PARTNER else Role.IPS_AMBASSADOR
    if role != Role.ADMINISTRATOR:
        world.people[role].memberships.update(role=other)
    else:
        world.people[role].memberships.update(role=other, organisation=world.places.region)

    assert statuses(role, pages) == ["404"] * len(pages)


def test_moderator_who_is_one_no_longer_sees_nothing_hidden(statuses, world, yesterday):
    pages = [("forum:discussion", "hidden")]
    assert statuses(Role.MODERATOR, pages) == ["200"]

    world.people[Role.MODERATOR].memberships.update(end_date=yesterday)

    assert statuses(Role.MODERATOR, pages) == ["404"]


def test_guest_taken_off_the_day_finds_it_no_more(statuses, world):
    pages = [("meetings:meeting", "own"), ("courses:day", "own"), ("wagtaildocs_serve", "own")]
    assert statuses(Role.PSYCHIATRY_PARTNER, pages) == ["200"] * 3

    world.people[Role.PSYCHIATRY_PARTNER].invitations_to_meetings.update(is_removed=True)

    assert statuses(Role.PSYCHIATRY_PARTNER, pages) == ["404"] * 3


def test_calendar_address_stops_with_the_last_membership(world, yesterday):
    path = path_of(BY_NAME["meetings:feed"], "own", "anonymous", world)
    assert ask(world, "anonymous", "GET", path).status == 200

    world.member.memberships.update(end_date=yesterday)

    assert ask(world, "anonymous", "GET", path).status == 404
