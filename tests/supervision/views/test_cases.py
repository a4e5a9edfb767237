import re

import pytest
from django.urls import reverse

from lms.meetings.models import Meeting
from supervision.models import Case
from tests.factories.supervision import TEXTS, CaseFactory

pytestmark = pytest.mark.django_db

CPR = "010170-1234"


@pytest.fixture
def new_case_url(day):
    return reverse("supervision:new_case", args=[day.pk])


@pytest.fixture
def signed_in(client, author):
    client.force_login(author)
    return client


def url(name, case):
    return reverse(f"supervision:{name}", args=[case.pk])


def field_values(response):
    return {name: response.context["form"][name].value() for name in TEXTS}


def test_empty_form_opens_with_its_prompts(signed_in, new_case_url):
    response = signed_in.get(new_case_url)

    assert (response.status_code, list(response.context["form"].fields)[:6]) == (200, list(TEXTS))


def test_each_field_has_its_own_label(signed_in, new_case_url):
    response = signed_in.get(new_case_url)

    labels = [
        " ".join(label.split()) for label in re.findall(r'<label[^>]*for="id_\w+">([^<]*)', response.content.decode())
    ]
    assert labels == [str(field.label) for field in response.context["form"].visible_fields()]


def test_draft_is_saved_and_shown_to_its_author(signed_in, new_case_url, form_data, author):
    response = signed_in.post(new_case_url, form_data())

    case = Case.objects.get()
    assert (response.status_code, response.url) == (302, url("case", case))
    assert (case.state, case.texts, case.author) == ("draft", TEXTS, author)


def test_case_is_brought_with_a_yes(signed_in, new_case_url, form_data):
    signed_in.post(new_case_url, form_data(intent="bring"))

    assert Case.objects.get().state == "brought"


def test_case_is_not_brought_without_the_yes_and_keeps_every_word(signed_in, new_case_url, form_data):
    response = signed_in.post(new_case_url, form_data(intent="bring", is_anonymous=""))

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["is_anonymous"])
    assert (field_values(response), Case.objects.count()) == (TEXTS, 0)


def test_sending_twice_writes_one_case(signed_in, new_case_url, form_data):
    answers = [signed_in.post(new_case_url, form_data(intent="bring")) for _ in range(2)]

    assert ({answer.url for answer in answers}, Case.objects.count()) == ({url("case", Case.objects.get())}, 1)


def test_cpr_number_stops_the_case_and_nothing_typed_is_lost(signed_in, new_case_url, form_data):
    response = signed_in.post(new_case_url, form_data(tried=f"Hun hedder {CPR}"))

    assert list(response.context["form"].errors) == ["tried"]
    assert field_values(response) == TEXTS | {"tried": f"Hun hedder {CPR}"}
    assert Case.objects.count() == 0


def test_error_summary_leads_to_the_field(signed_in, new_case_url, form_data):
    content = signed_in.post(new_case_url, form_data(tried=CPR)).content.decode()

    assert ('href="#id_tried"' in content, 'id="id_tried_error"' in content) == (True, True)


def test_role_author_and_state_cannot_be_forged(signed_in, new_case_url, form_data, insiders):
    forged = {"author": insiders["supervisor"].pk, "state": "brought", "day": 999, "position": 1}

    signed_in.post(new_case_url, form_data(**forged))

    case = Case.objects.get()
    assert (case.author, case.state, case.position) == (insiders["author"], "draft", 0)


def test_form_of_a_cancelled_day_leads_back_to_it(signed_in, new_case_url, day):
    Meeting.objects.filter(pk=day.meeting_id).update(state=Meeting.State.CANCELLED)

    response = signed_in.get(new_case_url)

    assert (response.status_code, response.url) == (302, reverse("supervision:day", args=[day.pk]))


