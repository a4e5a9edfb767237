from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.models import Learning, NextStep
from tests.factories.supervision import LearningFactory, NextStepFactory

pytestmark = pytest.mark.django_db

CPR = "010170-1234"


@pytest.fixture
def day_url(day):
    return reverse("supervision:day", args=[day.pk])


@pytest.fixture
def learning_url(day):
    return reverse("supervision:note_learning", args=[day.pk])


@pytest.fixture
def step_url(day):
    return reverse("supervision:add_next_step", args=[day.pk])


def test_member_notes_an_own_learning(client, author, learning_url, day_url):
    client.force_login(author)

    response = client.post(learning_url, {"text": "Et ja kan være høflighed"})

    learning = Learning.objects.get()
    assert (response.url, learning.focus_person, learning.is_approved) == (day_url, author, True)


def test_member_cannot_note_a_learning_for_somebody_else(client, author, insiders, learning_url):
    client.force_login(author)

    client.post(learning_url, {"text": "Et ja", "focus_person": insiders["group colleague"].pk})

    assert Learning.objects.get().focus_person == author


def test_supervisor_notes_it_for_a_focus_person(client, day, author, learning_url):
    client.force_login(day.group.supervisor)

    client.post(learning_url, {"text": "Et ja", "focus_person": author.pk})

    learning = Learning.objects.get()
    assert (learning.focus_person, learning.noted_by, learning.is_approved) == (author, day.group.supervisor, False)


def test_supervisor_cannot_choose_somebody_outside_the_group(client, day, outsiders, learning_url):
    client.force_login(day.group.supervisor)

    response = client.post(learning_url, {"text": "Et ja", "focus_person": outsiders["other cohort"].pk})

    assert (list(response.context["form"].errors), Learning.objects.count()) == (["focus_person"], 0)


def test_focus_person_approves(client, day, author, day_url):
    learning = LearningFactory(day=day, focus_person=author, noted_by=day.group.supervisor)
    client.force_login(author)

    response = client.post(reverse("supervision:approve_learning", args=[learning.pk]))

    assert (response.url, Learning.objects.get().is_approved) == (day_url, True)


def test_supervisor_cannot_approve_for_the_focus_person(client, day, author):
    learning = LearningFactory(day=day, focus_person=author, noted_by=day.group.supervisor)
    client.force_login(day.group.supervisor)

    response = client.post(reverse("supervision:approve_learning", args=[learning.pk]))

    assert (response.status_code, Learning.objects.get().is_approved) == (404, False)


def test_next_step_is_noted(client, author, step_url, day_url):
    client.force_login(author)
    in_a_week = timezone.localdate() + timedelta(days=7)

    response = client.post(step_url, {"text": "Spørge", "due_date": in_a_week.isoformat()})

    step = NextStep.objects.get()
    assert (response.url, step.person, step.due_date) == (day_url, author, in_a_week)


def test_cpr_number_stops_a_next_step_and_keeps_the_words(client, author, step_url):
    client.force_login(author)

    response = client.post(step_url, {"text": f"Hun hedder {CPR}"})

    form = response.context["form"]
    assert (list(form.errors), form["text"].value(), NextStep.objects.count()) == (["text"], f"Hun hedder {CPR}", 0)


def test_supervisor_has_no_next_step(client, day, step_url):
    client.force_login(day.group.supervisor)

    assert client.get(step_url).status_code == 404


def test_person_tells_how_an_own_step_went(client, day, author):
    step = NextStepFactory(day=day, person=author)
    client.force_login(author)

    response = client.post(
        reverse("supervision:tell_next_step", args=[step.pk]),
        {"status": "dropped", "follow_up": "Der kom noget imellem"},
    )

    step.refresh_from_db()
    assert (response.url, step.status, step.follow_up) == (
        reverse("supervision:home"),
        "dropped",
        "Der kom noget imellem",
    )


def test_step_that_is_told_opens_with_what_was_told(client, day, author):
    step = NextStepFactory(day=day, person=author, status="tried", follow_up="Det gik godt")
    client.force_login(author)

    form = client.get(reverse("supervision:tell_next_step", args=[step.pk])).context["form"]

    assert (form["status"].value(), form["follow_up"].value()) == ("tried", "Det gik godt")


def test_colleague_does_not_tell_for_another(client, day, author, insiders):
    step = NextStepFactory(day=day, person=author)
    client.force_login(insiders["group colleague"])

    response = client.post(reverse("supervision:tell_next_step", args=[step.pk]), {"status": "tried"})

    assert (response.status_code, NextStep.objects.get().status) == (404, "planned")
