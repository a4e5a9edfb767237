"""The pages where people are added to an organisation, moved, and their roles ended."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.meetings.models import Attendance, Cohort, Enrolment
from lms.notifications.actions import send_waiting
from lms.people.models import AuditEntry, Membership, Role, User
from lms.people.queries import ADMINISTRATORS
from tests.factories.courses import course_page
from tests.factories.meetings import AttendanceFactory, CohortFactory, MeetingFactory, kursist_in
from tests.factories.people import (
    AgencyFactory,
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProviderFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg")


@pytest.fixture
def manager(client, viborg):
    person = person_with(Role.LOCAL_MANAGER, viborg, name="Dorthe Grønbæk", email="dorthe@viborg.example")
    client.force_login(person)
    return person


@pytest.fixture
def administrator(client):
    person = person_with(Role.ADMINISTRATOR, name="Rikke Damgård", email="rikke@fodfaeste.example")
    client.force_login(person)
    return person


def address(name, place, *more):
    return reverse(f"people:{name}", args=[place.pk if place else ADMINISTRATORS, *more])


def ending(membership):
    return address("end_membership", membership.organisation, membership.pk)


def person_data(today, **changes):
    return {"email": "asta@viborg.example", "name": "Asta", "role": "job_consultant", "start_date": today, **changes}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_takes_as_many_queries_however_long(client, manager, viborg, count, django_assert_num_queries):
    for number in range(count):
        MembershipFactory(organisation=viborg, person__name=f"Person nr. {number}")

    with django_assert_num_queries(5):
        page = client.get(address("organisation", viborg)).text

    assert page.count(">Person nr.") == count


@pytest.mark.parametrize("count", [1, 3, 30])
def test_all_organisations_take_as_many_queries_however_many(client, administrator, count, django_assert_num_queries):
    for number in range(count):
        MembershipFactory(organisation=MunicipalityFactory(name=f"Kommune nr. {number}"))

    with django_assert_num_queries(4):
        page = client.get(reverse("people:organisations")).text

    assert page.count(">Kommune nr.") == count


def test_search_by_a_part_of_the_name(client, administrator, viborg):
    MunicipalityFactory(name="Randers")

    found, nothing = (client.get(reverse("people:organisations"), {"q": words}).text for words in ("vib", "x"))

    assert (">Viborg</a>" in found, ">Randers</a>" in found) == (True, False)
    assert "Ingen organisation hedder sådan" in nothing


@pytest.mark.parametrize(
    ("role", "make"),
    [
        (Role.LOCAL_MANAGER, MunicipalityFactory),
        (Role.PROVIDER_COORDINATOR, ProviderFactory),
        (Role.PROGRAMME_MANAGER, AgencyFactory),
    ],
)
def test_manager_of_one_organisation_comes_straight_to_it(client, role, make):
    organisation = make()
    client.force_login(person_with(role, organisation))

    answer = client.get(reverse("people:organisations"))

    assert answer["Location"] == address("organisation", organisation)


@pytest.mark.parametrize("query", ["", "?q=viborg"])
def test_who_looks_after_nobody_finds_no_list(client, viborg, query):
    client.force_login(person_with(Role.JOB_CONSULTANT, viborg))

    assert client.get(reverse("people:organisations") + query).status_code == 404


def test_manager_of_two_chooses(client, manager, viborg):
    MembershipFactory(person=manager, organisation=MunicipalityFactory(name="Randers"), role=Role.LOCAL_MANAGER)

    page = client.get(reverse("people:organisations")).text

    assert [f">{name}</a>" in page for name in ("Viborg", "Randers", "Se administratorerne")] == [True, True, False]


def test_page_says_who_belongs_comes_and_has_left(client, manager, viborg, today):
    MembershipFactory(organisation=viborg, person__name="Mette", start_date=today + DAY)
    MembershipFactory(organisation=viborg, person__name="Bent", end_date=today - DAY)

    page = client.get(address("organisation", viborg)).text

    order = [
        page.index(word) for word in (">Dorthe Grønbæk<br>", ">På vej<", ">Mette<", ">Ikke længere her<", ">Bent<")
    ]
    assert order == sorted(order)


def test_empty_organisation_says_how_to_begin(client, administrator, viborg):
    assert "Ingen hører til her i dag" in client.get(address("organisation", viborg)).text


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "x", "-1", "٣"])
def test_made_up_organisation_is_not_found(client, administrator, key):
    assert client.get(f"/organisationer/{key}/").status_code == 404


def test_one_municipality_does_not_find_anothers_staff(client, manager):
    """The colleague of another municipality, by each address and by the own organisation's with a foreign number."""
    foreign = MembershipFactory()
    own = manager.memberships.get().organisation

    addresses = [
        address("organisation", foreign.organisation),
        address("add_member", foreign.organisation),
        ending(foreign),
        address("end_membership", own, foreign.pk),
        address("organisation", None),
        address("add_member", None),
    ]

    assert [client.get(one).status_code for one in addresses] == [404] * 6
    assert [client.post(one, {"first_day_without": "2027-01-01"}).status_code for one in addresses] == [404] * 6


