"""One's own seat, asking for one, and the local manager's word about it."""

import pytest
import time_machine
from django.utils.translation import gettext

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import person_with
from tests.meetings.days import NOW, schedule
from tests.meetings.seats import offered, wishing
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
OWN, APPLY = "/hold/hold-vest/min-plads/", "/hold/soeg/"
CONSULTANTS = {"owner", "colleague", "stranger"}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def waiting(standing):
    """The colleague waits in a full cohort."""
    Cohort.objects.filter(pk=standing.cohort.pk).update(capacity=1)
    municipality = standing.colleague.memberships.get().organisation
    return wishing(standing.cohort, person=standing.colleague, municipality=municipality)


@pytest.fixture
def applied(standing):
    municipality = standing.colleague.memberships.get().organisation
    return wishing(standing.cohort, "applied", person=standing.colleague, municipality=municipality)


@pytest.fixture
def application(applied):
    return f"/hold/hold-vest/kursister/ansoegning/{applied.pk}/"


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def test_own_seat_opens_for_those_who_have_one(standing, status):
    assert status(OWN) == {200: {"owner"}, 404: EVERYBODY - {"owner"}}


def test_own_seat_asks_who_you_are(standing, client):
    assert client.get(OWN)["Location"] == f"/konto/login/?next={OWN}"


def test_who_waits_sees_place_and_reason_but_never_the_others(standing, waiting, client):
    soup = page(client, standing.colleague, OWN)

    assert words(soup, "main .page-head .state") == [str(Enrolment.State.WAITING.label).capitalize()]
    place = gettext("You are number %(place)s of %(of)s on the waiting list") % {"place": 1, "of": 1}
    assert words(soup, "#standing") == [place]
    full = gettext("All %(of)s seats are taken, offered or reserved.") % {"of": 1}
    assert words(soup, "section[aria-labelledby=standing] li") == [full]
    assert standing.owner.name not in soup.get_text()


def test_who_waits_does_not_see_the_cohort(standing, waiting, client):
    client.force_login(standing.colleague)

    assert [client.get(url).status_code for url in ("/hold/hold-vest/", "/hold/hold-vest/kursister/")] == [404, 404]


def test_an_offer_is_answered_on_the_own_page(client):
    offer = offered()
    client.force_login(offer.enrolment.person)

    client.post("/hold/hold-oest/min-plads/", {"decision": "accept"})
    client.post("/hold/hold-oest/min-plads/", {"decision": "accept"})

    assert state(offer.enrolment) == "enrolled"


def test_giving_up_asks_why_and_then_passes_the_seat_on(standing, waiting, client):
    client.force_login(standing.owner)
    seat = standing.owner.enrolments.get()

    refused = client.post(OWN, {"decision": "leave", "reason": ""})
    before = state(seat)
    client.post(OWN, {"decision": "leave", "reason": "Nyt job"})

    assert (refused.status_code, before, state(seat), state(waiting)) == (200, "enrolled", "withdrawn", "offered")


def test_the_history_says_who_when_and_why(standing, client):
    seat = standing.owner.enrolments.get()
    actions.withdraw(enrolment=seat, by=standing.coordinator, now=NOW, reason="Nyt job")

    [step] = words(page(client, standing.owner, OWN), "section[aria-labelledby=history] li")

    assert [standing.coordinator.name in step, "Nyt job" in step] == [True, True]


@pytest.mark.parametrize("decision", ["", "accept", "perhaps", "\x00", "leave"])
def test_a_button_that_is_not_there_changes_nothing(standing, client, decision):
    client.force_login(standing.owner)

    assert client.post(OWN, {"decision": decision}).status_code in {200, 302}

    assert state(standing.owner.enrolments.get()) == "enrolled"


def test_only_job_consultants_apply(standing, status):
    assert status(APPLY) == {200: CONSULTANTS, 404: EVERYBODY - CONSULTANTS}


def test_applying_twice_gives_one_wish_and_leads_to_the_own_page(standing, client):
    client.force_login(standing.colleague)

    first = client.post(APPLY, {"cohort": standing.cohort.pk})
    second = client.post(APPLY, {"cohort": standing.cohort.pk})

    wish = standing.colleague.enrolments.get()
    assert (first["Location"], second["Location"], wish.state) == (OWN, APPLY, "enrolled")
    assert wish.municipality == standing.colleague.memberships.get().organisation


