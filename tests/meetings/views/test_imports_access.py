from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.meetings.models import ImportDraft
from lms.people.models import Organisation, Role, User
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import MunicipalityFactory, person_with
from tests.meetings.lists import HEADINGS, METTE, seats, send, uploaded, xlsx
from tests.meetings.views.importing import cohort, coordinator, viborg

__all__ = ["cohort", "coordinator", "viborg"]
pytestmark = pytest.mark.django_db


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
