import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.notifications.models import Notice
from lms.people.forms import CPR_MESSAGE
from tests.factories.meetings import EnrolmentFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.lists import CPR
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/"
CANCEL = f"{URL}aflys/"
REASON = {"reason": "For få tilmeldte."}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(client, standing):
    client.force_login(standing.coordinator)
    return standing.coordinator


def state(cohort):
    return Cohort.objects.values_list("state", "cancel_reason").get(pk=cohort.pk)


def test_cancelling_is_for_the_coordinator(standing, status):
    assert status(CANCEL) == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}


def test_nobody_else_cancels_by_posting(client, standing):
    for name in EVERYBODY - {"coordinator"}:
        client.force_login(getattr(standing, name))
        assert client.post(CANCEL, REASON).status_code == 404

    assert state(standing.cohort) == ("open", "")


def test_it_asks_who_you_are(client, standing):
    assert client.get(CANCEL)["Location"] == f"/konto/login/?next={CANCEL}"


def test_the_page_says_how_many_hear_and_the_button_repeats_it(client, standing, coordinator):
    schedule(standing.cohort)
    EnrolmentFactory(cohort=standing.cohort, state="waiting", waiting_since=NOW)

    soup = page(client, coordinator, CANCEL)

    # Mette, the one who waits, and Mette's manager.
    assert words(soup, "form.sheet li")[0].startswith("3 ")
    assert words(soup, "form.sheet li")[1].startswith("1 ")
    assert " 3 " in words(soup, "form.sheet button")[0]


def test_the_page_asks_why(client, standing, coordinator):
    answer = client.get(CANCEL)

    soup = BeautifulSoup(answer.content, "html.parser")
    assert words(soup, "label[for=id_reason]") == [answer.context["form"]["reason"].label]


def test_as_many_hear_as_the_button_said(client, standing, coordinator):
    told = "2"
    assert f" {told} " in words(page(client, coordinator, CANCEL), "form.sheet button")[0]

    client.post(CANCEL, REASON)

    recipients = Notice.objects.filter(occasion="meetings.cohort_cancelled").values_list("recipient", flat=True)
    assert sorted(recipients) == sorted([standing.owner.pk, standing.manager.pk])


def test_an_empty_cohort_is_cancelled_without_telling_anybody(client, standing, coordinator):
    standing.cohort.enrolments.all().delete()

    soup = page(client, coordinator, CANCEL)

    assert len(words(soup, "form.sheet li")) == 2
    assert [any(sign.isdigit() for sign in text) for text in words(soup, "form.sheet button")] == [False]


def test_the_confirmed_cohort_says_so_at_the_top_to_its_people(client, standing, coordinator):
    answer = client.post(CANCEL, REASON)

    assert answer["Location"] == URL
    assert state(standing.cohort) == ("cancelled", "For få tilmeldte.")
    assert words(page(client, standing.owner), ".page-head .alert-text") == ["For få tilmeldte."]


def test_a_second_confirmation_changes_nothing(client, standing, coordinator):
    client.post(CANCEL, REASON)

    again = client.post(CANCEL, {"reason": "En anden grund."})

    assert again["Location"] == URL
    assert client.get(CANCEL)["Location"] == URL
    assert state(standing.cohort) == ("cancelled", "For få tilmeldte.")
    assert Notice.objects.filter(occasion="meetings.cohort_cancelled").count() == 2


@pytest.mark.parametrize("reason", ["", "   ", "\u0007", "x" * 201])
def test_without_a_usable_reason_nothing_is_cancelled(client, standing, coordinator, reason):
    answer = client.post(CANCEL, {"reason": reason})

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"reason"}
    assert state(standing.cohort) == ("open", "")


def test_a_cpr_number_in_the_reason_is_refused(client, standing, coordinator):
    answer = client.post(CANCEL, {"reason": f"Se {CPR}"})

    assert answer.context["form"].errors["reason"] == [CPR_MESSAGE]
    assert state(standing.cohort) == ("open", "")


def test_the_way_there_stands_on_the_cohort_page_for_coordinators_until_it_is_cancelled(client, standing):
    link = f'a[href="{CANCEL}"]'
    assert len(page(client, standing.coordinator, URL).select(link)) == 1
    assert page(client, standing.instructor, URL).select(link) == []

    actions.cancel_cohort(cohort=standing.cohort, by=standing.coordinator, now=NOW, reason="For få.")

    assert page(client, standing.coordinator, URL).select(link) == []


def test_what_is_typed_as_a_reason_is_never_markup(client, standing, coordinator):
    client.post(CANCEL, {"reason": "<b>For få</b>"})

    assert words(page(client, standing.owner, URL), ".alert b") == []
