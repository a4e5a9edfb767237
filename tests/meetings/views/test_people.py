import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.formats.spreadsheets import read_table
from lms.formats.text import clean_text
from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people import actions as people_actions
from lms.people.models import AuditEntry, Invitation, Role
from tests.factories.meetings import CohortFactory, EnrolmentFactory, kursist_in
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
PEOPLE, REMIND = "/hold/vest/kursister/", "/hold/vest/kursister/ryk/"


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg", code="0791")


@pytest.fixture
def hjoerring():
    return MunicipalityFactory(name="Hjørring", code="0860")


@pytest.fixture
def cohort():
    return CohortFactory(slug="vest")


@pytest.fixture
def mette(cohort, viborg):
    return kursist_in(cohort, viborg, name="Mette Lindholm", email="mette@viborg.example", title="Jobformidler")


@pytest.fixture
def rasmus(cohort, hjoerring):
    """Invited, and not in yet."""
    return waiting_in(cohort, hjoerring, name="Rasmus Toft", email="rasmus@hjoerring.example")


def waiting_in(cohort, municipality, **fields):
    person = kursist_in(cohort, municipality, **fields)
    InvitationFactory(person=person, organisation=municipality, created_at=timezone.now())
    return person


def coordinator_of(cohort):
    return person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)


def seen(client, person, *words):
    client.force_login(person)
    page = client.get(PEOPLE).content.decode()
    return [word in page for word in words]


def test_coordinator_sees_everybody_with_address_and_who_has_not_accepted(client, cohort, mette, rasmus):
    client.force_login(coordinator_of(cohort))

    lines = client.get(PEOPLE).context["lines"]

    assert [(line.enrolment.person, line.email, bool(line.invitation)) for line in lines] == [
        (mette, "mette@viborg.example", False),
        (rasmus, "rasmus@hjoerring.example", True),
    ]


def test_names_stand_beside_the_outline_of_their_municipality(client, cohort, mette):
    assert seen(client, coordinator_of(cohort), "Mette Lindholm", "#m-0791", "Viborg", "Jobformidler") == [True] * 4


def test_manager_sees_the_own_municipality_alone(client, mette, rasmus, viborg):
    manager = person_with(Role.LOCAL_MANAGER, viborg)

    assert seen(client, manager, "Mette Lindholm", mette.email, "Rasmus Toft", rasmus.email) == [
        True,
        True,
        False,
        False,
    ]


def test_cohort_members_see_names_and_municipalities_and_nothing_else(client, mette, rasmus):
    shown = seen(client, mette, "Rasmus Toft", "Hjørring", rasmus.email, "kursister/ryk/", "kursister/importer/")

    assert shown == [True, True, False, False, False]


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.SUPERVISOR])
def test_trainers_see_the_people_and_not_who_has_accepted(client, cohort, rasmus, role):
    trainer = person_with(role, cohort.course.provider)

    assert seen(client, trainer, "Rasmus Toft", rasmus.email, "kursister/ryk/") == [True, False, False]


def test_agency_sees_everybody_and_reminds_nobody(client, mette, rasmus):
    agency = person_with(Role.PROGRAMME_MANAGER)

    assert seen(client, agency, "Mette Lindholm", "Rasmus Toft", "kursister/ryk/") == [True, True, False]
    assert client.get(REMIND).status_code == 404


def strangers(viborg):
    return {
        "colleague": lambda: person_with(Role.JOB_CONSULTANT, viborg),
        "manager elsewhere": lambda: person_with(Role.LOCAL_MANAGER),
        "other provider": lambda: person_with(Role.PROVIDER_COORDINATOR),
        "former member": UserFactory,
    }


@pytest.mark.parametrize("kind", ["colleague", "manager elsewhere", "other provider", "former member"])
def test_strangers_find_no_such_page(client, mette, viborg, kind):
    client.force_login(strangers(viborg)[kind]())

    assert [client.get(PEOPLE).status_code, client.get(REMIND).status_code, client.post(REMIND).status_code] == [
        404
    ] * 3


def test_pages_need_signing_in(client, cohort):
    assert [client.get(url).url for url in (PEOPLE, REMIND)] == [
        f"{reverse('account_login')}?next={url}" for url in (PEOPLE, REMIND)
    ]


def test_withdrawn_and_refused_people_are_not_on_the_list(client, cohort, mette):
    for state in ("withdrawn", "refused"):
        EnrolmentFactory(cohort=cohort, state=state)
    client.force_login(coordinator_of(cohort))

    assert [line.enrolment.person for line in client.get(PEOPLE).context["lines"]] == [mette]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_list_takes_as_many_queries_with_more_people(client, cohort, viborg, count, django_assert_num_queries):
    for _ in range(count):
        waiting_in(cohort, viborg)
    client.force_login(coordinator_of(cohort))
    client.get(PEOPLE)

    with django_assert_num_queries(6):
        client.get(PEOPLE)
    with django_assert_num_queries(6):
        client.get(REMIND)


def test_reminder_is_shown_first_and_sends_nothing_yet(client, cohort, mette, rasmus):
    client.force_login(coordinator_of(cohort))

    page = client.get(REMIND)

    assert [line.enrolment.person for line in page.context["lines"]] == [rasmus]
    assert "Rasmus" in page.context["text"]
    assert Notice.objects.count() == 0


def test_preview_never_shows_the_link_itself(client, cohort, rasmus):
    client.force_login(coordinator_of(cohort))

    assert Invitation.objects.get().token not in client.get(REMIND).content.decode()


def ticks(client):
    return [line.tick for line in client.get(REMIND).context["lines"]]