def test_applying_where_the_manager_is_asked_waits_for_the_word(standing, client):
    Cohort.objects.filter(pk=standing.cohort.pk).update(needs_approval=True)
    client.force_login(standing.colleague)

    client.post(APPLY, {"cohort": standing.cohort.pk})

    assert standing.colleague.enrolments.get().state == "applied"


@pytest.mark.parametrize("cohort", ["", "x", "0", "9" * 30, "\x00"])
def test_a_cohort_that_does_not_exist_is_no_fault_of_ours(standing, client, cohort):
    client.force_login(standing.colleague)

    assert client.post(APPLY, {"cohort": cohort})["Location"] == APPLY
    assert standing.colleague.enrolments.count() == 0


@pytest.mark.parametrize("closed", ["draft", "closed", "cancelled"])
def test_a_cohort_that_is_not_open_takes_no_wish(standing, client, closed):
    Cohort.objects.update(state=closed)
    client.force_login(standing.colleague)

    client.post(APPLY, {"cohort": standing.cohort.pk})

    assert standing.colleague.enrolments.count() == 0


def test_the_list_of_cohorts_leads_to_applying(standing, client):
    seen = {
        name: bool(page(client, getattr(standing, name), "/hold/").select(f"a[href='{APPLY}']")) for name in EVERYBODY
    }

    assert {name for name, shown in seen.items() if shown} == CONSULTANTS


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_of_wishes_asks_the_same_of_the_database(client, count, django_assert_num_queries):
    person = person_with(Role.JOB_CONSULTANT)
    for _number in range(count):
        wishing(CohortFactory(), person=person)
        kursist_in(CohortFactory())
    client.force_login(person)
    client.get(APPLY)

    with django_assert_num_queries(8):
        client.get(APPLY)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_own_page_asks_the_same_of_the_database(standing, waiting, client, count, django_assert_num_queries):
    for number in range(count):
        schedule(standing.cohort, days=4 + number)
        wishing(standing.cohort)
    client.force_login(standing.colleague)
    client.get(OWN)

    with django_assert_num_queries(13):
        client.get(OWN)


def test_an_application_opens_for_the_manager_of_its_municipality(standing, application, status):
    assert status(application) == {200: {"manager"}, 404: EVERYBODY - {"manager"}}
    assert status(application, "post", data={"decision": "approve"})[302] == {"manager"}


def test_the_manager_finds_the_application_on_the_list(standing, applied, application, client):
    found = {
        name: len(
            page(client, getattr(standing, name), "/hold/hold-vest/kursister/").select(f"a[href='{application}']")
        )
        for name in ("manager", "coordinator", "owner", "programme_manager")
    }

    assert found == {"manager": 1, "coordinator": 0, "owner": 0, "programme_manager": 0}


def test_a_yes_gives_a_seat(standing, applied, application, client):
    client.force_login(standing.manager)

    client.post(application, {"decision": "approve"})
    again = client.post(application, {"decision": "approve"})

    assert (again["Location"], state(applied)) == ("/hold/hold-vest/kursister/", "enrolled")


@pytest.mark.parametrize("reason", ["", "   ", "\x07"])
def test_a_no_without_words_is_asked_for_them(standing, applied, application, client, reason):
    client.force_login(standing.manager)

    response = client.post(application, {"decision": "refuse", "reason": reason})

    assert (response.status_code, state(applied)) == (200, "applied")


def test_a_no_tells_the_person_why(standing, applied, application, client):
    client.force_login(standing.manager)
    client.post(application, {"decision": "refuse", "reason": "Vi venter til foråret"})

    [latest] = words(page(client, standing.colleague, OWN), "section[aria-labelledby=history] li")

    assert (state(applied), "Vi venter til foråret" in latest) == ("refused", True)


@pytest.mark.parametrize("closed", ["closed", "cancelled"])
def test_a_cohort_that_is_closed_takes_no_yes(standing, applied, application, client, closed):
    Cohort.objects.update(state=closed)
    client.force_login(standing.manager)

    assert client.post(application, {"decision": "approve"})["Location"] == "/hold/hold-vest/kursister/"
    assert state(applied) == "applied"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_with_applications_asks_the_same(standing, client, count, django_assert_num_queries):
    municipality = standing.manager.memberships.get().organisation
    for _number in range(count):
        wishing(standing.cohort, "applied", municipality=municipality)
    client.force_login(standing.manager)
    client.get("/hold/hold-vest/kursister/")

    with django_assert_num_queries(6):
        client.get("/hold/hold-vest/kursister/")
