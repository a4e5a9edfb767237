"""Cohorts, meetings, invitations, and what the groups write."""

from datetime import timedelta

from lms.meetings.models import ImportDraft, Invitee
from lms.meetings.queries import feed_token
from lms.meetings.queries.answers import answer_token
from lms.people.models import Role
from tests.access.people import FORMER
from tests.factories.meetings import InviteeFactory, MeetingFactory, kursist_in
from tests.factories.people import InvitationFactory
from tests.factories.supervision import (
    CaseFactory,
    LearningFactory,
    NextStepFactory,
    SupervisionDayFactory,
    SupervisionMeetingFactory,
)

UNKNOWN_TOKEN = "0" * 64
# A word in each text that only some may read: it tells in whose answers the text has been.
WORDS = {"own": "Giraffen", "other_group": "Okapien", "other": "Kiwien"}

REMINDER = {"kind": "teaching", "moment": "day_before"}


def make_days(world, groups, members) -> dict:
    own, other = groups["own"].cohort, groups["other"].cohort
    teaching = {"own": _teaching(world, own), "other": _teaching(world, other)}
    supervision = {relation: _supervision_day(world, group) for relation, group in groups.items()}
    _invite(world, teaching["own"], supervision["own"].meeting, members)
    meetings = {
        "own": teaching["own"],
        "own_group": supervision["own"].meeting,
        "other_group": supervision["other_group"].meeting,
        "other": teaching["other"],
    }
    world.teaching = teaching
    return {
        "cohort": {"own": {"slug": own.slug}, "other": {"slug": other.slug}},
        "reminder": {"own": {"slug": own.slug, **REMINDER}, "other": {"slug": other.slug, **REMINDER}},
        "import": _imports(world, own, other),
        "meeting": {relation: {"pk": meeting.pk} for relation, meeting in meetings.items()},
        "answer": {"own": {"token": answer_token(_invitation_of(members["own"]))}, "other": {"token": UNKNOWN_TOKEN}},
        "feed": {"own": {"token": feed_token(members["own"])}, "other": {"token": UNKNOWN_TOKEN}},
        "invitation": _invitations(world, own),
        "group": {relation: {"pk": group.pk} for relation, group in groups.items()},
        "supervision_day": {relation: {"pk": day.pk} for relation, day in supervision.items()},
        **_writings(world, supervision, members),
    }


def _invitation_of(member):
    return Invitee.objects.kursister().select_related("meeting").filter(person=member).earliest("pk")


def _teaching(world, cohort):
    """Today, and not over yet: attendance can be taken and an invitation answered."""
    hour = timedelta(hours=1)
    return MeetingFactory(cohort=cohort, title="Dag 1", starts_at=world.now - hour, ends_at=world.now + 5 * hour)


def _supervision_day(world, group):
    starts_at = world.now + timedelta(days=14)
    meeting = SupervisionMeetingFactory(cohort=group.cohort, group=group, starts_at=starts_at)
    return SupervisionDayFactory(group=group, number=1, meeting=meeting)


def _invite(world, teaching, supervision, members):
    people = world.people
    for person in (people[Role.JOB_CONSULTANT], people[FORMER], members["own"]):
        InviteeFactory(meeting=teaching, person=person)
        InviteeFactory(meeting=supervision, person=person)
    InviteeFactory(meeting=teaching, person=people[Role.PSYCHIATRY_PARTNER], role=Invitee.Role.GUEST)
    InviteeFactory(meeting=teaching, person=people[Role.INSTRUCTOR], role=Invitee.Role.TRAINER)
    InviteeFactory(meeting=supervision, person=people[Role.SUPERVISOR], role=Invitee.Role.TRAINER)


def _imports(world, own, other):
    """Lists somebody works on: the coordinator's, and that of somebody who is nobody's colleague."""
    lists = {
        "own": ImportDraft(cohort=own, by=world.people[Role.PROVIDER_COORDINATOR], rows=[], created_at=world.now),
        "other": ImportDraft(cohort=other, by=kursist_in(other), rows=[], created_at=world.now),
    }
    ImportDraft.objects.bulk_create(lists.values())
    return {relation: {"slug": draft.cohort.slug, "public_id": draft.public_id} for relation, draft in lists.items()}


def _invitations(world, cohort):
    waiting = InvitationFactory(person=kursist_in(cohort), created_at=world.now)
    return {"own": {"token": waiting.token}, "other": {"token": UNKNOWN_TOKEN}}


def _writings(world, days, members) -> dict:
    """Cases, learnings and next steps: the asking person's, a group colleague's, another group's."""
    mine = {role: world.people[role] for role in (str(Role.JOB_CONSULTANT), FORMER)}
    supervisor = world.people[Role.SUPERVISOR]

    def case(relation, author, **fields):
        fields = {"brought": True, "situation": f"{WORDS[relation]} kommer for sent."} | fields
        return CaseFactory(day=days[relation], author=author, **fields)

    def learning(relation, person):
        text = f"{WORDS[relation]} har lært {person.pk}"
        return LearningFactory(day=days[relation], focus_person=person, noted_by=supervisor, text=text)

    def step(relation, person):
        return NextStepFactory(day=days[relation], person=person, text=f"{WORDS[relation]} spørger {person.pk}")

    draft = case("own", members["own"], brought=False, situation="Tapiren er en kladde.")
    return {
        "case": _each(case, mine, members) | {"draft": {"pk": draft.pk}},
        "learning": _each(learning, mine, members),
        "step": _each(step, mine, members),
    }


def _each(make, mine, members) -> dict:
    return {
        "mine": {role: {"pk": make("own", person).pk} for role, person in mine.items()},
        **{relation: {"pk": make(relation, person).pk} for relation, person in members.items()},
    }
