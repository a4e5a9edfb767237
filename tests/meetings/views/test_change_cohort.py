"""The settings of a cohort, as its coordinator changes them."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils.translation import gettext

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.people.forms import CPR_MESSAGE
from tests.factories.meetings import CohortFactory, EnrolmentFactory
from tests.meetings.days import NOW
from tests.meetings.lists import CPR
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
URL = "/hold/hold-vest/ret/"
FIELDS = {"name": "Hold Vest", "capacity": 30, "state": "open", "offer_hours": 72}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def post(client, standing):
    client.force_login(standing.coordinator)
    seen = standing.cohort.edition
    return lambda **fields: client.post(URL, FIELDS | {"seen": seen} | fields)


def stored():
    return Cohort.objects.values_list("name", "capacity", "state", "needs_approval").get(slug="hold-vest")


def errors(response):
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}


def test_the_settings_are_for_the_coordinator(standing, status):
    assert status(URL) == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}
    assert status(URL, "post", data=FIELDS)[404] == EVERYBODY - {"coordinator"}


def test_they_ask_who_you_are(client, standing):
    assert client.get(URL)["Location"] == f"/konto/login/?next={URL}"


def test_the_page_says_how_many_seats_are_held(client, standing):
    EnrolmentFactory(cohort=standing.cohort)

    [lead] = words(page(client, standing.coordinator, URL), ".lead")

    assert lead.startswith("2 ")


def test_saving_leads_back_to_the_cohort(standing, post):
    response = post(name="Hold Øst", capacity=12, state="closed", needs_approval="on")

    assert (response.status_code, response["Location"]) == (302, "/hold/hold-vest/")
    assert stored() == ("Hold Øst", 12, "closed", True)


def test_a_double_click_is_one_change_and_says_the_second_time_that_it_stands(standing, post):
    first, second = post(capacity=12), post(capacity=12)

    assert (first.status_code, second.status_code) == (302, 409)
    assert words_of(second, "dt") == []  # nothing of what was typed differs from what stands


def words_of(response, selector):
    return words(BeautifulSoup(response.content, "html.parser"), f"main [role=alert] {selector}")


def test_who_comes_second_sees_both_and_saves_on_top(standing, post):
    actions.change_cohort(
        cohort=standing.cohort, by=None, now=NOW, seen=standing.cohort.edition, capacity=20, state="closed"
    )

    response = post(capacity=12)

    form = response.context["form"]
    assert (response.status_code, form["capacity"].value()) == (409, "12")
    assert words_of(response, "dd") == ["20", gettext("Closed: no new names, and no offers")]
    assert post(capacity=12, seen=form["seen"].value()).status_code == 302
    assert stored()[1] == 12


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x07"}, "name"),
        ({"name": "---"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "1000"}, "capacity"),
        ({"capacity": "mange"}, "capacity"),
        ({"capacity": ""}, "capacity"),
        ({"state": "cancelled"}, "state"),
        ({"state": "åben"}, "state"),
        ({"state": ""}, "state"),
        ({"offer_hours": "0"}, "offer_hours"),
        ({"offer_hours": "-5"}, "offer_hours"),
    ],
)
def test_bad_input_is_named_and_saves_nothing(standing, post, fields, field):
    response = post(capacity=12, **{"name": "Hold Øst"} | fields) if "capacity" not in fields else post(**fields)

    assert (response.status_code, set(errors(response))) == (200, {field})
    assert stored() == ("Hold Vest", 30, "open", False)


def test_a_form_without_what_was_seen_saves_nothing(standing, post):
    assert post(seen="", capacity=12).status_code == 200
    assert post(seen="\x00", capacity=12).status_code == 200
    assert post(seen="x" * 16, capacity=12).status_code == 409

    assert stored()[1] == 30


def test_a_personal_number_is_no_name(standing, post):
    assert errors(post(name=f"Hold {CPR}"))["name"] == [str(CPR_MESSAGE)]


def test_a_taken_name_is_said_at_the_name(standing, post):
    CohortFactory(course=standing.cohort.course, name="Hold Øst")

    found = errors(post(name="Hold Øst"))

    assert found == {"name": [gettext("The course has a cohort with that name already.")]}


def test_too_few_seats_are_said_at_the_seats(standing, post):
    EnrolmentFactory(cohort=standing.cohort)

    found = errors(post(capacity=1))

    words = gettext("%(held)d seats are taken, offered or reserved. There cannot be fewer.") % {"held": 2}
    assert found == {"capacity": [words]}


def test_fields_that_are_not_shown_change_nothing(standing, post):
    other = CohortFactory()

    post(slug="et-andet", course=other.course_id, cancel_reason="Nej", pk=other.pk)

    cohort = Cohort.objects.get(pk=standing.cohort.pk)
    assert (cohort.slug, cohort.course_id, cohort.cancel_reason) == ("hold-vest", standing.cohort.course_id, "")


def test_a_cancelled_cohort_leads_back(standing, client):
    Cohort.objects.filter(slug="hold-vest").update(state="cancelled")
    client.force_login(standing.coordinator)

    assert client.get(URL)["Location"] == "/hold/hold-vest/"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_asks_as_little_however_many_are_enrolled(client, standing, count, django_assert_num_queries):
    for _number in range(count):
        EnrolmentFactory(cohort=standing.cohort)
    client.force_login(standing.coordinator)

    with django_assert_num_queries(6):
        client.get(URL)


def test_the_cohort_leads_here(client, standing):
    soup = page(client, standing.coordinator, "/hold/hold-vest/")

    assert [link["href"] for link in soup.select(f'a[href="{URL}"]')] == [URL]
