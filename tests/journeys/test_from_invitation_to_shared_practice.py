"""One course as four people live it: published, invited, taught, supervised, shared and tried elsewhere."""

import re
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from icalendar import Calendar
from openpyxl import Workbook
from playwright.sync_api import expect

from courses.models import TeachingDay
from lms.formats.pdf import simple_document
from lms.forum.models import Discussion
from lms.home.management.demo.people import PASSWORD
from lms.meetings.actions import join_group
from lms.meetings.models import Attendance, Enrolment, SupervisionGroup
from lms.notifications.actions import send_waiting
from lms.notifications.models import Notice
from lms.people.models import User
from supervision.models import Case
from tests.journeys.conftest import PHONE, sign_in
from tests.people.signing_in import code_of_app

pytestmark = pytest.mark.journey
NEWCOMER = "aase.kjaergaard@viborg.example"
NEW_PASSWORD = "en-stol-ved-vinduet-17"
MATERIAL = "Ugeplan for de første 90 dage"
CPR = "010180-1234"


class Story:
    """The people and the things they hand to one another."""

    def __init__(self, browse, mailbox):
        self.browse, self.mailbox = browse, mailbox
        self.coordinator, self.manager = person("Line Falk"), person("Jonas Eskesen")
        self.trainer = person("Thomas Aagaard")  # teaches day 4, and supervises
        self.elsewhere, self.rival = person("Camilla Brandt Nissen"), person("Ulla Brask")
        self.day = TeachingDay.objects.get(cohort__slug="vest", number=4)
        self.group = SupervisionGroup.objects.get(name="Vest 1")
        SupervisionGroup.objects.filter(pk=self.group.pk).update(supervisor=self.trainer)

    @property
    def kursist(self):
        return person("Åse Kjærgaard")

    def post(self):
        """What the worker does each minute."""
        while send_waiting(now=timezone.now()):
            pass

    def calendar_mails(self, meeting):
        """The events about ``meeting`` that reached the newcomer, as a calendar program reads them."""
        events = [event for mail in self.mailbox if mail.to == [NEWCOMER] for event in events_in(mail)]
        return [event for event in events if event["UID"] == meeting.uid]


def person(name):
    return User.objects.get(name=name)


def home_of(somebody):
    return somebody.memberships.get().organisation.name


def events_in(mail):
    for body, kind in mail.alternatives:
        if kind.startswith("text/calendar"):
            calendar = Calendar.from_ical(body)
            for event in calendar.walk("VEVENT"):
                event["METHOD"] = calendar["METHOD"]
                yield event


