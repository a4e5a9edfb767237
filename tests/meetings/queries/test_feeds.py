"""A feed asks a narrow question for speed: it is held here against the wide one, and its version against its text."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lms.meetings import actions, ical, queries
from lms.meetings.models import Invitee, Meeting
from lms.meetings.queries.prepared import ask
from lms.people.models import Membership, Role, User
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import MunicipalityFactory, person_with
from tests.meetings.days import NOW, schedule

TODAY = NOW.date()
MINUTE = timedelta(minutes=1)


def feed(person, today=TODAY):
    return queries.feed_of(queries.feed_token(person), today)


def uids(person):
    """What the narrow question finds, as one finds it in the text."""
    found = feed(person)
    days = queries.days_in(found) if found else []
    return {line.removeprefix("UID:") for text, _ in days for line in text.split("\r\n") if line.startswith("UID:")}


def widely(person):
    """What the person may see and is on."""
    person = User.objects.get(pk=person.pk)
    mine = Invitee.objects.active().filter(person=person).values("meeting")
    return set(Meeting.objects.visible_to(person).scheduled().filter(pk__in=mine).values_list("uid", flat=True))


@pytest.fixture
def world(standing):
    """Days of every kind: the cohort's, a group's with its supervisor, one with a guest, and a stranger's."""
    provider = standing.cohort.course.provider
    group = SupervisionGroupFactory(cohort=standing.cohort, supervisor=person_with(Role.SUPERVISOR, provider))
    standing.member, standing.leader = member_of(group), group.supervisor
    schedule(standing.cohort, trainers=[standing.instructor, standing.editor])
    schedule(standing.cohort, group=group, title="Supervisionsdag 1")
    actions.invite_guest(meeting=schedule(standing.cohort, days=9), person=standing.guest, by=None, now=NOW)
    schedule(standing.stranger.enrolments.get().cohort)
    return standing


def people(world):
    return [person for name, person in vars(world).items() if name != "cohort"]


def test_everybody_gets_exactly_what_they_may_see_and_are_on(world):
    assert {person.pk: uids(person) for person in people(world)} == {
        person.pk: widely(person) for person in people(world)
    }
    assert {len(uids(person)) for person in people(world)} == {0, 1, 2, 3}


@pytest.mark.parametrize("name", ["owner", "member", "leader", "instructor", "guest"])
def test_a_feed_follows_what_is_taken_away(world, name):
    person = getattr(world, name)
    assert uids(person)

    Membership.objects.filter(person=person).update(
        start_date=TODAY - 9 * MINUTE * 1440, end_date=TODAY - MINUTE * 1440
    )

    assert uids(person) == widely(person) == set()


def test_a_trainer_who_leaves_the_provider_for_a_municipality_keeps_no_days(world):
    Membership.objects.filter(person=world.instructor).update(
        role=Role.JOB_CONSULTANT, organisation=MunicipalityFactory()
    )

    assert uids(world.instructor) == widely(world.instructor) == set()


def test_a_kursist_who_withdraws_keeps_no_days(world):
    actions.withdraw(enrolment=world.member.enrolments.get(), by=None, now=NOW)

    assert uids(world.member) == widely(world.member) == set()


def test_the_prepared_question_is_the_orms_own(world):
    for person in people(world):
        direct = queries.feeds.texts_of_days(person.pk, TODAY)
        assert ask(queries.feeds.texts_of_days, person=person.pk, today=TODAY) == list(direct)


def test_the_version_alone_reads_no_text(world):
    with CaptureQueriesContext(connection) as asked:
        feed(world.owner)

    assert len(asked) == 2
    assert not any("vevent" in query["sql"] for query in asked)


EDITS = st.lists(
    st.sampled_from(["room", "nothing", "start", "leave", "return_", "answer", "cancel", "add", "rename", "wait"]),
    max_size=10,
)


class Days:
    """One person's days, and whatever happens to them."""

    def __init__(self):
        self.now, self.count = NOW, 0
        self.cohort = CohortFactory()
        self.person = kursist_in(self.cohort)
        self.meetings = [schedule(self.cohort, days=30), schedule(self.cohort, days=40)]

    def apply(self, edit):
        self.now += MINUTE
        self.count += 1
        getattr(self, edit)()

    def change(self, **changes):
        meeting = Meeting.objects.get(pk=self.meetings[self.count % 2].pk)
        if not meeting.is_cancelled:
            actions.change_meeting(meeting=meeting, by=None, now=self.now, **changes)

    def room(self):
        self.change(room=f"Lokale {self.count}")

    def nothing(self):
        self.change()

    def start(self):
        self.change(starts_at=NOW + timedelta(days=20, minutes=self.count))

    def leave(self):
        actions.withdraw(enrolment=self.person.enrolments.get(), by=None, now=self.now)

    def return_(self):
        municipality = self.person.enrolments.get().municipality
        actions.enrol(person=self.person, cohort=self.cohort, municipality=municipality, by=None, now=self.now)

    def answer(self):
        invitee = self.meetings[0].invitees.get(person=self.person)
        actions.answer_invitation(invitee=invitee, answer="accepted", by=None, now=self.now)

    def cancel(self):
        actions.cancel_meeting(meeting=self.meetings[self.count % 2], by=None, now=self.now)

    def add(self):
        schedule(self.cohort, days=50 + self.count, now=self.now)

    def rename(self):
        User.objects.filter(pk=self.person.pk).update(name=f"Mette {self.count}")

    def wait(self):
        self.now += timedelta(hours=2)

    def seen(self):
        found = feed(self.person)
        return found.version, ical.publish(queries.days_in(found), name="Fodfæste")


class VersionsAndTexts(TestCase):
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(edits=EDITS)
    def test_the_version_changes_exactly_when_the_text_does(self, edits):
        days = Days()
        seen = [days.seen()]

        for edit in edits:
            days.apply(edit)
            seen.append(days.seen())

        versions, texts = ({pair[part] for pair in seen} for part in (0, 1))
        assert len(set(seen)) == len(versions) == len(texts)
