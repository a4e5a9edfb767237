import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from lms.meetings.models import Enrolment
from lms.people.models import Invitation, User
from tests.factories.meetings import CohortFactory
from tests.factories.people import MunicipalityFactory

pytestmark = pytest.mark.django_db
HEADINGS = "Kommune;Bemærkning;E-mail;Efternavn;Fornavn;;"
METTE = "Viborg;;mette@viborg.example;Lindholm;Mette;;"
SOEREN = "791;vegetar;soeren@viborg.example;Ærø;Søren;;"


@pytest.fixture(autouse=True)
def _vest():
    MunicipalityFactory(name="Viborg", code="0791")
    CohortFactory(slug="vest")


@pytest.fixture
def run(tmp_path):
    def run(data, *options, name="hold.csv", cohort="vest"):
        path = tmp_path / name
        path.write_bytes(data)
        out = io.StringIO()
        code = 0
        try:
            call_command("import_participants", str(path), "--cohort", cohort, *options, stdout=out)
        except SystemExit as stop:
            code = stop.code
        return code, json.loads(out.getvalue())

    return run


def csv(*lines, encoding="cp1252"):
    return "\r\n".join(lines).encode(encoding)


def workbook(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_list_from_danish_excel_is_imported(run, encoding):
    assert run(csv(HEADINGS, METTE, SOEREN, ";;;;;;", encoding=encoding)) == (
        0,
        {"imported": 2, "updated": 0, "rejected": []},
    )
    assert list(User.objects.order_by("email").values_list("name", flat=True)) == ["Mette Lindholm", "Søren Ærø"]
    assert Invitation.objects.count() == 2


def test_workbook_is_imported_and_numbers_are_read_as_codes(run):
    data = workbook(["Hold Vest"], [], ["Navn", "Mail", "Kommunekode"], ["Mette Lindholm", "mette@viborg.example", 791])

    assert run(data, name="hold.xlsx") == (0, {"imported": 1, "updated": 0, "rejected": []})


def test_again_updates_and_changes_nothing_else(run):
    run(csv(HEADINGS, METTE))

    assert run(csv(HEADINGS, METTE)) == (0, {"imported": 0, "updated": 1, "rejected": []})
    assert [model.objects.count() for model in (User, Enrolment, Invitation)] == [1, 1, 1]


def test_some_rejected_leaves_with_three_and_imports_the_good_rows(run):
    code, report = run(csv(HEADINGS, METTE, "Vibborg;;x;;;;", METTE, "Viborg;010190-1234;r@x.dk;Toft;Rasmus;;"))

    assert (code, report["imported"]) == (3, 1)
    assert [(entry["row"], entry["field"]) for entry in report["rejected"]] == [
        (3, "name"),
        (4, "email"),
        (5, "Bemærkning"),
    ]
    assert all(entry["reason"] for entry in report["rejected"])
    assert "010190" not in json.dumps(report)


def test_dry_run_reports_the_same_and_stores_nothing(run):
    assert run(csv(HEADINGS, METTE, "Vibborg;;x;;;;"), "--dry-run")[0] == 3
    assert [model.objects.count() for model in (User, Enrolment, Invitation)] == [0, 0, 0]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04x", csv(METTE), csv(HEADINGS)])
def test_unreadable_file_leaves_with_two(run, data):
    with pytest.raises(CommandError) as refused:
        run(data)

    assert refused.value.returncode == 2


def test_missing_file_or_cohort_leaves_with_two(run, tmp_path):
    with pytest.raises(CommandError) as no_cohort:
        run(csv(HEADINGS, METTE), cohort="nord")
    with pytest.raises(CommandError) as no_file:
        call_command("import_participants", str(tmp_path / "x.csv"), "--cohort", "vest")

    assert (no_cohort.value.returncode, no_file.value.returncode) == (2, 2)
