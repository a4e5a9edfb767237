from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from lms.meetings.methods.reminders import DEFAULTS
from lms.meetings.models import Reminder
from lms.notifications.models import Notice, PausedOutbox
from lms.people.forms import CPR_MESSAGE
from lms.people.models import AuditEntry
from tests.factories.meetings import kursist_in
from tests.meetings.days import schedule
from tests.meetings.outbox import failed, noted, sent

pytestmark = pytest.mark.django_db
COHORT, OUTBOX, REMINDERS = "/hold/hold-vest/", "/hold/hold-vest/udbakke/", "/hold/hold-vest/paamindelser/"
REMINDER = f"{REMINDERS}teaching/day_before/"
WORDS = {"subject": "Husk {dag}", "text": "Kære {fornavn}\n\nVi ses {tid}.", "is_on": "on"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def signed_in(client, standing):
    """The coordinator, with English words."""
    client.force_login(standing.coordinator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def titles(page):
    return [heading.get_text() for heading in page.select("main section h2")]


def others(standing):
    return set(vars(standing)) - {"cohort", "coordinator"}


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("url", [OUTBOX, REMINDERS, REMINDER])
def test_only_the_coordinators_of_the_provider_find_the_page(status, standing, url):
    assert status(url) == {200: {"coordinator"}, 404: others(standing)}


@pytest.mark.parametrize("button", ["pause", "resume", "retry_all"])
def test_nobody_else_presses_its_buttons(status, standing, now, button):
    failed(standing.cohort, now=now)
    assert status(OUTBOX, "post", data={button: "1"}) == {302: {"coordinator"}, 404: others(standing)}


def test_nobody_else_changes_the_words(status, standing):
    assert status(REMINDER, "post", data=WORDS) == {302: {"coordinator"}, 404: others(standing)}


@pytest.mark.parametrize("url", [OUTBOX, REMINDERS, REMINDER])
def test_pages_need_signing_in(client, standing, url):
    assert client.get(url).url.endswith(f"?next={url}")


@pytest.mark.parametrize("tail", ["teaching/yesterday/", "holiday/day_before/", "teaching/DAY_BEFORE/"])
def test_a_reminder_that_does_not_exist_is_not_found(signed_in, tail):
    assert signed_in.get(REMINDERS + tail).status_code == 404


def test_an_empty_outbox_says_what_will_stand_there(signed_in):
    page = soup(signed_in.get(OUTBOX))

    assert titles(page) == ["Reminders of the next 14 days", "Sent"]
    assert len(page.select(".empty")) == 2


def test_the_outbox_shows_what_waits_comes_went_and_failed(signed_in, standing, now):
    meeting = schedule(standing.cohort, title="Dag 1", starts_at=now + timedelta(days=10), now=now)
    sent(standing.cohort, meeting, now=now)
    failed(standing.cohort, meeting, now=now, recipient=standing.colleague)

    page = soup(signed_in.get(OUTBOX))

    assert titles(page) == ["Did not arrive", "On their way", "Reminders of the next 14 days", "Sent"]
    row = page.select_one("tbody tr").get_text(" ")
    assert standing.colleague.name in row
    assert standing.colleague.email in row
    assert "The mail server refused the address." in row


def test_a_pause_is_said_big_and_ended_on_the_page(signed_in, standing, now):
    noted(standing.cohort, now=now)

    paused = soup(signed_in.post(OUTBOX, {"pause": "1"}, follow=True))
    resumed = soup(signed_in.post(OUTBOX, {"resume": "1"}, follow=True))

    assert paused.select_one(".alert-warning .alert-heading").get_text() == "The outbox is paused"
    assert "Held back" in titles(paused)
    assert (resumed.select(".alert-warning"), PausedOutbox.objects.count()) == ([], 0)


@pytest.mark.parametrize(("many", "words"), [(1, "Send 1 e-mail again"), (3, "Send all 3 e-mails again")])
def test_the_button_repeats_the_number_and_sends_as_many(signed_in, standing, now, many, words):
    for _ in range(many):
        failed(standing.cohort, now=now)
    button = soup(signed_in.get(OUTBOX)).select_one("button[name=retry_all]")

    response = signed_in.post(OUTBOX, {"retry_all": "1"}, follow=True)

    assert button.get_text() == words
    assert said(response)[0].startswith(f"{many} e-mail")
    assert Notice.objects.filter(state=Notice.State.WAITING).count() == many


def test_one_is_tried_again_and_a_second_click_says_so(signed_in, standing, now):
    one = failed(standing.cohort, now=now)

    answers = [said(signed_in.post(OUTBOX, {"retry": str(one.pk)}, follow=True)) for _ in range(2)]

    assert answers == [["1 e-mail waits to be sent again."], ["Nothing was left to send again."]]


@pytest.mark.parametrize("value", ["", "x", "²", "-1", "9" * 30, "1\x00"])
def test_a_made_up_number_does_nothing(signed_in, standing, now, value):
    failed(standing.cohort, now=now)

    assert signed_in.post(OUTBOX, {"retry": value}).status_code == 302
    assert AuditEntry.objects.count() == 0


def test_older_mails_are_a_link_away(signed_in, standing, now):
    for number in range(60):
        sent(standing.cohort, number + 1000, now=now)
    first = signed_in.get(OUTBOX)
    older = soup(first).select_one(".pager a")["href"]

    assert (len(first.context["sent"]), len(signed_in.get(OUTBOX + older).context["sent"])) == (50, 10)


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_outbox_costs_the_same_for_any_number(signed_in, standing, now, many, django_assert_num_queries):
    for number in range(many):
        kursist_in(standing.cohort)
        meeting = schedule(standing.cohort, starts_at=now + timedelta(days=8, hours=7 * number), now=now)
        sent(standing.cohort, meeting, now=now), failed(standing.cohort, meeting, now=now)

    with django_assert_num_queries(15):
        signed_in.get(OUTBOX)


def test_the_cohort_page_leads_its_coordinator_there_and_says_what_is_wrong(signed_in, standing, now):
    quiet = soup(signed_in.get(COHORT))
    signed_in.post(OUTBOX, {"pause": "1"})
    failed(standing.cohort, now=now)
    loud = soup(signed_in.get(COHORT))

    links = [quiet.select_one(f"main a[href='{url}']").get_text() for url in (OUTBOX, REMINDERS)]
    assert links == ["Outbox", "Reminders"]
    beside = [page.select_one(f"a[href='{OUTBOX}']").parent.select(".state") for page in (quiet, loud)]
    assert beside[0] == []
    assert [state.get_text() for state in beside[1]] == ["Paused: no e-mail is sent", "1 e-mail did not arrive"]


def test_kursister_are_not_led_there(client, standing):
    client.force_login(standing.owner)

    page = soup(client.get(COHORT))

    assert [page.select(f"a[href='{url}']") for url in (OUTBOX, REMINDERS)] == [[], []]


def test_all_eight_reminders_are_listed_with_whether_they_are_sent(signed_in, standing):
    words = {"subject": "Husk", "text": "Husk", "is_on": False}
    Reminder.objects.create(course=standing.cohort.course, kind="teaching", moment="week_before", **words)

    page = soup(signed_in.get(REMINDERS))

    assert [link["href"] for link in page.select("tbody a")] == [
        f"{REMINDERS}{kind}/{moment}/" for kind, moment in DEFAULTS
    ]
    assert [state.get_text() for state in page.select("tbody .state")] == ["Is not sent"] + ["Is sent"] * 7


@pytest.mark.parametrize("many", [0, 8])
def test_the_list_of_reminders_costs_the_same_whoever_worded_them(signed_in, standing, many, django_assert_num_queries):
    for kind, moment in list(DEFAULTS)[:many]:
        words = {"subject": "Husk", "text": "Husk"}
        Reminder.objects.create(course=standing.cohort.course, kind=kind, moment=moment, **words)

    with django_assert_num_queries(5):
        signed_in.get(REMINDERS)


def test_own_words_are_kept_and_changed_again(signed_in, standing):
    for subject in ("Husk {dag}", "Husk nu {dag}"):
        signed_in.post(REMINDER, {**WORDS, "subject": subject, "only_unanswered": "on"})

    (reminder,) = Reminder.objects.all()
    assert (reminder.course, reminder.kind, reminder.moment) == (standing.cohort.course, "teaching", "day_before")
    assert (reminder.subject, reminder.is_on, reminder.only_unanswered) == ("Husk nu {dag}", True, True)
    assert list(AuditEntry.objects.values_list("verb", "object_id")) == [("worded", reminder.pk)] * 2


def test_a_box_without_a_tick_turns_the_reminder_off(signed_in):
    signed_in.post(REMINDER, {"subject": "Husk", "text": "Husk"})

    assert Reminder.objects.get().is_on is False


def test_after_a_day_nobody_is_left_to_answer(signed_in):
    page = soup(signed_in.get(f"{REMINDERS}teaching/day_after/"))
    signed_in.post(f"{REMINDERS}teaching/day_after/", {**WORDS, "only_unanswered": "on"})

    assert page.select("[name=only_unanswered]") == []
    assert Reminder.objects.get().only_unanswered is False


def test_the_preview_speaks_to_the_reader_about_the_next_such_day_and_keeps_nothing(signed_in, standing, now):
    for days, title in ((3, "Dag 2"), (-3, "Dag 1"), (30, "Dag 3")):
        schedule(standing.cohort, title=title, starts_at=now + timedelta(days=days), now=now - timedelta(days=9))

    response = signed_in.post(REMINDER, {**WORDS, "preview": "1"})

    context = response.context
    assert context["subject"] == "Husk Dag 2"
    assert context["text"].startswith(f"Kære {standing.coordinator.get_short_name()}\n")
    assert (Reminder.objects.count(), context["form"]["text"].value()) == (0, WORDS["text"])


def test_the_last_day_is_shown_when_none_is_to_come_and_none_without_days(signed_in, standing, now):
    without = soup(signed_in.get(REMINDER)).select_one("[aria-labelledby=mail]").get_text()
    schedule(standing.cohort, title="Dag 1", starts_at=now - timedelta(days=3), now=now - timedelta(days=9))

    assert "The cohort has no such day to show it with yet." in without
    assert signed_in.get(REMINDER).context["subject"] == "Tomorrow: Dag 1"


@pytest.mark.parametrize("field", ["subject", "text"])
@pytest.mark.parametrize("button", [{}, {"preview": "1"}])
def test_a_placeholder_nobody_knows_is_refused_in_words_and_nothing_typed_is_lost(signed_in, field, button):
    response = signed_in.post(REMINDER, {**WORDS, field: "Kære {navn}", **button})

    assert response.context["form"].errors == {
        field: ["We do not know what to put for {navn}. You can use {fornavn}, {dag}, {dato}, {tid}, {sted}, {link}."]
    }
    assert (response.context["form"][field].value(), Reminder.objects.count()) == ("Kære {navn}", 0)


@pytest.mark.parametrize(
    ("field", "value"), [("subject", ""), ("subject", "x" * 121), ("text", " "), ("text", "x" * 2001)]
)
def test_empty_and_endless_words_are_refused(signed_in, field, value):
    response = signed_in.post(REMINDER, {**WORDS, field: value})

    assert list(response.context["form"].errors) == [field]
    assert Reminder.objects.count() == 0


def test_a_cpr_number_is_not_kept(signed_in):
    response = signed_in.post(REMINDER, {**WORDS, "text": "Borger 010190-1234 kommer."})

    assert response.context["form"].errors == {"text": [str(CPR_MESSAGE)]}
    assert Reminder.objects.count() == 0


def test_a_subject_is_one_line_without_control_characters(signed_in):
    signed_in.post(REMINDER, {**WORDS, "subject": "Husk\u2028Bcc: alle\x07 😀"})

    assert Reminder.objects.get().subject == "Husk Bcc: alle 😀"