def sheet(*rows):
    """What Danish Excel saves."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def story(browse, settings, live_server, mailoutbox, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.DEMO = True
    settings.BASE_URL = live_server.url
    call_command("seed_demo", stdout=StringIO())
    Notice.objects.update(state=Notice.State.SENT)  # what the demo has to tell went out before the story begins
    settings.DEMO = False
    return Story(browse, mailoutbox)


def test_from_invitation_to_shared_practice(story):
    editor_adds_a_material_and_the_agency_approves_it(story)
    coordinator_imports_a_sheet_and_corrects_a_row(story)
    phone = newcomer_accepts_and_reads_the_new_material(story)
    coordinator_moves_the_day_and_calendars_follow(story)
    with time_machine.travel(localtime(story.day.meeting.starts_at) + timedelta(minutes=5)):
        instructor_marks_attendance_on_a_phone(story)
        sign_in(phone, story.kursist, NEW_PASSWORD)  # days have passed since the phone was used
        newcomer_brings_a_case_without_the_number_in_it(story, phone)
        supervisor_reads_the_case_and_the_agency_does_not(story)
        practice_is_shared_found_and_tried_elsewhere(story, phone)
        overviews_show_it(story, phone)


def editor_adds_a_material_and_the_agency_approves_it(story):
    page = story.browse.signing_in(story.coordinator, PASSWORD, "**/min-konto/to-trin/")
    set_up_an_app(page)
    page.goto(reverse("wagtailadmin_pages:edit", args=[story.day.page_id]))
    with story.browse.expecting(400):  # Wagtail saves drafts by itself, and says so while one is still incomplete
        add_material(page)
        send(page, "button[name=action-submit]")

    page = story.browse.signed_in(story.manager)
    page.goto(reverse("wagtailadmin_pages:edit", args=[story.day.page_id]))
    send(page, "button[data-workflow-action-name=approve]")
    assert story.day.page.materials.filter(title=MATERIAL).exists()


def set_up_an_app(page):
    """What a role like this asks for, once; the recovery codes come with it."""
    page.get_by_role("link", name="Brug en app").click()
    page.fill("input[name=code]", code_of_app(page.locator(".address").inner_text()))
    page.get_by_role("button", name="Slå til").click()
    expect(page.locator(".codes li")).to_have_count(10)


def send(page, button):
    """Press it, and wait for the answer."""
    with page.expect_navigation():
        page.locator(button).first.click()


def add_material(page):
    number = page.locator("#id_materials-TOTAL_FORMS").input_value()
    page.locator("#id_materials-ADD").click()
    page.fill(f"#id_materials-{number}-title", MATERIAL)
    page.fill(f"#id_materials-{number}-licence", "CC BY 4.0")
    page.fill(f"#id_materials-{number}-source", "Fjordbro Læring")
    page.locator(f"#id_materials-{number}-document-chooser [data-chooser-action-choose]").first.click()
    page.click("#tab-label-upload")
    page.fill("#id_document-chooser-upload-title", MATERIAL)
    file = {"name": "ugeplan.pdf", "mimeType": "application/pdf", "buffer": simple_document(MATERIAL, ["Fire uger."])}
    page.set_input_files("#id_document-chooser-upload-file", file)
    page.locator(".modal-content form[data-chooser-modal-creation-form] [type=submit]").click()
    page.locator(".modal-content").wait_for(state="detached")


def coordinator_imports_a_sheet_and_corrects_a_row(story):
    page = story.browse.signed_in(story.coordinator)
    page.goto(reverse("meetings:import", args=["vest"]))
    rows = (
        ["Kursister efterår", None, None, None],
        ["E-mail", "Navn", "Kommune", "Titel"],
        [NEWCOMER, "Åse Kjærgaard", "Vibborg", "Jobformidler"],
        ["bent.uldum@randers.example", "Bent Uldum", "Randers Kommune", "IPS-konsulent"],
    )
    page.set_input_files("input[type=file]", {"name": "Kursister.xlsx", "mimeType": "", "buffer": sheet(*rows)})
    send(page, "main form button[type=submit]")

    assert not User.objects.filter(email=NEWCOMER).exists()
    page.fill("input[name$=municipality]", "Viborg")
    send(page, "section button[value=check]")
    assert page.locator("table tbody tr").count() == 2
    send(page, "button[value=import]")

    imported = Enrolment.objects.filter(changed_by=story.coordinator, person__name__in=["Åse Kjærgaard", "Bent Uldum"])
    assert {str(seat.municipality) for seat in imported} == {"Viborg", "Randers"}
    story.post()


def newcomer_accepts_and_reads_the_new_material(story):
    mail = next(mail for mail in story.mailbox if mail.to == [NEWCOMER] and "/invitation/" in mail.body)
    page = story.browse.as_nobody(PHONE)
    page.goto(re.search(r"https?://\S+/invitation/\S+", mail.body)[0])
    page.fill("input[type=password]", NEW_PASSWORD)
    send(page, ".account__form button[type=submit]")
    assert page.url.partition("?")[0].endswith(reverse("home:information"))
    page.goto(reverse("courses:day", args=["vest", 4]))
    assert page.url.partition("?")[0].endswith(reverse("home:information"))  # nothing opens before it
    page.get_by_role("button", name="Jeg har læst det").click()
    assert page.url.endswith(reverse("courses:day", args=["vest", 4]))

    address = page.get_by_role("link", name=MATERIAL).get_attribute("href")
    assert page.request.get(address).body().startswith(b"%PDF")
    stranger = story.browse.signed_in(story.rival)
    assert stranger.request.get(address).status == 404
    assert stranger.request.get(story.day.page.materials.get(title=MATERIAL).document.url).status == 404
    return page


def coordinator_moves_the_day_and_calendars_follow(story):
    join_group(
        group=story.group, enrolment=Enrolment.objects.get(person=story.kursist), by=story.coordinator,
        now=timezone.now(), on=timezone.localdate(),
    )  # fmt: skip
    page = story.browse.signed_in(story.coordinator)
    page.goto(reverse("meetings:change", args=[story.day.meeting_id]))
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.fill("input[name=day]", tomorrow.isoformat())
    page.fill("input[name=room]", "Lokale 3.01")
    send(page, "main form button[name=release]")
    story.post()

    story.day.meeting.refresh_from_db()
    first, moved = story.calendar_mails(story.day.meeting)
    assert (first["METHOD"], moved["METHOD"]) == ("REQUEST", "REQUEST")
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert localtime(moved["DTSTART"].dt).date() == tomorrow
    assert [len(story.calendar_mails(day.meeting)) for day in story.group.days.all()] == [1, 1, 1, 1, 1]


def instructor_marks_attendance_on_a_phone(story):
    page = story.browse.signed_in(story.trainer, PHONE)
    page.goto(reverse("meetings:attendance", args=[story.day.meeting_id]))
    enrolment = Enrolment.objects.get(person=story.kursist)
    send(page, "button[name=everybody]")

    marks = Attendance.objects.filter(meeting=story.day.meeting, enrolment=enrolment)
    assert set(marks.values_list("half", "state")) == {("morning", "present"), ("afternoon", "present")}


def newcomer_brings_a_case_without_the_number_in_it(story, page):
    page.goto(reverse("supervision:home"))
    page.locator("main a[href$='/case/']").first.click()
    page.fill("[name=title]", "Hun siger ja til alt")
    page.fill("[name=situation]", f"Borgeren, {CPR}, aflyser hver gang samme morgen.")
    page.fill("[name=focus_question]", "Hvordan finder jeg ud af, hvad hun vil?")
    page.check("[name=is_anonymous]")
    send(page, "button[value=bring]")
    assert not Case.objects.filter(author=story.kursist).exists()
    assert page.locator(".error-summary a[href='#id_situation']").count() == 1

    page.fill("[name=situation]", "Borgeren aflyser hver gang samme morgen.")
    send(page, "button[value=bring]")
    assert Case.objects.get(author=story.kursist).is_brought


def supervisor_reads_the_case_and_the_agency_does_not(story):
    case = Case.objects.get(author=story.kursist)
    address = reverse("supervision:case", args=[case.pk])
    page = story.browse.signed_in(story.trainer)
    page.goto(reverse("supervision:day", args=[case.day_id]))
    page.click(f"main a[href='{address}']")

    assert page.locator("main").get_by_text("aflyser hver gang").count() == 1
    for stranger in (story.manager, story.coordinator, story.elsewhere):
        assert story.browse.signed_in(stranger).request.get(address).status == 404


def practice_is_shared_found_and_tried_elsewhere(story, page):
    page.goto(reverse("forum:write", args=["practice"]))
    page.fill("[name=title]", "Den første samtale foregår udenfor")
    page.fill("[name=summary]", "Vi går en tur i stedet for at sidde ved et bord.")
    page.fill("[name=what_we_did]", "- Aftal et sted\n- Gå en halv time")
    send(page, "button[value=share]")

    other = story.browse.signed_in(story.elsewhere)
    other.goto(reverse("forum:discussions"))
    other.fill("main input[name=q]", "samtaler udenfor")
    other.press("main input[name=q]", "Enter")
    other.get_by_role("link", name="Den første samtale foregår udenfor").click()
    other.check("[name=outcome][value=adapted]")
    other.fill("[name=remark]", "Vi tog cyklen.")
    send(other, "form:has([name=remark]) button[type=submit]")

    other.goto(reverse("forum:discussions"))
    card = other.locator("main li").filter(has_text="Den første samtale foregår udenfor")
    assert card.locator(".tried-by .municipality").all_inner_texts() == [home_of(story.elsewhere)]


def overviews_show_it(story, page):
    practice = Discussion.objects.get(author=story.kursist)
    other = story.browse.signed_in(story.elsewhere)
    other.goto(reverse("home:overview"))
    assert other.locator(f"main a[href='{practice.get_absolute_url()}']").count() == 1
    page.goto(reverse("home:overview"))
    assert page.locator("main .loop li").last.get_attribute("class").endswith("done")
