"""Everything that is held about a person, and nothing about anybody else."""

import io
import json
import re
import zipfile

import pytest

from lms.people import actions
from lms.people.methods.privacy import the_register
from lms.people.models import AuditEntry
from lms.people.queries.personal import rows_of
from tests.factories.meetings import InviteeFactory
from tests.factories.people import UserFactory, person_with
from tests.people.held import NOW

pytestmark = pytest.mark.django_db

PAGE = "laes-mig.html"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def unpacked(person, by=None):
    packed = actions.export_person(person=person, by=by, now=NOW)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told_in(files):
    texts = [content.decode() for name, content in files.items() if not name.startswith("filer/")]
    return "\n".join([*files, *texts])


def test_everything_about_the_person_is_there_and_nothing_about_anybody_else(held, colleague, report):
    told = told_in(unpacked(held.person))

    missing = [word for word in held.words if word not in told]
    others = [word for word in colleague.words if word in told]
    report(
        f"{len(held.words)} own words, {len(missing)} missing; {len(colleague.words)} of a colleague, {len(others)} there"
    )
    assert (missing, others) == ([], [])
    assert len(held.words) >= 30


def test_no_name_of_anybody_else_is_there(held, colleague):
    told = told_in(unpacked(held.person))

    names = {"Pirolette", "Amselgaard", *re.findall(r"Person \d+", told)}
    assert [name for name in sorted(names) if name in told] == []


def test_the_naive_way_would_tell_of_others(held, places):
    """As a control: rows as they print themselves carry the names of those whom they point to."""
    naive = [str(row) for line in the_register().lines for row in rows_of(line, held.person)]
    naive += [str(places.group.supervisor), str(places.theirs.author)]

    assert re.search(r"Person \d+", "\n".join(naive))


def test_the_page_can_be_read_and_says_who_sees_what(held):
    page = unpacked(held.person)[PAGE].decode()

    assert page.startswith("<!doctype html>")
    assert '<html lang="da">' in page
    assert "Det har Fodfæste gemt om dig" in page
    assert "Egen gruppe og dens supervisor, og ingen andre." in page


def test_each_area_is_a_file_of_json(held):
    files = unpacked(held.person)

    areas = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
    assert set(areas) == {
        f"oplysninger/{name}.json"
        for name in ("konto", "kursus", "laering", "supervision", "faellesskab", "mail", "indhold", "sikkerhed",
                     "rettigheder", "opslag")
    }  # fmt: skip
    rows = [row for section in areas["oplysninger/laering.json"]["sections"] for row in section["rows"]]
    assert "zeisigvogel-reflection" in {row.get("text") for row in rows}


def test_the_files_the_person_uploaded_are_there(held):
    files = unpacked(held.person)

    uploaded = sorted(name for name in files if name.startswith("filer/"))
    assert [name.rpartition("zeisigvogel-")[2] for name in uploaded] == [
        "half.png",
        "fil.pdf",
        "kort.png",
        "avatar.png",
    ]
    assert files[uploaded[1]].startswith(b"%PDF")


def test_a_file_that_has_been_lost_stops_nothing(held, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "elsewhere"

    assert [name for name in unpacked(held.person) if name.startswith("filer/")] == []


def test_secrets_stay_here(held):
    told = told_in(unpacked(held.person))

    secrets = ["hemmelig-", held.person.password, str(held.person.public_id), held.person.erasure_requests.get().token]
    assert [secret for secret in secrets if secret in told] == []


def test_others_are_a_colleague(held):
    boss = person_with("local_manager", name="Lederen Selv")
    held.person.enrolments.update(changed_by=boss)

    told = told_in(unpacked(held.person))

    assert '"changed_by": "en kollega"' in told
    assert "Lederen Selv" not in told


def test_who_looked_is_not_told_but_when_is(held, colleague):
    actions.record(by=colleague.person, verb="opened_profile", about=held.person, now=NOW)

    look_ups = json.loads(unpacked(held.person, by=held.person)["oplysninger/opslag.json"])

    opened = [entry for entry in look_ups if entry["verb"] == "opened_profile"]
    assert opened == [
        {"moment": NOW.isoformat().replace("+00:00", "Z"), "verb": "opened_profile", "about": "people.user"}
    ]


def test_what_the_person_did_to_others_is_counted(held):
    course = json.loads(unpacked(held.person)["oplysninger/kursus.json"])

    assert course["handled"]["meetings.Attendance.marked_by"] == 1


def test_the_log_keeps_that_it_was_handed_out(held):
    unpacked(held.person, by=held.person)

    entry = AuditEntry.objects.get(verb="exported_person")
    assert (entry.actor_id, entry.object_id) == (held.person.pk, held.person.pk)


def test_somebody_of_whom_little_is_held_gets_little():
    files = unpacked(UserFactory(name="Ny Her"))

    assert sorted(files) == [PAGE, "oplysninger/konto.json", "oplysninger/opslag.json"]
    assert "Der er ikke noteret noget." not in files[PAGE].decode()  # handing it out is noted itself


@pytest.mark.parametrize("days", [1, 3, 30])
def test_the_zip_takes_as_many_queries_for_many_days(days, django_assert_num_queries):
    person = UserFactory()
    InviteeFactory.create_batch(days, person=person)
    unpacked(person)

    with django_assert_num_queries(QUERIES):
        actions.export_person(person=person, by=None, now=NOW)


# Two for each kind of row that could be there, however many rows there are.
QUERIES = 150
