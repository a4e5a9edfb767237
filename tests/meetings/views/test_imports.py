import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from lms.meetings.models import Enrolment, ImportDraft
from lms.people.models import Invitation, Organisation, Role, User
from tests.factories.meetings import CohortFactory, SeatReservationFactory, kursist_in
from tests.factories.people import MunicipalityFactory, person_with

pytestmark = pytest.mark.django_db
HEADINGS = ["Navn", "E-mail", "Kommune", "Titel", "Telefon"]
METTE = ["Mette Lindholm", "mette@viborg.example", "Viborg", "Jobformidler", ""]
RASMUS = ["Rasmus Ærø-Toft", "rasmus@viborg.example", "Viborg Kommune", "IPS-konsulent", "12345678"]
BAD = ["", "ikke en adresse", "Vibborg", "", ""]
CPR = "010190-1234"


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg", code="0791")


@pytest.fixture
def cohort(viborg):
    cohort = CohortFactory(slug="vest")
    SeatReservationFactory(cohort=cohort, municipality=viborg, seats=1)
    return cohort


@pytest.fixture
def coordinator(client, cohort):
    person = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)
    client.force_login(person)
    return person


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*rows, encoding="utf-8-sig"):
    return "\r\n".join(";".join(row) for row in rows).encode(encoding)


def send(client, data, name="hold.xlsx", **extra):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("meetings:import", args=["vest"]), {"file": file, **extra})


def uploaded(client, *rows):
    return send(client, xlsx(HEADINGS, *rows)).url


def typed(number, row, **extra):
    names = ("name", "email", "municipality", "title", "phone")
    return {f"row{number}-{name}": value for name, value in zip(names, row, strict=True)} | extra


def seats():
    return sorted(Enrolment.objects.values_list("person__email", flat=True))