def test_adding_somebody_new_invites_them_and_lists_the_address(client, manager, viborg, today):
    page = client.post(address("add_member", viborg), person_data(today), follow=True).text
    send_waiting(now=timezone.now())

    row = Membership.objects.get(person__email="asta@viborg.example")
    assert (row.organisation, row.role, row.start_date) == (viborg, Role.JOB_CONSULTANT, today)
    assert "asta@viborg.example er tilføjet og får en mail om det." in page
    assert [message.to for message in mail.outbox] == [["asta@viborg.example"]]


def masked(page):
    """The page without what is new in every answer."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("seen", ["answer", "list", "end"])
def test_page_tells_nobody_whether_the_address_has_an_account(client, manager, viborg, today, seen):
    pages = []
    for known in (False, True):
        if known:
            Membership.objects.filter(person__email="asta@viborg.example").delete()
            User.objects.filter(email="asta@viborg.example").delete()
            UserFactory(email="asta@viborg.example", name="Asta Holm", title="Chef", last_login=timezone.now())
        answer = client.post(address("add_member", viborg), person_data(today), follow=seen != "list").text
        row = Membership.objects.get(person__email="asta@viborg.example")
        where = {"list": address("organisation", viborg), "end": ending(row)}
        text = client.get(where[seen]).text if seen in where else answer
        pages.append(masked(text).replace(f"/{row.pk}/", "/N/"))

    assert pages[0] == pages[1]
    assert "Asta" not in pages[1].replace("asta@", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "administrator"},
        {"role": "editor"},
        {"role": "moderator"},
        {"role": ""},
        {"email": "dorthe@viborg.example"},
        {"email": "DORTHE@viborg.example", "role": "local_manager"},
        {"name": "1234"},
        {"start_date": "2020-01-01"},
        {"start_date": "2099-01-01"},
        {"email": "intet"},
    ],
)
def test_role_one_may_not_give_oneself_and_what_is_no_person_are_refused(client, manager, viborg, today, changes):
    answer = client.post(address("add_member", viborg), person_data(today, **changes))

    assert (answer.status_code, "error-summary" in answer.text) == (200, True)
    assert (Membership.objects.count(), User.objects.count()) == (1, 1)


def test_new_administrator_must_be_here_already(client, administrator, today):
    data = person_data(today, role="administrator")

    page = client.post(address("add_member", None), data).text

    assert "Ingen med den adresse har været logget ind" in page
    assert User.objects.count() == 1


def test_administrator_makes_another_one(client, administrator, today):
    bo = UserFactory(email="bo@fodfaeste.example")

    client.post(address("add_member", None), person_data(today, role="administrator", email=bo.email))

    assert list(bo.memberships.values_list("role", "organisation")) == [("administrator", None)]


def signed_in(person):
    """A browser of their own, open all the while."""
    browser = Client()
    browser.force_login(person)
    return browser


def test_role_ended_today_is_gone_at_the_colleagues_next_request(client, manager, viborg, today):
    cohort = CohortFactory()
    mette = kursist_in(cohort, viborg, name="Mette Lindholm")
    theirs, page_of_cohort = signed_in(mette), reverse("meetings:cohort", args=[cohort.slug])
    assert theirs.get(page_of_cohort).status_code == 200

    page = client.post(ending(mette.memberships.get()), {"first_day_without": today}, follow=True).text

    assert "kan Mette Lindholm ikke længere se det, der hører til Viborg." in page
    assert theirs.get(page_of_cohort).status_code == 404


def test_editors_role_ended_today_closes_wagtails_admin_at_the_next_request(today):
    course = course_page().course
    editor = person_with(Role.EDITOR, course.provider)
    theirs = signed_in(editor)
    assert theirs.get("/admin/").status_code == 200

    coordinator = signed_in(person_with(Role.PROVIDER_COORDINATOR, course.provider))
    coordinator.post(ending(editor.memberships.get()), {"first_day_without": today})

    assert (theirs.get("/admin/").status_code, editor.groups.count()) == (404, 0)


def test_role_ended_from_a_later_day_holds_until_then(client, manager, viborg, today):
    row = MembershipFactory(organisation=viborg)

    client.post(ending(row), {"first_day_without": today + 3 * DAY})

    row.refresh_from_db()
    assert row.end_date == today + 2 * DAY
    assert AuditEntry.objects.get(verb="ended_membership").actor_id == manager.pk


def test_role_that_begins_today_can_be_taken_back_today(client, manager, viborg, today):
    row = MembershipFactory(organisation=viborg, start_date=today)

    client.post(ending(row), {"first_day_without": today})

    assert not Membership.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("days", [-1, 800, 5])
def test_day_that_is_past_too_far_ahead_or_after_the_end_is_refused(client, manager, viborg, today, days):
    row = MembershipFactory(organisation=viborg, end_date=today + 3 * DAY)

    page = client.post(ending(row), {"first_day_without": today + days * DAY}).text

    row.refresh_from_db()
    assert ("error-summary" in page, row.end_date) == (True, today + 3 * DAY)


def test_ended_role_is_not_ended_again(client, manager, viborg, today):
    row = MembershipFactory(organisation=viborg, end_date=today - DAY)

    assert client.get(ending(row)).status_code == 404


def test_last_manager_is_warned_and_must_say_so(client, manager, viborg, today):
    row = manager.memberships.get()

    warning = client.get(ending(row)).text
    unread = client.post(ending(row), {"first_day_without": today}).text

    row.refresh_from_db()
    assert ["Ingen andre tager sig af Viborg" in page for page in (warning, unread)] == [True, True]
    assert ("Læs advarslen" in unread, row.end_date) == (True, None)


def test_last_manager_who_has_read_the_warning_leaves(client, manager, viborg, today):
    row = manager.memberships.get()

    answer = client.post(ending(row), {"first_day_without": today, "understood": "on"})

    row.refresh_from_db()
    assert (answer["Location"], row.end_date) == (reverse("people:account"), today - DAY)


def test_manager_with_a_colleague_is_not_warned(client, manager, viborg, today):
    person_with(Role.LOCAL_MANAGER, viborg)

    page = client.get(ending(manager.memberships.get())).text

    assert "Ingen andre tager sig af" not in page


def test_last_administrator_cannot_end_themselves(client, administrator, today):
    row = administrator.memberships.get()

    page = client.post(ending(row), {"first_day_without": today, "understood": "on"}).text

    row.refresh_from_db()
    assert ("Dette er den sidste administrator." in page, row.end_date) == (True, None)


def test_administrator_ends_another_one(client, administrator, today):
    other = person_with(Role.ADMINISTRATOR, name="Bo Egelund").memberships.get()

    page = client.post(ending(other), {"first_day_without": today}, follow=True).text

    assert "er Bo Egelund ikke længere administrator" in page


@pytest.mark.parametrize("start_date", ["2020-01-01", "x"])
def test_impossible_first_day_in_a_new_job_is_said_at_the_field(client, administrator, viborg, start_date):
    row = MembershipFactory(organisation=viborg)
    data = {"organisation": MunicipalityFactory().pk, "role": "job_consultant", "start_date": start_date}

    answer = client.post(address("change_job", viborg, row.pk), data)

    assert ("error-summary" in answer.text, Membership.objects.count()) == (True, 2)


def test_job_change_on_the_first_day_is_said_at_the_field(client, administrator, viborg, today):
    row = MembershipFactory(organisation=viborg, start_date=today)
    data = {"organisation": MunicipalityFactory().pk, "role": "job_consultant", "start_date": today}

    page = client.post(address("change_job", viborg, row.pk), data).text

    assert "Det nye job skal begynde efter den første dag i det gamle." in page


def test_role_that_does_not_fit_the_new_organisation_is_refused(client, administrator, viborg, today):
    row = MembershipFactory(organisation=viborg)
    data = {"organisation": ProviderFactory().pk, "role": "job_consultant", "start_date": today}

    page = client.post(address("change_job", viborg, row.pk), data).text

    assert "Den rolle findes ikke i den slags organisation." in page


def test_jobs_are_moved_by_administrators_alone(client, manager, viborg, today):
    row = MembershipFactory(organisation=viborg)

    assert client.get(address("change_job", viborg, row.pk)).status_code == 404


def test_administrator_does_not_move_their_own_job(client, administrator, viborg):
    row = MembershipFactory(person=administrator, organisation=viborg, role=Role.LOCAL_MANAGER)

    assert client.get(address("change_job", viborg, row.pk)).status_code == 404


@pytest.fixture
def moved(client, administrator, viborg, today):
    """Mette, who has been to a day, from Viborg to Randers."""
    cohort = CohortFactory(name="Hold Vest")
    mette = kursist_in(cohort, viborg, name="Mette Lindholm")
    AttendanceFactory(meeting=MeetingFactory(cohort=cohort), enrolment=mette.enrolments.get())
    randers = MunicipalityFactory(name="Randers")
    data = {"organisation": randers.pk, "role": "job_consultant", "start_date": today}
    client.post(address("change_job", viborg, mette.memberships.get().pk), data)
    return mette, randers, cohort


def test_after_a_job_change_account_seat_and_attendance_are_the_persons(client, moved, today):
    mette, _randers, cohort = moved

    held = list(mette.memberships.order_by("pk").values_list("organisation__name", "start_date__year", "end_date"))
    assert held == [("Viborg", 2020, today - DAY), ("Randers", today.year, None)]
    assert Attendance.objects.get().enrolment.person == mette
    assert Enrolment.objects.enrolled().get().person == mette
    theirs = signed_in(mette)
    assert theirs.get(reverse("meetings:cohort", args=[cohort.slug])).status_code == 200
    assert "Hold Vest" in theirs.get(reverse("meetings:own_attendance")).text


def test_old_manager_sees_nothing_new_of_somebody_who_has_moved(moved, viborg):
    mette, randers, _cohort = moved
    new = kursist_seat(mette, randers)
    manager = signed_in(person_with(Role.LOCAL_MANAGER, viborg))

    page = manager.get(address("organisation", viborg)).text

    assert manager.get(reverse("meetings:cohort", args=[new.slug])).status_code == 404
    assert ("Randers" in page, page.index(">Ikke længere her<") < page.index(">Mette Lindholm<")) == (False, True)


def test_new_manager_sees_what_is_new_and_nothing_of_before(moved):
    mette, randers, old = moved
    new = kursist_seat(mette, randers)
    manager = signed_in(person_with(Role.LOCAL_MANAGER, randers))

    statuses = [manager.get(reverse("meetings:people", args=[one.slug])).status_code for one in (new, old)]

    assert (statuses, Cohort.objects.count()) == ([200, 404], 2)


def kursist_seat(person, municipality):
    """A seat in a new cohort, of the new municipality's."""
    cohort = CohortFactory(name="Hold Øst")
    Enrolment.objects.create(
        cohort=cohort,
        person=person,
        municipality=municipality,
        state=Enrolment.State.ENROLLED,
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )
    return cohort


def test_invited_before_from_elsewhere_comes_in_with_the_old_link_after_being_added(client, manager, viborg, today):
    """One account whoever invited first: the second organisation's role waits in it."""
    waiting = InvitationFactory(person=UserFactory(email="asta@viborg.example", password=None))

    client.post(address("add_member", viborg), person_data(today))

    assert list(waiting.person.memberships.values_list("organisation__name", flat=True)) == ["Viborg"]
