"""The demo's data, on ordinary days and on odd ones."""

from collections import Counter
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone, translation

from courses.models import CoursePage, EvaluationQuestion, Material, QuizQuestion, TeachingDay, TeachingDayPage
from lms.forum.models import Discussion, Post, Tried
from lms.home.management.demo import community
from lms.home.management.demo.content import content
from lms.meetings.models import Attendance, GroupMembership, Meeting, SupervisionGroup
from lms.notifications.actions import compose, send_waiting
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from lms.people.models import Role, User
from lms.programme.models import Participation
from supervision.models import Case, Learning, NextStep, SupervisionDay

pytestmark = pytest.mark.django_db

ORDINARY = "2026-11-20T10:00+01:00"
ODD = {
    "a Saturday": "2026-11-21T10:00+01:00",
    "New Year's Day": "2027-01-01T00:30+01:00",
    "a leap day": "2028-02-29T23:30+01:00",
}
SATURDAY = 5


@pytest.fixture
def moment():
    return ORDINARY


@pytest.fixture
def _at(moment, demo, tmp_path):
    demo.MEDIA_ROOT = tmp_path / "media"
    with time_machine.travel(moment):
        yield


@pytest.fixture
def _seeded(_at):
    seed()


def seed() -> str:
    told = StringIO()
    call_command("seed_demo", stdout=told)
    return told.getvalue()


def held_and_coming(cohort: str, kind) -> tuple[int, int]:
    """How many different days of that kind lie behind and ahead."""
    meetings = Meeting.objects.filter(cohort__name=cohort, kind=kind)
    now = timezone.now()
    days = [{meeting.starts_at for meeting in meetings if (meeting.ends_at <= now) == held} for held in (True, False)]
    return len(days[0]), len(days[1])


@pytest.mark.parametrize("moment", [ORDINARY, *ODD.values()], ids=["a Friday", *ODD])
@pytest.mark.usefixtures("_seeded")
def test_the_story_is_the_same_on_any_day(moment):
    teaching, supervision = Meeting.Kind.TEACHING, Meeting.Kind.SUPERVISION
    now = timezone.now()
    starts = list(Meeting.objects.values_list("starts_at", flat=True))
    fourth = TeachingDay.objects.get(cohort__name="Vest", number=4).meeting
    queue = SupervisionDay.objects.get(group__name="Øst 1", number=4)

    assert held_and_coming("Vest", teaching) == (3, 1)
    assert held_and_coming("Vest", supervision) == (0, 5)
    assert held_and_coming("Øst", teaching) == (4, 0)
    assert held_and_coming("Øst", supervision) == (3, 2)
    assert [start for start in starts if timezone.localtime(start).weekday() >= SATURDAY] == []
    assert 5 <= (timezone.localtime(fourth.starts_at).date() - timezone.localdate()).days <= 8
    assert queue.meeting.starts_at > now
    assert list(queue.cases.values_list("state", flat=True)) == [Case.State.BROUGHT] * 3
    assert Case.objects.filter(day__meeting__ends_at__lte=now).count() == 0
    assert Discussion.objects.filter(created_at__gt=now).count() == 0


@pytest.mark.usefixtures("_seeded")
def test_everybody_of_the_file_and_those_invented_for_it():
    people = {row["email"]: row["name"] for row in content()["people"]}
    stored = dict(User.objects.filter(email__in=people).values_list("email", "name"))
    roles = Counter(User.objects.filter(memberships__role__in=Role).values_list("memberships__role", flat=True))

    assert (len(people), stored) == (25, people)
    assert User.objects.count() == 25 + 12
    assert set(roles) == set(Role)
    assert User.objects.exclude(email__endswith=".example").count() == 0
    assert all(person.check_password("fodfaeste-demo") for person in User.objects.all()[:2])


@pytest.mark.usefixtures("_seeded")
def test_four_groups_of_five_to_seven_from_different_municipalities():
    groups = SupervisionGroup.objects.annotate(size=Count("memberships")).order_by("name")

    sizes = {group.name: group.size for group in groups}
    assert list(sizes) == ["Vest 1", "Vest 2", "Øst 1", "Øst 2"]
    assert [name for name, size in sizes.items() if not 5 <= size <= 7] == []
    for group in groups:
        places = GroupMembership.objects.filter(group=group).values_list("enrolment__municipality", flat=True)
        assert len(set(places)) >= 3