def test_excel_sheet_from_upload_to_seat(client, cohort, coordinator):
    preview = uploaded(client, METTE, RASMUS)
    page = client.get(preview)
    imported = client.post(preview, {"decision": "import"})

    assert (page.context["good_count"], page.context["faulty_count"]) == (2, 0)
    assert imported.url == reverse("meetings:people", args=["vest"])
    assert seats() == ["mette@viborg.example", "rasmus@viborg.example"]
    assert list(User.objects.filter(email=RASMUS[1]).values_list("name", "title", "phone")) == [
        ("Rasmus Ærø-Toft", "IPS-konsulent", "12345678")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_as_danish_excel_writes_it(client, cohort, coordinator, encoding):
    preview = send(client, csv(HEADINGS, RASMUS, encoding=encoding), "hold.csv").url

    assert [row.row.values["name"] for row in client.get(preview).context["good"]] == ["Rasmus Ærø-Toft"]


def test_looking_at_the_preview_imports_nobody(client, cohort, coordinator):
    preview = uploaded(client, METTE)

    client.get(preview)
    client.get(preview)

    assert seats() == []


def test_problems_are_named_by_row_and_column_as_the_file_calls_it(client, cohort, coordinator):
    preview = send(client, xlsx(["Fulde navn", "Mail 1", "Kommunenavn"], ["Mette", "m@x.dk", "Viborg"], BAD[:3])).url

    corrections = client.get(preview).context["corrections"]

    assert [(form.row.number, [problem.column for problem in problems]) for form, problems in corrections] == [
        (3, ["Fulde navn", "Mail 1", "Kommunenavn"])
    ]


def test_good_rows_are_imported_and_the_others_stay_to_be_corrected(client, cohort, coordinator):
    preview = uploaded(client, METTE, BAD)

    response = client.post(preview, {"decision": "import", **typed(3, BAD)})

    assert response.url == preview
    assert seats() == ["mette@viborg.example"]
    assert [form.row.number for form, _problems in client.get(preview).context["corrections"]] == [3]


def test_corrected_row_is_imported_with_the_good_ones(client, cohort, coordinator):
    preview = uploaded(client, METTE, BAD)

    client.post(preview, {"decision": "import", **typed(3, RASMUS)})

    assert seats() == ["mette@viborg.example", "rasmus@viborg.example"]
    assert ImportDraft.objects.count() == 0


def test_checking_keeps_what_was_typed_and_imports_nobody(client, cohort, coordinator):
    preview = uploaded(client, METTE, BAD)

    client.post(preview, {"decision": "check", **typed(3, ["Rasmus", "rasmus@", "Viborg", "", ""])})

    form, problems = client.get(preview).context["corrections"][0]
    assert (form.initial["name"], form.initial["email"]) == ("Rasmus", "rasmus@")
    assert [problem.column for problem in problems] == ["E-mail"]
    assert seats() == []


def test_row_left_out_is_gone(client, cohort, coordinator):
    preview = uploaded(client, METTE, BAD)

    response = client.post(preview, {"decision": "import", **typed(3, BAD, **{"row3-leave_out": "on"})})

    assert response.url == reverse("meetings:people", args=["vest"])
    assert seats() == ["mette@viborg.example"]


def test_import_nothing_throws_the_list_away(client, cohort, coordinator):
    preview = uploaded(client, METTE)

    client.post(preview, {"decision": "none"})

    assert (seats(), ImportDraft.objects.count()) == ([], 0)


def test_confirming_twice_has_one_effect(client, cohort, coordinator):
    preview = uploaded(client, METTE)

    answers = [client.post(preview, {"decision": "import"}) for _ in range(2)]

    assert [answer.url for answer in answers] == [reverse("meetings:people", args=["vest"])] * 2
    assert seats() == ["mette@viborg.example"]


@pytest.mark.django_db(transaction=True)
def test_confirming_five_times_at_once_has_one_effect(client, cohort, coordinator):
    preview = uploaded(client, METTE, RASMUS)

    def confirm(_number):
        try:
            own = Client()
            own.cookies = client.cookies
            return own.post(preview, {"decision": "import"}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(confirm, range(5))) == [302] * 5
    assert seats() == ["mette@viborg.example", "rasmus@viborg.example"]
    assert Invitation.objects.count() == 2


def test_cpr_number_reaches_neither_the_draft_nor_the_page(client, cohort, coordinator):
    preview = send(client, xlsx([*HEADINGS, "CPR-nr."], [*METTE, CPR])).url

    stored = ImportDraft.objects.values_list("rows", "headings").get()
    page = client.get(preview)

    assert CPR not in repr(stored) + page.content.decode()
    assert [[problem.column for problem in problems] for _form, problems in page.context["corrections"]] == [
        ["CPR-nr."]
    ]


def test_cpr_number_typed_into_a_correction_is_refused_and_the_rest_is_kept(client, cohort, coordinator):
    preview = uploaded(client, METTE, BAD)

    response = client.post(preview, {"decision": "import", **typed(3, [*RASMUS[:3], CPR, ""])})

    form = response.context["corrections"][0][0]
    assert (response.status_code, list(form.errors), form["name"].value()) == (200, ["title"], RASMUS[0])
    assert seats() == []
    assert CPR not in repr(ImportDraft.objects.values_list("rows").get())


def test_cpr_number_in_the_file_name_is_refused(client, cohort, coordinator):
    response = send(client, xlsx(HEADINGS, METTE), f"{CPR}.xlsx")

    assert list(response.context["form"].errors) == ["file"]
    assert ImportDraft.objects.count() == 0


def encrypted():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"x")
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return out.getvalue()


BAD_FILES = {
    "empty": b"",
    "blank": b"\r\n ;;;\r\n",
    "broken": xlsx(HEADINGS, METTE)[:700],
    "not a workbook": b"PK\x03\x04 and nothing more",
    "encrypted": encrypted(),
    "bomb": bomb(),
    "huge": b"x;" * 6_000_000,
    "a picture called xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a pdf called xlsx": b"%PDF-1.7\n%\xe2\xe3",
    "a web page": b"<html><table><tr><td>Navn</td></tr></table></html>",
    "bytes": bytes(range(256)) * 20,
    "no headings": csv(METTE, RASMUS),
    "headings alone": csv(HEADINGS),
    "too many rows": csv(HEADINGS, *([METTE] * 5_001)),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_file_gets_words_and_stores_nothing(client, cohort, coordinator, kind):
    response = send(client, BAD_FILES[kind])

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["file"])
    assert ImportDraft.objects.count() == 0


def test_no_file_gets_words(client, cohort, coordinator):
    response = client.post(reverse("meetings:import", args=["vest"]), {})

    assert list(response.context["form"].errors) == ["file"]


def test_excel_sheet_called_csv_is_read_all_the_same(client, cohort, coordinator):
    assert client.get(send(client, xlsx(HEADINGS, METTE), "hold.csv").url).context["good_count"] == 1


