"""The pages on which a coordinator makes and changes a supervision group."""

import pytest
import time_machine
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import GroupMembership, SupervisionGroup
from lms.meetings.queries.groups import edition_of, places_in
from lms.people.forms import CPR_MESSAGE
from lms.people.models import Role
from tests.factories.meetings import CohortFactory, SupervisionGroupFactory, kursist_in, member_of
from tests.factories.people import person_with
from tests.meetings.days import NOW, invited_to, schedule
from tests.meetings.lists import CPR
from tests.meetings.views.test_cohorts import EVERYBODY, page, words

pytestmark = pytest.mark.django_db
NEW = "/hold/hold-vest/grupper/ny/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def group(standing):
    return SupervisionGroupFactory(cohort=standing.cohort, name="Vest 1", supervisor=standing.supervisor)


@pytest.fixture
def make(client, standing):
    client.force_login(standing.coordinator)
    typed = {"name": "Vest 1", "supervisor": standing.supervisor.pk}
    return lambda *people, **fields: client.post(NEW, typed | {"members": ticks(people)} | fields)


@pytest.fixture
def change(client, standing, group):
    client.force_login(standing.coordinator)
    typed = {"name": "Vest 1", "supervisor": standing.supervisor.pk}

    def post(*people, seen=None, **fields):
        group.refresh_from_db()
        seen = seen or edition_of(group, places_in(group))
        return client.post(address(group), typed | {"members": ticks(people), "seen": seen} | fields)

    return post


def address(group):
    return f"/gruppe/{group.pk}/ret/"


def ticks(people):
    return [person.enrolments.get().pk for person in people]


def sitting(group):
    return {place.enrolment.person for place in GroupMembership.objects.current().filter(group=group)}


def errors(response):
    return {name: [str(error) for error in found] for name, found in response.context["form"].errors.items()}


def labels(soup):
    return words(soup, ".form-group-checkbox label")


def test_groups_are_made_and_changed_by_the_providers_coordinators_alone(standing, status, group):
    for url in (NEW, address(group)):
        assert status(url) == {200: {"coordinator"}, 404: EVERYBODY - {"coordinator"}}
        assert status(url, "post", data={})[404] == EVERYBODY - {"coordinator"}


def test_they_ask_who_you_are(client, group):
    for url in (NEW, address(group)):
        assert client.get(url)["Location"] == f"/konto/login/?next={url}"


def test_the_cohort_leads_there_its_coordinator_and_nobody_else(client, standing, group):
    for person, found in ((standing.coordinator, 1), (standing.supervisor, 0), (standing.instructor, 0)):
        soup = page(client, person)
        assert [len(soup.select(f'a[href="{url}"]')) for url in (NEW, address(group))] == [found, found]


def test_those_without_a_group_are_offered_with_their_municipality(client, standing, group):
    member_of(group)
    kursist_in(CohortFactory())

    assert labels(page(client, standing.coordinator, NEW)) == ["Mette Lindholm, Viborg"]


def test_supervisors_are_the_providers_own(client, standing):
    person_with(Role.SUPERVISOR)

    options = page(client, standing.coordinator, NEW).select("select option")

    assert [option["value"] for option in options] == ["", str(standing.supervisor.pk)]


def test_a_provider_without_supervisors_is_told(client, standing):
    standing.supervisor.memberships.all().delete()

    soup = page(client, standing.coordinator, NEW)

    assert (len(soup.select(".empty")), soup.select("main form")) == (1, [])


def test_making_a_group_leads_back_to_the_cohort_with_hints_in_words(client, standing, make):
    colleague = kursist_in(standing.cohort, standing.owner.enrolments.get().municipality, name="Rasmus Toft")

    response = make(standing.owner, colleague)

    assert (response.status_code, response["Location"]) == (302, "/hold/hold-vest/")
    group = SupervisionGroup.objects.get()
    assert (group.supervisor, sitting(group)) == (standing.supervisor, {standing.owner, colleague})
    told = words(BeautifulSoup(client.get("/hold/hold-vest/").content, "html.parser"), ".alert")
    assert [("Viborg" in text, "5–8" in text) for text in told] == [(False, False), (False, True), (True, False)]


def test_a_double_click_makes_one_group_and_says_so(standing, make):
    make(standing.owner)

    response = make(standing.owner)

    assert (response.status_code, list(errors(response))) == (200, ["name", "members"])
    assert SupervisionGroup.objects.count() == 1


def test_a_name_that_is_taken_is_refused_with_everything_kept(standing, make, group):
    response = make(standing.owner)

    assert list(errors(response)) == ["name"]
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("#id_name")["value"] == "Vest 1"
    assert soup.select_one("#id_members_0").has_attr("checked")
    assert SupervisionGroup.objects.count() == 1


