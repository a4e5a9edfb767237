"""What is left of a person who was erased, and what is not."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from wagtail.users.models import UserProfile

from courses.models import Certificate, MakeUp, Material
from courses.privacy import content
from lms.forum.models import Discussion, Post, Report, Tried
from lms.meetings.models import Attendance, Enrolment, ImportDraft, Invitee, SupervisionGroup, WalkIn
from lms.people import actions
from lms.people.actions import erasure
from lms.people.methods.privacy import the_register
from lms.people.models import AuditEntry, FileToErase, User
from lms.people.queries.names import names_on_the_site
from lms.people.queries.personal import mentions_of, model_of, rows_of
from supervision.models import Case, Learning
from tests.factories.forum import reply_by
from tests.people.dump import everything_stored, places_of
from tests.people.held import NOW

pytestmark = pytest.mark.django_db

# Where something of an erased person may still stand, and why. Nothing today.
ALLOWED: dict[str, str] = {}


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    for name in ("MEDIA_ROOT", "PRIVATE_ROOT", "MAIL_FOLDER"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        setattr(settings, name, folder)


def erase(held):
    return actions.erase_person(person=held.person, by=None, now=NOW)


def test_the_world_holds_something_of_the_person_for_every_line_of_the_register(held, report):
    lines = [line for line in the_register().lines if line.person or line.find]

    empty = [line.model for line in lines if not rows_of(line, held.person).exists()]
    report(f"{len(lines)} models hold something about the person who is erased, of {len(the_register().lines)} listed")

    assert empty == []


def test_nothing_stored_tells_of_an_erased_person(held, django_capture_on_commit_callbacks, report):
    before = places_of(held.identity)

    with django_capture_on_commit_callbacks(execute=True):
        erase(held)

    after = places_of(held.identity)
    looked_at = sum(1 for _place in everything_stored())
    report(f"{len(before)} places told of the person before, {len(after)} of {looked_at} stored texts after erasure")
    assert len(before) >= 20
    assert {place: word for place, word in after.items() if place not in ALLOWED} == {}


def test_deleting_the_account_alone_would_leave_the_name_all_over(held, report):
    """The naive way, as a control: what others hold on to has to be passed on, and what no key leads to stays."""
    for model in (Discussion, Post):
        model.objects.filter(author=held.person).update(author=User.objects.exclude(pk=held.person.pk).first())
    Tried.objects.filter(person=held.person).delete()
    SupervisionGroup.objects.filter(supervisor=held.person).update(
        supervisor=User.objects.exclude(pk=held.person.pk).first()
    )
    Certificate.objects.all().delete()

    held.person.delete()

    left = places_of(held.identity)
    report(f"deleting the account alone leaves the person in {len(left)} places")
    assert len(left) >= 8


def test_the_texts_a_kursist_kept_to_themselves_are_gone(held, colleague, django_capture_on_commit_callbacks):
    own = ("reflection", "trial", "story", "case", "casetitle", "unapproved", "nextstep", "cameofit", "draft", "answer",
           "seat", "step", "makeup", "comment", "note", "noteback", "typed", "certificate", "uid", "browser", "title")  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        erase(held)

    assert places_of([f"zeisigvogel-{word}" for word in own]) == {}


def test_a_colleague_keeps_everything(held, colleague, django_capture_on_commit_callbacks):
    before = _rows_about(colleague)
    words = _words_found(colleague)

    with django_capture_on_commit_callbacks(execute=True):
        erase(held)

    assert (_rows_about(colleague), _words_found(colleague)) == (before, words)


def _rows_about(held):
    lines = [line for line in the_register().lines if line.person or line.find]
    return {line.model: rows_of(line, held.person).count() for line in lines}


def _words_found(held):
    stored = "\n".join(text for _place, text in everything_stored())
    return [word for word in held.words if word in stored]


def test_what_was_shared_stays_as_a_former_kursists(held, places):
    erase(held)

    shared = Discussion.objects.get(title="zeisigvogel-shared")
    answer = Post.objects.get(discussion=places.theirs)
    assert (shared.author.name, answer.author.name) == ("tidligere kursist", "tidligere kursist")
    assert shared.author.email.endswith("@slettet.invalid")
    assert not shared.author.is_active
    assert "zeisigvogel-body" in shared.html["body"]
    assert "zeisigvogel-body" in answer.html
    assert answer.body.count("tidligere kursist") >= 2


def test_the_pieces_of_one_person_cannot_be_put_together_again(held, places):
    erase(held)

    writer = Discussion.objects.get(title="zeisigvogel-shared").author
    sat_there = Enrolment.objects.get(cohort=places.day.cohort).person
    learned = Learning.objects.get(text="zeisigvogel-learning").focus_person
    assert len({writer, sat_there, learned}) == 3


def test_attendance_stays_as_a_number(held, places):
    erase(held)

    row = Attendance.objects.get()
    assert (row.state, row.enrolment.municipality, row.enrolment.state) == ("present", places.municipality, "enrolled")
    assert (row.enrolment.person.name, row.marked_by) == ("tidligere kursist", None)
    assert (MakeUp.objects.get().reason, MakeUp.objects.get().home_yes_by) == ("", None)


def test_a_seat_to_come_is_given_up(held, places):
    erase(held)

    assert Enrolment.objects.get(cohort=places.later.cohort).state == "withdrawn"


def test_nobody_who_is_gone_leads_a_day_to_come(held):
    erase(held)

    assert not Invitee.objects.filter(role=Invitee.Role.TRAINER, meeting__starts_at__gt=NOW).exists()


def test_cases_go_with_their_author(held):
    erase(held)

    assert Case.objects.count() == 0


def test_the_log_keeps_what_was_done_by_a_number_that_leads_to_nobody(held):
    key = held.person.pk

    erase(held)

    left = AuditEntry.objects.get(verb="tried")
    assert left.actor_id in (None, key)
    assert not User.objects.filter(pk=key).exists()
    assert AuditEntry.objects.filter(verb="erased_person", object_id=key).count() == 1


def test_the_number_of_an_account_is_not_used_again(held):
    newest = User.objects.order_by("pk").last()
    key = newest.pk

    actions.erase_person(person=newest, by=None, now=NOW)

    assert User.objects.create_user("ny@example.org", name="Ny").pk > key


def test_a_walk_in_is_forgotten_with_and_without_a_seat(held):
    erase(held)

    assert {row.name.rpartition(" ")[0] for row in WalkIn.objects.all()} == {"tidligere kursist"}


def test_somebody_elses_list_loses_the_persons_row_alone(held, colleague):
    list_of_both = ImportDraft.objects.exclude(by__in=[held.person, colleague.person]).first()
    ImportDraft.objects.exclude(pk=list_of_both.pk).delete()
    list_of_both.rows = [*list_of_both.rows, {"number": 3, "values": {"name": "En Anden"}, "blocked": []}]
    list_of_both.save()

    erase(held)

    assert [row["number"] for row in ImportDraft.objects.get().rows] == [3]


def test_a_report_still_waits_for_the_moderator(held):
    erase(held)

    row = Report.objects.get(reason="zeisigvogel-report")
    assert (row.reported_by, row.resolved_by) == (None, None)


def test_a_file_that_a_day_uses_stays_without_its_uploader(held, places, django_capture_on_commit_callbacks):
    document = held_document(held)
    Material.objects.create(
        page=places.day.page, document=document, title="Kortet", licence="CC BY 4.0", source="Huset"
    )

    with django_capture_on_commit_callbacks(execute=True):
        erase(held)

    document.refresh_from_db()
    assert document.uploaded_by_user is None
    assert default_storage.exists(document.file.name)


def test_a_picture_that_stays_is_remembered_without_its_uploader(held, monkeypatch):
    """Wagtail keeps pictures in the cache together with who uploaded them."""
    monkeypatch.setattr(content, "_is_used", lambda _upload: True)
    image = apps.get_model("wagtailimages.Image").objects.select_related("uploaded_by_user").get()
    image.get_rendition("width-1")
    assert "cache" in places_of(held.identity)

    erase(held)

    assert "cache" not in places_of(held.identity)
    image.refresh_from_db()
    assert image.uploaded_by_user is None


def held_document(held):
    return apps.get_model("wagtaildocs.Document").objects.get(uploaded_by_user=held.person)


def test_erasing_twice_is_erasing_once(held):
    erase(held)
    state = sorted(place for place, _text in everything_stored())

    assert erase(held) == Counter()
    assert sorted(place for place, _text in everything_stored()) == state


def test_a_stop_halfway_leaves_the_person_as_they_were(held, monkeypatch):
    before = places_of(held.identity)
    lines = the_register().lines

    def stop(line, erasing):
        if line.model == lines[-1].model:
            raise KeyboardInterrupt
        return done(line, erasing)

    done = erasure.forget_rows
    monkeypatch.setattr(erasure, "forget_rows", stop)
    with pytest.raises(KeyboardInterrupt):
        erase(held)

    assert places_of(held.identity) == before


def test_files_left_by_a_stop_go_with_the_next_run(held, settings):
    erase(held)  # the transaction is through, and the process dies before the files are deleted
    left = _files_named(settings, "zeisigvogel")

    deleted = actions.erase_files()

    assert len(left) >= 4
    assert deleted >= len(left)
    assert _files_named(settings, "zeisigvogel") == []
    assert FileToErase.objects.count() == 0


def _files_named(settings, word):
    return [path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and word in path.name]


def test_nobody_takes_over_nothing():
    """Somebody who has left no trace leaves none."""
    person = User.objects.create_user("ny@example.org", name="Ny Her")

    actions.erase_person(person=person, by=None, now=NOW)

    assert User.objects.count() == 0


def test_no_name_on_the_site_is_that_of_the_former(held):
    erase(held)

    assert {"tidligere", "kursist", "zeisigine"} & {part.lower() for part in names_on_the_site()} == set()


def test_a_name_in_somebody_elses_text_is_found_for_the_moderator(held, colleague, places):
    post = reply_by(
        colleague.person, places.theirs, body="Det sagde Zeisigine  Vogelwinther, og Zeisigine Vogelwinther."
    )

    found = mentions_of(held.person)

    assert found["forum.Post.body"] == [post.pk]
    assert "forum.Discussion.body" not in found


def test_every_line_names_a_model_that_can_be_asked(held):
    assert [line.model for line in the_register().lines if model_of(line)._meta.label != line.model] == []


def test_a_profile_without_a_picture_goes_too():
    person = User.objects.create_user("ny@example.org", name="Ny Her")
    UserProfile.objects.create(user=person)

    actions.erase_person(person=person, by=None, now=NOW)

    assert (UserProfile.objects.count(), FileToErase.objects.count()) == (0, 0)
