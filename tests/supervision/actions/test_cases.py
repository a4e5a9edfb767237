import uuid
from datetime import timedelta

import pytest

from lms.meetings.models import Meeting
from lms.notifications.models import Notice
from lms.people.models import AuditEntry
from supervision import actions
from supervision.models import Case
from tests.factories.supervision import TEXTS, CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(day, author, now):
    """The author sends the form, as the form was opened."""
    key = uuid.uuid4()

    def send(version=0, bring=False, at=now, **changes):
        return actions.write_case(
            day=day, key=key, version=version, texts=TEXTS | changes, bring=bring, by=author, now=at
        )

    return send


def verbs():
    return list(AuditEntry.objects.filter(object_type="supervision.case").order_by("pk").values_list("verb", flat=True))


def test_write_case_starts_a_draft(write, author, day, now):
    case = write()

    stored = Case.objects.get()
    assert (stored, stored.author, stored.day, stored.state, stored.version) == (case, author, day, "draft", 1)
    assert (stored.texts, stored.created_at, stored.changed_at) == (TEXTS, now, now)


def test_write_case_twice_writes_one_case(write):
    assert write() == write()
    assert (Case.objects.count(), verbs()) == (1, ["write_case"])


def test_write_case_with_bring_twice_brings_one_case(write):
    write(bring=True)
    write(bring=True)

    assert (Case.objects.brought().count(), verbs()) == (1, ["write_case", "bring_case"])


def test_write_case_changes_the_version_it_has_seen(write, now):
    later = now + timedelta(minutes=5)
    write()

    write(version=1, tried="Sms dagen før", at=later)

    stored = Case.objects.get()
    assert (stored.tried, stored.version, stored.changed_at, stored.created_at) == ("Sms dagen før", 2, later, now)


def test_write_case_from_a_second_tab_loses_neither_text(write):
    write()
    write(version=1, tried="Fra den ene fane")

    with pytest.raises(actions.CaseChanged) as changed:
        write(version=1, tried="Fra den anden fane")

    assert changed.value.case.tried == "Fra den ene fane"
    assert Case.objects.get().tried == "Fra den ene fane"


def test_write_case_with_the_text_that_is_stored_is_no_conflict(write):
    write()
    write(version=1, tried="Sms")

    assert write(version=1, tried="Sms").version == 2


def test_write_case_does_not_raise_a_deleted_case_again(write):
    write().delete()

    with pytest.raises(actions.CaseGone):
        write(version=1)

    assert Case.objects.count() == 0


def test_key_of_somebody_else_starts_an_own_case(write, day, insiders, now):
    mine = write()
    other = insiders["group colleague"]

    theirs = actions.write_case(day=day, key=mine.key, version=0, texts=TEXTS, by=other, now=now)

    assert (theirs.author, Case.objects.count()) == (other, 2)


def test_write_case_is_refused_when_the_day_is_over(write, day):
    with pytest.raises(actions.DayOver):
        write(at=day.meeting.ends_at)

    assert Case.objects.count() == 0


def test_write_case_is_refused_when_the_day_is_cancelled(write, day):
    day.meeting.state = Meeting.State.CANCELLED

    with pytest.raises(actions.DayOver):
        write()


def test_draft_can_be_changed_after_the_day_but_not_brought(write, day):
    write()
    after = day.meeting.ends_at + timedelta(hours=1)
    write(version=1, tried="Sms", at=after)

    with pytest.raises(actions.DayOver):
        write(version=2, tried="Sms", bring=True, at=after)

    assert (Case.objects.get().tried, Case.objects.get().state) == ("Sms", "draft")


def test_brought_case_keeps_a_focus_question(write):
    write(bring=True)

    with pytest.raises(actions.FocusQuestionMissing):
        write(version=1, focus_question="")

    assert Case.objects.get().focus_question == TEXTS["focus_question"]


def test_bring_case_needs_a_focus_question(write):
    with pytest.raises(actions.FocusQuestionMissing):
        write(bring=True, focus_question="")

    assert Case.objects.count() == 0


def test_bring_case_opens_it_to_the_group(write, insiders, now):
    case = write(bring=True)

    assert (case.state, case.brought_at) == ("brought", now)
    assert [Case.objects.visible_to(person).count() for person in insiders.values()] == [1, 1, 1]


def test_bring_case_tells_nobody_by_mail(write, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(bring=True)

    assert Notice.objects.count() == 0


def test_take_back_case_closes_it_again(write, insiders, author, now):
    case = write(bring=True)

    actions.take_back_case(case=case, by=author, now=now)

    assert [Case.objects.visible_to(person).count() for person in insiders.values()] == [1, 0, 0]
    assert verbs() == ["write_case", "bring_case", "take_back_case"]


def test_take_back_case_of_a_draft_changes_nothing(write, author, now):
    actions.take_back_case(case=write(), by=author, now=now)

    assert verbs() == ["write_case"]


def test_delete_case_leaves_its_number_in_the_trail(write, author, now):
    case = write()
    number = case.pk

    actions.delete_case(case=case, by=author, now=now)

    entry = AuditEntry.objects.get(verb="delete_case")
    assert (Case.objects.count(), entry.object_id, entry.actor_id, entry.moment) == (0, number, author.pk, now)


def test_delete_old_cases_keeps_them_for_thirteen_days(day):
    CaseFactory(day=day, brought=True)

    deleted = actions.delete_old_cases(now=day.meeting.ends_at + timedelta(days=13, hours=23, minutes=59))

    assert (deleted, Case.objects.count()) == (0, 1)


def test_delete_old_cases_takes_drafts_and_brought_ones_after_fourteen_days(day):
    CaseFactory(day=day, brought=True)
    CaseFactory(day=day)

    deleted = actions.delete_old_cases(now=day.meeting.ends_at + timedelta(days=14))

    assert (deleted, Case.objects.count()) == (2, 0)


def test_delete_old_cases_again_deletes_nothing_more(day):
    CaseFactory(day=day)
    after = day.meeting.ends_at + timedelta(days=14)
    actions.delete_old_cases(now=after)

    assert actions.delete_old_cases(now=after) == 0
    assert verbs() == ["delete_case"]


def test_delete_old_cases_keeps_learnings_and_next_steps(day, author, now):
    CaseFactory(day=day, author=author, brought=True)
    actions.note_learning(day=day, focus_person=author, text="Et ja kan være høflighed", by=author, now=now)
    actions.add_next_step(day=day, text="Spørge, hvordan et nej ser ud", by=author, now=now)

    actions.delete_old_cases(now=day.meeting.ends_at + timedelta(days=14))

    assert (day.cases.count(), day.learnings.count(), day.next_steps.count()) == (0, 1, 1)


def test_delete_old_cases_follows_a_day_that_was_moved(day):
    CaseFactory(day=day)
    planned = day.meeting.ends_at
    day.meeting.starts_at += timedelta(days=7)
    day.meeting.ends_at += timedelta(days=7)
    day.meeting.save()

    assert actions.delete_old_cases(now=planned + timedelta(days=14)) == 0