def test_the_later_of_two_at_once_is_told_too(standing, make, monkeypatch):
    make()
    # The form looked before the other one was done.
    monkeypatch.setattr("lms.meetings.forms.groups.GroupForm.clean_name", lambda form: form.cleaned_data["name"])

    response = make(standing.owner)

    assert (list(errors(response)), SupervisionGroup.objects.count()) == (["name"], 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "…"}, "name"),
        ({"name": "\x07\r\n"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"supervisor": ""}, "supervisor"),
        ({"supervisor": "0"}, "supervisor"),
        ({"supervisor": "9" * 40}, "supervisor"),
        ({"members": ["0"]}, "members"),
        ({"members": ["x", "9" * 40]}, "members"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_makes_nothing(make, fields, field):
    assert list(errors(make(**fields))) == [field]
    assert not SupervisionGroup.objects.exists()


def test_the_writing_guard_reads_the_name(make):
    assert errors(make(name=f"Gruppe {CPR}"))["name"] == [str(CPR_MESSAGE)]


def test_one_who_got_a_group_meanwhile_is_said_in_words(standing, make, group):
    member = member_of(group)

    assert list(errors(make(standing.owner, member, name="Vest 2"))) == ["members"]
    assert SupervisionGroup.objects.count() == 1


def test_one_who_left_between_form_and_action_is_said_too(standing, make, monkeypatch):
    def late(**_about):
        raise actions.NotEnrolled

    monkeypatch.setattr("lms.meetings.actions.create_group", late)

    assert list(errors(make(standing.owner))) == ["members"]


def test_a_cohort_that_is_cancelled_keeps_its_groups(client, standing, make, change, group):
    actions.cancel_cohort(cohort=standing.cohort, by=None, now=NOW, reason="For få.")

    for response in (make(standing.owner), change(standing.owner), client.get(NEW), client.get(address(group))):
        assert (response.status_code, response["Location"]) == (302, "/hold/hold-vest/")
    assert (SupervisionGroup.objects.count(), sitting(group)) == (1, set())
    soup = page(client, standing.coordinator)
    assert soup.select(f'a[href="{NEW}"], a[href="{address(group)}"]') == []


def test_the_group_stands_first_and_ticked(client, standing, group):
    member_of(group, name="Åse Holm")
    kursist_in(standing.cohort, name="Asta Lund")

    boxes = page(client, standing.coordinator, address(group)).select(".form-group-checkbox input")

    names = labels(page(client, standing.coordinator, address(group)))
    assert [name.partition(",")[0] for name in names] == ["Åse Holm", "Asta Lund", "Mette Lindholm"]
    assert [box.has_attr("checked") for box in boxes] == [True, False, False]


def test_members_come_and_go_and_the_supervisor_changes_in_one_form(standing, change, group):
    goes, meeting = member_of(group), schedule(standing.cohort, group=group)
    new = person_with(Role.SUPERVISOR, standing.cohort.course.provider)

    response = change(standing.owner, name="Vest 9", supervisor=new.pk)

    assert (response.status_code, response["Location"]) == (302, "/hold/hold-vest/")
    group.refresh_from_db()
    assert (group.name, group.supervisor, sitting(group)) == ("Vest 9", new, {standing.owner})
    assert [invited_to(person) for person in (goes, standing.supervisor)] == [[], []]
    assert [invited_to(person) for person in (new, standing.owner)] == [[meeting], [meeting]]


def test_the_old_supervisor_meets_a_closed_door_at_the_next_request(client, standing, change, group):
    door = f"/supervision/gruppe/{group.pk}/"
    new = person_with(Role.SUPERVISOR, standing.cohort.course.provider)
    change(supervisor=new.pk)

    for person, expected in ((standing.supervisor, 404), (new, 200)):
        client.force_login(person)
        assert client.get(door).status_code == expected


def test_saving_twice_is_one_change(standing, change, group):
    seen = edition_of(group, places_in(group))

    answers = [change(standing.owner, seen=seen) for _click in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert GroupMembership.objects.count() == 1


def test_who_comes_second_sees_both_and_saves_on_top(standing, change, group):
    seen, other = edition_of(group, places_in(group)), kursist_in(standing.cohort, name="Asta Lund")
    change(other)

    response = change(standing.owner, name="Vest 7", seen=seen)

    assert response.status_code == 409
    soup = BeautifulSoup(response.content, "html.parser")
    stands = words(soup, "main [role=alert] dd")
    assert (stands[0], stands[1].startswith("Asta Lund, ")) == ("Vest 1", True)
    assert soup.select_one("#id_name")["value"] == "Vest 7"
    assert sitting(group) == {other}

    assert change(other, standing.owner, seen=soup.select_one("#id_seen")["value"]).status_code == 302
    assert sitting(group) == {other, standing.owner}


def test_a_name_another_group_has_is_refused(standing, change, group):
    SupervisionGroupFactory(cohort=standing.cohort, name="Vest 2")
    member = member_of(group)

    response = change(name="Vest 2")

    assert (list(errors(response)), sitting(group)) == (["name"], {member})


def test_a_supervisor_who_left_the_provider_must_be_replaced(standing, change, group):
    standing.supervisor.memberships.all().delete()
    person_with(Role.SUPERVISOR, standing.cohort.course.provider)

    assert list(errors(change())) == ["supervisor"]


def test_hints_about_the_group_as_it_sits_stand_on_its_page(client, standing, group):
    assert words(page(client, standing.coordinator, address(group)), ".alert-heading") == ["Værd at overveje"]

    for _number in range(5):
        member_of(group)
    assert words(page(client, standing.coordinator, address(group)), ".alert-heading") == []


@pytest.mark.parametrize("many", [1, 3, 30])
def test_both_pages_ask_as_often_however_many_people(client, standing, group, many, django_assert_num_queries):
    for _number in range(many):
        member_of(group)
        kursist_in(standing.cohort)
        person_with(Role.SUPERVISOR, standing.cohort.course.provider)
    client.force_login(standing.coordinator)

    # session, user, access, cohort, supervisors, those without a group
    with django_assert_num_queries(6):
        client.get(NEW)
    # beside these: the group with its cohort, its places, who of them manages
    with django_assert_num_queries(8):
        client.get(address(group))