def test_text_sent_after_the_day_is_kept_on_the_page(signed_in, new_case_url, day, form_data, now):
    Meeting.objects.filter(pk=day.meeting_id).update(
        starts_at=now.replace(year=2025), ends_at=now.replace(year=2026, month=1)
    )

    response = signed_in.post(new_case_url, form_data())

    assert (field_values(response), Case.objects.count()) == (TEXTS, 0)
    assert len(response.context["form"].non_field_errors()) == 1


def test_edit_opens_with_what_is_stored(signed_in, day, author):
    case = CaseFactory(day=day, author=author)

    response = signed_in.get(url("edit_case", case))

    assert (field_values(response), response.context["form"]["version"].value()) == (TEXTS, 1)


def test_edit_from_two_tabs_shows_both_texts(signed_in, day, author, form_data):
    case = CaseFactory(day=day, author=author)
    signed_in.post(url("edit_case", case), form_data(version=1, tried="Fra den ene fane"))

    response = signed_in.post(url("edit_case", case), form_data(version=1, tried="Fra den anden fane"))

    assert "Fra den ene fane" in dict(response.context["stored"]).values()
    assert field_values(response)["tried"] == "Fra den anden fane"


def test_edit_after_a_conflict_can_be_sent_again(signed_in, day, author, form_data):
    case = CaseFactory(day=day, author=author)
    signed_in.post(url("edit_case", case), form_data(version=1, tried="Fra den ene fane"))
    conflict = signed_in.post(url("edit_case", case), form_data(version=1, tried="Fra den anden fane"))

    signed_in.post(
        url("edit_case", case),
        form_data(version=conflict.context["form"]["version"].value(), tried="Fra den anden fane"),
    )

    assert Case.objects.get().tried == "Fra den anden fane"


def test_edit_of_a_brought_case_asks_for_the_yes_again(signed_in, day, author, form_data):
    case = CaseFactory(day=day, author=author, brought=True)

    response = signed_in.post(url("edit_case", case), form_data(version=1, tried="Nyt", is_anonymous=""))

    assert (list(response.context["form"].errors), Case.objects.get().tried) == (["is_anonymous"], TEXTS["tried"])


def test_key_of_another_case_cannot_be_sent_to_edit(signed_in, day, author, form_data):
    case, other = CaseFactory(day=day, author=author), CaseFactory(day=day, author=author)

    signed_in.post(url("edit_case", case), form_data(key=other.key, version=1, tried="Nyt"))

    assert [Case.objects.get(pk=row.pk).tried for row in (case, other)] == ["Nyt", TEXTS["tried"]]


def test_case_is_deleted_after_a_question(signed_in, day, author):
    case = CaseFactory(day=day, author=author)

    question = signed_in.get(url("delete_case", case))
    still_there = Case.objects.count()
    answer = signed_in.post(url("delete_case", case))

    assert (question.status_code, still_there) == (200, 1)
    assert (answer.url, Case.objects.count()) == (reverse("supervision:day", args=[day.pk]), 0)


def test_case_is_taken_back_by_post_only(signed_in, day, author):
    case = CaseFactory(day=day, author=author, brought=True)

    statuses = [
        signed_in.get(url("take_back_case", case)).status_code,
        signed_in.post(url("take_back_case", case)).status_code,
    ]

    assert (statuses, Case.objects.get().state) == ([405, 302], "draft")


def test_case_page_leads_with_the_focus_question(signed_in, day, author):
    case = CaseFactory(day=day, author=author, brought=True)

    content = signed_in.get(url("case", case)).content.decode()

    assert f"<h1>{TEXTS['focus_question']}</h1>" in content


def test_text_of_a_case_is_text_and_no_markup(signed_in, day, author):
    case = CaseFactory(day=day, author=author, situation="<script>alert(1)</script>", brought=True)

    assert "<script>alert(1)" not in signed_in.get(url("case", case)).content.decode()


def test_messages_never_name_the_case(signed_in, new_case_url, form_data):
    signed_in.post(new_case_url, form_data(intent="bring"))

    response = signed_in.get(reverse("supervision:home"))

    assert [str(message) for message in response.context["messages"] if TEXTS["title"] in str(message)] == []
