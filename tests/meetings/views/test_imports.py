from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from lms.meetings.models import ImportDraft
from lms.people.models import Invitation, User
from tests.meetings.lists import BAD, CPR, HEADINGS, METTE, RASMUS, csv, seats, send, typed, uploaded, xlsx
from tests.meetings.views.importing import cohort, coordinator, viborg

__all__ = ["cohort", "coordinator", "viborg"]
pytestmark = pytest.mark.django_db


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


def test_markup_in_a_row_is_shown_as_text(client, cohort, coordinator):
    preview = uploaded(client, ["<img src=x onerror=alert(1)>Mette", "x", '"><script>alert(1)</script>', "=1+1", ""])

    page = client.get(preview).content.decode()

    assert ("<img src=x" in page, "<script>alert" in page) == (False, False)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_preview_takes_as_many_queries_with_more_rows(client, cohort, coordinator, count, django_assert_num_queries):
    good = [[f"Person {n}", f"p{n}@viborg.example", "Viborg", "", ""] for n in range(count)]
    preview = uploaded(client, *good, *[BAD] * count)
    client.get(preview)

    with django_assert_num_queries(QUERIES):
        client.get(preview)


QUERIES = 8


def test_list_whose_every_row_is_left_out_imports_nobody_and_says_so(client, cohort, coordinator):
    preview = uploaded(client, BAD)

    answer = client.post(preview, {"decision": "import", **typed(2, BAD, **{"row2-leave_out": "on"})}, follow=True)

    assert "Der var ingen rækker tilbage, så ingen er importeret." in answer.text
    assert (seats(), ImportDraft.objects.count()) == ([], 0)


def test_list_is_named_by_its_cohort_and_day(client, cohort, coordinator):
    uploaded(client, METTE)

    draft = ImportDraft.objects.get()
    assert str(draft) == f"{cohort}, {draft.created_at:%Y-%m-%d}"


def test_list_of_faulty_rows_alone_stays_to_be_corrected(client, cohort, coordinator):
    preview = uploaded(client, BAD)

    answer = client.post(preview, {"decision": "import", **typed(2, BAD)}, follow=True)

    assert ("Rækkerne herunder blev ikke importeret" in answer.text, seats()) == (True, [])
    assert ImportDraft.objects.count() == 1
