from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from lms.forum import actions
from lms.forum.models import Discussion, Follow, Post, Report, Tried
from lms.people.models import Role
from tests.factories.people import MunicipalityFactory, UserFactory, person_with

WRITTEN_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


class DiscussionFactory(DjangoModelFactory):
    """A row as it lies in the database; ``shared_by`` writes one the way people do."""

    class Meta:
        model = Discussion

    kind = Discussion.Kind.QUESTION
    title = factory.Sequence("Drøftelse {}".format)
    body = "Hvordan gør I?"
    author = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MunicipalityFactory)
    created_at = WRITTEN_AT
    last_activity_at = factory.SelfAttribute("created_at")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    discussion = factory.SubFactory(DiscussionFactory)
    author = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MunicipalityFactory)
    body = "Sådan gør vi."
    created_at = WRITTEN_AT


class TriedFactory(DjangoModelFactory):
    class Meta:
        model = Tried

    discussion = factory.SubFactory(DiscussionFactory, kind=Discussion.Kind.PRACTICE)
    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MunicipalityFactory)
    outcome = Tried.Outcome.KEPT
    created_at = WRITTEN_AT


class FollowFactory(DjangoModelFactory):
    class Meta:
        model = Follow

    discussion = factory.SubFactory(DiscussionFactory)
    person = factory.SubFactory(UserFactory)
    created_at = WRITTEN_AT
    seen_at = WRITTEN_AT


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    discussion = factory.SubFactory(DiscussionFactory)
    reported_by = factory.SubFactory(UserFactory)
    reason = "Man kan se, hvem det er."
    created_at = WRITTEN_AT


def consultant_in(municipality=None, **fields):
    """A job consultant: the reader and writer the community is for."""
    return person_with(Role.JOB_CONSULTANT, municipality, **fields)


def home_of(person):
    return person.memberships.get().organisation


def shared_by(author, title="En drøftelse", kind="question", now=WRITTEN_AT, **fields):
    fields.setdefault("what_we_did" if kind == "practice" else "body", "Vi talte sammen.")
    return actions.start_discussion(
        kind=kind, title=title, author=author, organisation=home_of(author), now=now, **fields
    )


def reply_by(author, discussion, body="Sådan gør vi.", now=WRITTEN_AT):
    return actions.reply(discussion=discussion, author=author, organisation=home_of(author), body=body, now=now)