def test_only_those_ticked_are_reminded(client, cohort, rasmus, viborg):
    other = waiting_in(cohort, viborg, name="Anna Berg")
    client.force_login(coordinator_of(cohort))
    anna, _rasmus = ticks(client)

    client.post(REMIND, {"invitation": [anna]})

    assert list(Notice.objects.values_list("recipient", "occasion")) == [(other.pk, "people.reminded")]
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["reminded"]


def test_reminding_twice_from_one_page_sends_one_mail(client, cohort, rasmus):
    client.force_login(coordinator_of(cohort))
    chosen = {"invitation": ticks(client)}

    for _ in range(2):
        client.post(REMIND, chosen)
    send_waiting(now=timezone.now())

    assert [message.to for message in mail.outbox] == [[rasmus.email]]


def test_manager_reminds_own_people_only_even_with_a_forged_form(client, cohort, rasmus, viborg):
    own = waiting_in(cohort, viborg)
    client.force_login(person_with(Role.LOCAL_MANAGER, viborg))
    everybody = [f"{invitation.pk}.{invitation.rotation}" for invitation in Invitation.objects.all()]

    client.post(REMIND, {"invitation": [*everybody, "x", "1.9", ""]})

    assert list(Notice.objects.values_list("recipient", flat=True)) == [own.pk]


def test_somebody_who_accepted_meanwhile_gets_no_mail(client, cohort, rasmus):
    client.force_login(coordinator_of(cohort))
    chosen = {"invitation": ticks(client)}
    people_actions.accept(invitation=Invitation.objects.get(), password=None, now=timezone.now())

    client.post(REMIND, chosen)

    assert Notice.objects.count() == 0


def test_person_without_a_seat_is_not_reminded(client, cohort, viborg):
    person = UserFactory()
    EnrolmentFactory(cohort=cohort, person=person, municipality=viborg, state="withdrawn")
    InvitationFactory(person=person, created_at=timezone.now() - timedelta(days=3))
    client.force_login(coordinator_of(cohort))

    assert ticks(client) == []


SHEET = "/hold/vest/kursister/regneark/"
SHEETS = [(SHEET, "xlsx"), (f"{SHEET}?som=csv", "csv")]
HEADINGS = ["Navn", "Kommune", "Titel", "Mail", "Tilstand"]


def sheet_for(client, person, address=SHEET, kind="xlsx"):
    client.force_login(person)
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="kursister-vest.{kind}"'
    return [values for _number, values in read_table(answer.content).rows]


@pytest.mark.parametrize("sheet", SHEETS)
def test_spreadsheet_says_what_the_page_says(client, cohort, mette, rasmus, sheet):
    assert sheet_for(client, coordinator_of(cohort), *sheet) == [
        HEADINGS,
        ["Mette Lindholm", "Viborg", "Jobformidler", "mette@viborg.example", "optaget"],
        ["Rasmus Toft", "Hjørring", rasmus.title, "rasmus@hjoerring.example", "har ikke taget imod endnu"],
    ]


def test_managers_spreadsheet_holds_what_the_manager_sees(client, cohort, mette, rasmus, viborg):
    manager = person_with(Role.LOCAL_MANAGER, viborg)
    client.force_login(manager)
    lines = client.get(PEOPLE).context["lines"]

    rows = sheet_for(client, manager)[1:]

    assert [(row[0], row[3]) for row in rows] == [(line.enrolment.person.name, line.email) for line in lines]


def test_spreadsheet_is_for_those_who_look_after_people(client, cohort, mette):
    for person in (mette, person_with(Role.LOCAL_MANAGER), person_with(Role.INSTRUCTOR, cohort.course.provider)):
        client.force_login(person)
        assert client.get(SHEET).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_spreadsheet_takes_as_many_queries_however_long(client, cohort, viborg, count, django_assert_num_queries):
    for _number in range(count):
        kursist_in(cohort, viborg)
    client.force_login(coordinator_of(cohort))

    with django_assert_num_queries(6):
        client.get(SHEET)


FORMULAS = [
    *(f"{sign}cmd|'/c calc'!A1" for sign in ("=", "+", "-", "@", "＝", "＋", "－", "＠")),
    '=HYPERLINK("http://evil.example","x")', "+45 12=1", "-1+1", "=1+1", "@SUM(1)", "=DDE()", " =1+1", "\u200b=1+1",
    "+", "-", "=", "@", '"=1+1"', "'=1+1", ";=1+1", "a=1",
]  # fmt: skip


def test_no_name_becomes_a_formula_and_a_phone_number_stays_readable(client, cohort, viborg, report):
    for formula in FORMULAS:
        kursist_in(cohort, viborg, name=formula, title="+45 12 34 56 78")
    client.force_login(coordinator_of(cohort))

    with zipfile.ZipFile(io.BytesIO(client.get(SHEET).content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = sheet_for(client, coordinator_of(cohort))[1:]
    lines = client.get(f"{SHEET}?som=csv").content.decode("utf-8-sig").split("\r\n")[1:-1]

    report(f"{len(FORMULAS)} names that begin like a formula in both spreadsheets of kursister: 0 formulas")
    assert len(FORMULAS) == 24
    assert ("<f" in sheet, set(re.findall(r'<c [^>]*?t="(\w+)"', sheet))) == (False, {"inlineStr"})
    assert sorted(row[0] for row in rows) == sorted(clean_text(name).strip() for name in FORMULAS)
    assert {row[2] for row in rows} == {"+45 12 34 56 78"}
    assert [line for line in lines if re.match(r'"?[\s\u200b]*[=+@＝＋－＠-]', line)] == []
    assert sum(";+45 12 34 56 78;" in line for line in lines) == len(lines) == 24