def test_markup_in_a_row_is_shown_as_text(client, cohort, coordinator):
    preview = uploaded(client, ["<img src=x onerror=alert(1)>Mette", "x", '"><script>alert(1)</script>', "=1+1", ""])

    page = client.get(preview).content.decode()

    assert ("<img src=x" in page, "<script>alert" in page) == (False, False)


def test_manager_imports_own_people_and_no_others(client, cohort, viborg):
    MunicipalityFactory(name="Hjørring", code="0860")
    client.force_login(person_with(Role.LOCAL_MANAGER, viborg))
    preview = uploaded(client, METTE, ["Rasmus", "r@hjoerring.example", "Hjørring", "", ""])

    client.post(preview, {"decision": "import", "municipality": "0860", "allowed": "", "role": "administrator"})

    assert seats() == ["mette@viborg.example"]
    assert list(User.objects.get(email=METTE[1]).memberships.values_list("role", "organisation__name")) == [
        ("job_consultant", "Viborg")
    ]


def test_manager_does_not_learn_who_has_an_account(client, cohort, viborg):
    person_with(Role.JOB_CONSULTANT, email="kendt@example.org", name="Hemmelig")
    client.force_login(person_with(Role.LOCAL_MANAGER, viborg))

    pages = [
        client.get(uploaded(client, ["Mette", f"{who}@example.org", "Viborg", "", ""])).content.decode()
        for who in ("kendt", "ukend")
    ]

    masked = [
        page.replace("kendt@", "ukend@").split("<main")[1].split('csrfmiddlewaretoken"')[1][80:] for page in pages
    ]
    assert masked[0] == masked[1]


@pytest.mark.parametrize("state", ["closed", "draft", "cancelled"])
def test_manager_imports_only_while_the_cohort_is_open(client, cohort, viborg, state):
    cohort.state = state
    cohort.save()
    client.force_login(person_with(Role.LOCAL_MANAGER, viborg))

    assert client.get(reverse("meetings:import", args=["vest"])).status_code == 404


def somebody(kind, cohort):
    viborg = Organisation.objects.get(name="Viborg")
    return {
        "kursist": lambda: kursist_in(cohort, viborg),
        "colleague": lambda: person_with(Role.JOB_CONSULTANT, viborg),
        "manager elsewhere": lambda: person_with(Role.LOCAL_MANAGER),
        "other provider": lambda: person_with(Role.PROVIDER_COORDINATOR),
        "instructor": lambda: person_with(Role.INSTRUCTOR, cohort.course.provider),
        "agency": lambda: person_with(Role.PROGRAMME_MANAGER),
    }[kind]()


@pytest.mark.parametrize(
    "kind", ["kursist", "colleague", "manager elsewhere", "other provider", "instructor", "agency"]
)
def test_others_find_no_import(client, cohort, coordinator, kind):
    preview = uploaded(client, METTE)
    client.force_login(somebody(kind, cohort))

    answers = [
        client.get(reverse("meetings:import", args=["vest"])),
        send(client, xlsx(HEADINGS, METTE)),
        client.get(preview),
        client.post(preview, {"decision": "import"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert seats() in ([], [User.objects.order_by("id").last().email])


def test_list_of_a_colleague_is_out_of_reach(client, cohort, coordinator):
    preview = uploaded(client, METTE)
    client.force_login(person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider))

    assert client.post(preview, {"decision": "import"}).url == reverse("meetings:people", args=["vest"])
    assert (seats(), ImportDraft.objects.count()) == ([], 1)


def test_list_of_another_cohort_is_out_of_reach(client, cohort, coordinator):
    preview = uploaded(client, METTE)
    CohortFactory(slug="oest", course=cohort.course)

    client.post(preview.replace("/vest/", "/oest/"), {"decision": "import"})

    assert seats() == []


def test_list_of_yesterday_is_gone(client, cohort, coordinator):
    preview = uploaded(client, METTE)
    ImportDraft.objects.update(created_at=timezone.now() - timedelta(days=1))

    client.post(preview, {"decision": "import"})

    assert seats() == []


def test_import_needs_signing_in(client, cohort):
    url = reverse("meetings:import", args=["vest"])

    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_preview_takes_as_many_queries_with_more_rows(client, cohort, coordinator, count, django_assert_num_queries):
    good = [[f"Person {n}", f"p{n}@viborg.example", "Viborg", "", ""] for n in range(count)]
    preview = uploaded(client, *good, *[BAD] * count)
    client.get(preview)

    with django_assert_num_queries(QUERIES):
        client.get(preview)


QUERIES = 8
