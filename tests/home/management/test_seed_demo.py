"""The demo's data, on ordinary days and on odd ones."""

from collections import Counter
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone, translation

from courses.models import CoursePage, EvaluationQuestion, Material, QuizQuestion, TeachingDayPage
from lms.forum.models import Discussion, Post, Tried
from lms.home.management.demo.content import content
from lms.meetings.models import Attendance, GroupMembership, Meeting, SupervisionGroup
from lms.notifications.actions import compose, send_waiting
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from lms.people.models import Role, User
from lms.programme.models import Participation
from supervision.models import Case, Learning, NextStep

pytestmark = pytest.mark.django_db

ORDINARY = "2026-11-20T10:00+01:00"


def seed() -> str:
    told = StringIO()
    call_command("seed_demo", stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module", autouse=True)
def _seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Seeded once for all tests of this file, and rolled back after the last."""
    folder = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MAIL_FOLDER=folder / "mail", MEDIA_ROOT=folder / "media"),
        time_machine.travel(ORDINARY),
        transaction.atomic(),
    ):
        seed()
        yield
        transaction.set_rollback(True)


def test_everybody_of_the_file_and_those_invented_for_it():
    people = {row["email"]: row["name"] for row in content()["people"]}
    stored = dict(User.objects.filter(email__in=people).values_list("email", "name"))
    roles = Counter(User.objects.filter(memberships__role__in=Role).values_list("memberships__role", flat=True))

    assert (len(people), stored) == (25, people)
    assert User.objects.count() == 25 + 12
    assert set(roles) == set(Role)
    assert User.objects.exclude(email__endswith=".example").count() == 0
    assert all(person.check_password("fodfaeste-demo") for person in User.objects.all()[:2])


def test_four_groups_of_five_to_seven_from_different_municipalities():
    groups = SupervisionGroup.objects.annotate(size=Count("memberships")).order_by("name")

    sizes = {group.name: group.size for group in groups}
    assert list(sizes) == ["Vest 1", "Vest 2", "Øst 1", "Øst 2"]
    assert [name for name, size in sizes.items() if not 5 <= size <= 7] == []
    for group in groups:
        places = GroupMembership.objects.filter(group=group).values_list("enrolment__municipality", flat=True)
        assert len(set(places)) >= 3


def test_the_community_is_alive():
    assert (Discussion.objects.count(), Post.objects.count()) == (25, 88)
    assert Discussion.objects.filter(is_draft=True).count() == 0
    assert sum(Discussion.objects.values_list("reply_count", flat=True)) == 88
    assert Counter(Tried.objects.values_list("outcome", flat=True)).keys() == set(Tried.Outcome)


def test_old_cases_are_gone_and_what_came_of_them_is_kept():
    states = Counter(Case.objects.values_list("day__group__cohort__name", "state"))

    assert states == {("Øst", Case.State.BROUGHT): 3, ("Vest", Case.State.DRAFT): 5}
    assert Learning.objects.exclude(approved_at=None).count() == Learning.objects.count() == 3
    assert list(NextStep.objects.values_list("status", flat=True)) == [NextStep.Status.TRIED] * 3


def test_attendance_was_taken_on_every_day_that_was_held():
    now = timezone.now()
    marked = set(Attendance.objects.values_list("meeting", flat=True))

    assert marked == set(Meeting.objects.held(now).values_list("pk", flat=True))
    assert Attendance.objects.filter(state=Attendance.State.ABSENT).exists()


def test_the_course_is_published_with_files_behind_its_materials():
    days = TeachingDayPage.objects.live().order_by("number")

    assert [day.number for day in days] == [1, 2, 3, 4]
    assert [day.title for day in days] == [day["title"] for day in content()["teaching_days"]]
    assert Material.objects.count() == sum(len(day["materials"]) for day in content()["teaching_days"])
    for material in Material.objects.select_related("document"):
        with material.document.file.open() as file:
            assert file.read(5) == b"%PDF-"


def test_questions_for_later_are_stored():
    assert QuizQuestion.objects.count() == len(content()["quiz"])
    assert QuizQuestion.objects.filter(options__is_correct=True).distinct().count() == len(content()["quiz"])
    assert EvaluationQuestion.objects.count() == len(content()["evaluation"])


def test_the_other_provider_has_one_unpublished_day():
    course = CoursePage.objects.get(course__provider__name="Havbred Kurser")

    assert [(page.live, page.number) for page in TeachingDayPage.objects.child_of(course)] == [(False, 1)]
    assert course.live is False


def test_every_participation_is_marked_as_invented():
    assert set(Participation.objects.values_list("is_invented", flat=True)) == {True}


def test_every_mail_that_waits_goes_out_in_danish():
    now = timezone.now()
    waiting = Notice.objects.filter(state=Notice.State.WAITING, due_at__lte=now).count()

    while send_waiting(now=now):
        pass

    states = Counter(Notice.objects.values_list("state", flat=True))
    assert waiting > 0
    assert states[Notice.State.FAILED] == states[Notice.State.WAITING] == 0
    assert len(mail.outbox) > 50
    for message in mail.outbox:
        html = next(part.content for part in message.alternatives if part.mimetype == "text/html")
        assert '<html lang="da"' in html
        assert "{{" not in html + message.body + message.subject
        assert message.subject == message.subject.strip() != ""


def test_a_mail_says_something_else_in_english():
    """What is not translated would read alike in both."""
    now = timezone.now()
    for occasion in Notice.objects.filter(state=Notice.State.WAITING).values_list("occasion", flat=True).distinct():
        # The newest are the ones still due.
        waiting = Notice.objects.filter(occasion=occasion, state=Notice.State.WAITING)
        notices = waiting.select_related("recipient").order_by("-pk").iterator()
        notice = next(notice for notice in notices if occasion_for(occasion).load(notice, now))
        bodies = set()
        for language in ("da", "en"):
            notice.recipient.language = language
            bodies.add(compose(notice=notice, mail=occasion_for(occasion).load(notice, now)).body)
        assert len(bodies) == 2


def test_a_second_seed_keeps_what_is_there():
    before = (User.objects.count(), Discussion.objects.count(), Notice.objects.count())

    told = seed()

    assert told.count("\n") == 2  # kept, and indexed again, should that have been interrupted
    assert (User.objects.count(), Discussion.objects.count(), Notice.objects.count()) == before


def test_everybody_has_an_overview_of_few_queries(client, query_count):
    taken = {}
    for person in User.objects.exclude(informed_edition=0):  # the invited one reads what we keep first
        client.force_login(person)
        taken[person.name] = query_count("/overblik/")

    assert [name for name, count in taken.items() if count > 9] == []
    assert translation.get_language() == "da"
