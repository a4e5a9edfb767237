from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from courses.models import Reflection, Trial
from lms.people.models import Role
from tests.factories.courses import ReflectionFactory, TeachingDayFactory, TrialFactory
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
CPR = "Det er 010180-1234"


@pytest.fixture
def day():
    return TeachingDayFactory()


@pytest.fixture
def kursist(client, day):
    person = kursist_in(day.cohort)
    client.force_login(person)
    return person


def address(name, day):
    return reverse(f"courses:{name}", args=[day.cohort.slug, day.number])


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("sent,shared_at", [({}, None), ({"share": "1"}, NOW)])
def test_reflection_is_kept_as_a_draft_or_handed_in(client, day, kursist, sent, shared_at):
    response = client.post(address("reflection", day), {"text": "Rammerne er svære.", **sent})

    assert response["Location"] == day.get_absolute_url()
    reflection = Reflection.objects.get()
    assert (reflection.person, reflection.text, reflection.shared_at) == (kursist, "Rammerne er svære.", shared_at)


def test_reflection_is_one_however_often_it_is_saved(client, day, kursist):
    for text in ("Første", "Anden", "Anden"):
        client.post(address("reflection", day), {"text": text})

    assert list(Reflection.objects.values_list("text", flat=True)) == ["Anden"]


def test_trial_is_chosen_and_told_of(client, day, kursist):
    client.post(address("trial", day), {"intention": "Spørg i kantinen", "due_date": "2026-12-04"})
    client.post(address("trial_story", day), {"what_happened": "To sagde ja.", "share": "1"})

    trial = Trial.objects.get()
    assert (trial.intention, trial.due_date, trial.what_happened) == (
        "Spørg i kantinen",
        date(2026, 12, 4),
        "To sagde ja.",
    )
    text = client.get(day.get_absolute_url()).text
    assert "Spørg i kantinen" in text
    assert "To sagde ja." in text


def test_there_is_nothing_to_tell_before_a_trial_is_chosen(client, day, kursist):
    assert client.get(address("trial_story", day)).status_code == 404


@pytest.mark.parametrize(
    "name,field", [("reflection", "text"), ("trial", "intention"), ("trial_story", "what_happened")]
)
def test_cpr_number_is_refused_and_what_was_typed_is_kept(client, day, kursist, name, field):
    if name == "trial_story":
        TrialFactory(teaching_day=day, person=kursist)

    response = client.post(address(name, day), {field: CPR, "due_date": "2026-12-04"})

    assert list(response.context["form"].errors) == [field]
    assert CPR in response.text
    assert not Reflection.objects.exists()
    assert not Trial.objects.filter(intention=CPR).exists()
    assert not Trial.objects.filter(what_happened=CPR).exists()


@pytest.mark.parametrize("name", ["reflection", "trial"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_own_work_is_for_kursister_of_the_cohort(client, day, name, method):
    municipality = kursist_in(day.cohort).memberships.get().organisation
    people = [
        person_with(Role.INSTRUCTOR, day.cohort.course.provider),
        person_with(Role.PROGRAMME_MANAGER),
        person_with(Role.LOCAL_MANAGER, municipality),
        person_with(Role.JOB_CONSULTANT, municipality),
        kursist_in(CohortFactory(course=day.cohort.course)),
    ]

    for person in people:
        client.force_login(person)
        assert getattr(client, method)(address(name, day)).status_code == 404


def test_forged_owner_is_not_stored(client, day, kursist):
    other = kursist_in(day.cohort)

    client.post(address("reflection", day), {"text": "Mit", "person": other.pk, "shared_at": "2020-01-01"})

    reflection = Reflection.objects.get()
    assert (reflection.person, reflection.shared_at) == (kursist, None)


def test_others_reflection_is_not_shown_on_the_form(client, day, kursist):
    ReflectionFactory(teaching_day=day, text="En andens ord")

    assert "En andens ord" not in client.get(address("reflection", day)).text