@pytest.mark.usefixtures("_seeded")
def test_the_community_is_alive():
    assert (Discussion.objects.count(), Post.objects.count()) == (25, 88)
    assert Discussion.objects.filter(is_draft=True).count() == 0
    assert sum(Discussion.objects.values_list("reply_count", flat=True)) == 88
    assert Counter(Tried.objects.values_list("outcome", flat=True)).keys() == set(Tried.Outcome)


@pytest.mark.usefixtures("_seeded")
def test_old_cases_are_gone_and_what_came_of_them_is_kept():
    states = Counter(Case.objects.values_list("day__group__cohort__name", "state"))

    assert states == {("Øst", Case.State.BROUGHT): 3, ("Vest", Case.State.DRAFT): 5}
    assert Learning.objects.exclude(approved_at=None).count() == Learning.objects.count() == 3
    assert list(NextStep.objects.values_list("status", flat=True)) == [NextStep.Status.TRIED] * 3


@pytest.mark.usefixtures("_seeded")
def test_attendance_was_taken_on_every_day_that_was_held():
    now = timezone.now()
    marked = set(Attendance.objects.values_list("meeting", flat=True))

    assert marked == set(Meeting.objects.held(now).values_list("pk", flat=True))
    assert Attendance.objects.filter(state=Attendance.State.ABSENT).exists()


@pytest.mark.usefixtures("_seeded")
def test_the_course_is_published_with_files_behind_its_materials():
    days = TeachingDayPage.objects.live().order_by("number")

    assert [day.number for day in days] == [1, 2, 3, 4]
    assert [day.title for day in days] == [day["title"] for day in content()["teaching_days"]]
    assert Material.objects.count() == sum(len(day["materials"]) for day in content()["teaching_days"])
    for material in Material.objects.select_related("document"):
        with material.document.file.open() as file:
            assert file.read(5) == b"%PDF-"


@pytest.mark.usefixtures("_seeded")
def test_questions_for_later_are_stored():
    assert QuizQuestion.objects.count() == len(content()["quiz"])
    assert QuizQuestion.objects.filter(options__is_correct=True).distinct().count() == len(content()["quiz"])
    assert EvaluationQuestion.objects.count() == len(content()["evaluation"])


@pytest.mark.usefixtures("_seeded")
def test_the_other_provider_has_one_unpublished_day():
    course = CoursePage.objects.get(course__provider__name="Havbred Kurser")

    assert [(page.live, page.number) for page in TeachingDayPage.objects.child_of(course)] == [(False, 1)]
    assert course.live is False


@pytest.mark.usefixtures("_seeded")
def test_every_participation_is_marked_as_invented():
    assert set(Participation.objects.values_list("is_invented", flat=True)) == {True}


@pytest.mark.usefixtures("_seeded")
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


@pytest.mark.usefixtures("_seeded")
def test_a_mail_says_something_else_in_english():
    """What is not translated would read alike in both."""
    now = timezone.now()
    for occasion in Notice.objects.filter(state=Notice.State.WAITING).values_list("occasion", flat=True).distinct():
        notices = Notice.objects.filter(occasion=occasion, state=Notice.State.WAITING).select_related("recipient")
        notice = next(notice for notice in notices if occasion_for(occasion).load(notice, now))
        bodies = set()
        for language in ("da", "en"):
            notice.recipient.language = language
            bodies.add(compose(notice=notice, mail=occasion_for(occasion).load(notice, now)).body)
        assert len(bodies) == 2


@pytest.mark.usefixtures("_at")
def test_a_seed_that_fails_leaves_nothing_behind(monkeypatch):
    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(community, "create", fail)

    with pytest.raises(RuntimeError):
        seed()

    assert (User.objects.count(), Meeting.objects.count(), CoursePage.objects.count()) == (0, 0, 0)


@pytest.mark.usefixtures("_seeded")
def test_a_second_seed_keeps_what_is_there():
    before = (User.objects.count(), Discussion.objects.count(), Notice.objects.count())

    told = seed()

    assert told.count("\n") == 2  # kept, and indexed again, should that have been interrupted
    assert (User.objects.count(), Discussion.objects.count(), Notice.objects.count()) == before


def test_only_the_demo_is_filled():
    with pytest.raises(CommandError):
        seed()

    assert User.objects.count() == 0


@pytest.mark.usefixtures("_seeded")
def test_everybody_has_an_overview_of_few_queries(client, query_count):
    taken = {}
    for person in User.objects.exclude(informed_edition=0):  # the invited one reads what we keep first
        client.force_login(person)
        taken[person.name] = query_count("/overblik/")

    assert [name for name, count in taken.items() if count > 9] == []
    assert translation.get_language() == "da"
