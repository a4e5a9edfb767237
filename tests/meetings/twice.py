"""What each page of meetings is sent when a button is pressed: by whom, where to, and with what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.meetings import actions
from lms.meetings.methods.checkin import ticket
from lms.meetings.methods.participants import Row, clean_values
from lms.meetings.models import CheckIn, Enrolment, MeetingDraft
from lms.meetings.queries.answers import answer_token
from lms.meetings.queries.groups import edition_of
from lms.meetings.queries.people import people_to_remind_for
from lms.meetings.queries.seats import offer_token
from lms.people.models import Role
from tests.factories.meetings import (
    CohortFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
    kursist_in,
    member_of,
)
from tests.factories.people import InvitationFactory, MunicipalityFactory, person_with
from tests.meetings import outbox
from tests.meetings.days import NOW, schedule
from tests.meetings.lists import HEADINGS, METTE, csv
from tests.meetings.polls import ask
from tests.meetings.seats import wishing

CLICKS: dict[str, Callable] = {}
NEWCOMER = {"name": "Asta Lynggaard", "email": "asta@viborg.example"}
DAY = {"title": "Dag 4", "day": "2026-11-09", "starts": "09:00", "ends": "15:00", "room": "Egen", "version": 1}


@dataclass(frozen=True)
class Click:
    """One form as a browser sends it: signed in as ``person``, or with nothing but a link."""

    path: str
    body: dict | Callable = field(default_factory=dict)
    person: object = None


def clicks(name: str):
    """Registers a way of pressing a button on the page of that name; a page may have several."""

    def register(prepare: Callable) -> Callable:
        CLICKS[f"{name}[{prepare.__name__}]"] = prepare
        return prepare

    return register


def story():
    """A cohort with a day next week, a kursist, somebody who waits, and those in charge."""
    municipality, cohort = MunicipalityFactory(name="Viborg", code="0791"), CohortFactory(slug="vest", capacity=3)
    kursist = kursist_in(cohort, municipality, name="Mette Lindholm")
    provider = cohort.course.provider
    return SimpleNamespace(
        cohort=cohort,
        municipality=municipality,
        kursist=kursist,
        seat=kursist.enrolments.get(),
        day=schedule(cohort, days=7, title="Dag 4"),
        coordinator=person_with(Role.PROVIDER_COORDINATOR, provider),
        instructor=person_with(Role.INSTRUCTOR, provider),
        manager=person_with(Role.LOCAL_MANAGER, municipality),
    )


def address(name: str, *args) -> str:
    return reverse(f"meetings:{name}", args=args)


@clicks("apply")
def free_seat():
    cohort = story().cohort
    return Click(address("apply"), {"cohort": cohort.pk}, person_with(Role.JOB_CONSULTANT))


@clicks("apply")
def full_cohort():
    cohort = story().cohort
    type(cohort).objects.update(capacity=1)
    return Click(address("apply"), {"cohort": cohort.pk}, person_with(Role.JOB_CONSULTANT))


@clicks("cancel_cohort")
def with_a_reason():
    told = story()
    return Click(address("cancel_cohort", "vest"), {"reason": "For få tilmeldte."}, told.coordinator)


@clicks("change_cohort")
def other_settings():
    told = story()
    body = {"name": "Hold Vest", "capacity": 12, "state": "open", "offer_hours": 48, "seen": told.cohort.edition}
    return Click(address("change_cohort", "vest"), body, told.coordinator)


def reserved():
    """The municipality holds three seats without names."""
    told = story()
    type(told.cohort).objects.update(capacity=9)
    told.held = SeatReservationFactory(cohort=told.cohort, municipality=told.municipality, seats=3)
    return told


@clicks("reserve")
def two_seats():
    told = reserved()
    body = {"municipality": MunicipalityFactory().pk, "seats": 2, "name_by_date": "2026-11-05"}
    return Click(address("reserve", "vest"), body, told.coordinator)


@clicks("name_seat")
def somebody_new():
    told = reserved()
    return Click(address("name_seat", "vest", told.held.pk), NEWCOMER, told.manager)


@clicks("give_back")
def one_of_three():
    told = reserved()
    return Click(address("give_back", "vest", told.held.pk), {"seats": 1, "seen": 3}, told.manager)


@clicks("enrolment")
def on_behalf():
    told = story()
    wishing(told.cohort)
    return Click(address("enrolment", "vest", told.seat.pk), {"reason": "Nyt job."}, told.manager)


@clicks("substitute")
def hand_over():
    told = story()
    return Click(address("substitute", "vest", told.seat.pk), NEWCOMER, told.manager)


@clicks("trainers")
def another_trainer():
    told = story()
    body = {"trainers": [told.instructor.pk], "seen": ""}
    return Click(address("trainers", told.day.pk), body, told.coordinator)


@clicks("new_group")
def with_a_member():
    told = story()
    supervisor = person_with(Role.SUPERVISOR, told.cohort.course.provider)
    body = {"name": "Vest 1", "supervisor": supervisor.pk, "members": [told.seat.pk]}
    return Click(address("new_group", "vest"), body, told.coordinator)


@clicks("change_group")
def one_more_member():
    told = story()
    group = SupervisionGroupFactory(cohort=told.cohort)
    body = {
        "name": "Vest 2",
        "supervisor": group.supervisor_id,
        "members": [told.seat.pk],
        "seen": edition_of(group, []),
    }
    return Click(address("change_group", group.pk), body, told.coordinator)


@clicks("own_seat")
def leave():
    told = story()
    wishing(told.cohort)
    return Click(address("own_seat", "vest"), {"decision": "leave", "reason": "Nyt job."}, told.kursist)


def offered(decision: str):
    told = story()
    wish = wishing(told.cohort)
    wishing(told.cohort, minutes=10)
    type(told.cohort).objects.update(capacity=2)
    [offer] = actions.fill_freed_seats(cohort=told.cohort, now=NOW)
    return offer, wish.person, {"decision": decision}


@clicks("own_seat")
def accept():
    _offer, person, body = offered("accept")
    return Click(address("own_seat", "vest"), body, person)


@clicks("own_seat")
def decline():
    _offer, person, body = offered("decline")
    return Click(address("own_seat", "vest"), body, person)


@clicks("offer_by_link")
def yes_please():
    offer, _person, body = offered("accept")
    return Click(address("offer_by_link", offer_token(offer)), body)


@clicks("offer_by_link")
def no_thank_you():
    offer, _person, body = offered("decline")
    return Click(address("offer_by_link", offer_token(offer)), body)


def application(body: dict):
    told = story()
    type(told.cohort).objects.update(needs_approval=True)
    wish = wishing(told.cohort, Enrolment.State.APPLIED, municipality=told.municipality)
    return Click(address("application", "vest", wish.pk), body, told.manager)


@clicks("application")
def approve():
    return application({"decision": "approve"})


@clicks("application")
def refuse():
    return application({"decision": "refuse", "reason": "Vi venter til foråret."})


@clicks("remind")
def ticked():
    told = story()
    InvitationFactory(person=told.kursist, organisation=told.municipality, created_at=NOW)
    ticks = [line.tick for line in people_to_remind_for(told.coordinator, told.cohort)]
    return Click(address("remind", "vest"), {"invitation": ticks}, told.coordinator)


@clicks("import")
def upload():
    told = story()
    data = csv(HEADINGS, METTE)
    return Click(address("import", "vest"), lambda: {"file": SimpleUploadedFile("hold.csv", data)}, told.coordinator)


def listed(decision: str):
    told = story()
    rows = [Row(2, clean_values(NEWCOMER | {"municipality": "Viborg"}))]
    draft = actions.keep_draft(cohort=told.cohort, rows=rows, headings={}, by=told.coordinator, now=NOW)
    return Click(address("import_preview", "vest", draft.public_id), {"decision": decision}, told.coordinator)


@clicks("import_preview")
def import_all():
    return listed("import")


@clicks("import_preview")
def import_none():
    return listed("none")


def mailed(body, **paused):
    told = story()
    bounced = outbox.bounced(told.cohort, told.day, now=NOW, recipient=told.kursist, revision=5)
    if paused:
        actions.pause_mails(cohort=told.cohort, by=told.coordinator, now=NOW)
    body = {name: value or bounced.pk for name, value in body.items()}
    return Click(address("outbox", "vest"), body, told.coordinator)


@clicks("outbox")
def pause():
    return mailed({"pause": "1"})


@clicks("outbox")
def resume():
    return mailed({"resume": "1"}, paused=True)


@clicks("outbox")
def retry_all():
    return mailed({"retry_all": "1"})


@clicks("outbox")
def retry_one():
    return mailed({"retry": None})


@clicks("reminder")
def words():
    told = story()
    body = {"subject": "Husk {dag}", "text": "Vi ses {tid}.", "is_on": "on"}
    return Click(address("reminder", "vest", "teaching", "day_before"), body, told.coordinator)


def prepared():
    told = story()
    actions.prepare_change(meeting=told.day, by=told.coordinator, now=NOW, seen=None, room="Egen")
    return told, MeetingDraft.objects.get()


@clicks("release")
def release():
    told, draft = prepared()
    return Click(address("release", "vest"), {"seen": f"{told.day.pk}-{draft.version}"}, told.coordinator)


@clicks("release")
def drop():
    told, _draft = prepared()
    return Click(address("release", "vest"), {"drop": told.day.pk}, told.coordinator)


@clicks("change")
def draft():
    told = story()
    return Click(address("change", told.day.pk), DAY | {"version": told.day.revision}, told.coordinator)


@clicks("change")
def at_once():
    told = story()
    body = DAY | {"version": told.day.revision, "release": "1"}
    return Click(address("change", told.day.pk), body, told.coordinator)


@clicks("trainers")
def somebody_leads_it():
    told = story()
    return Click(address("trainers", told.day.pk), {"trainers": told.instructor.pk, "seen": ""}, told.coordinator)


@clicks("cancel")
def call_off():
    told = story()
    return Click(address("cancel", told.day.pk), {}, told.coordinator)


@clicks("answer")
def coming():
    told = story()
    return Click(address("answer", told.day.pk), {"answer": "accepted"}, told.kursist)


@clicks("answer")
def not_coming():
    told = story()
    return Click(address("answer", told.day.pk), {"answer": "declined", "reason": "Ferie."}, told.kursist)


@clicks("answer_by_link")
def perhaps():
    token = answer_token(story().day.invitees.get(role="kursist"))
    return Click(address("answer_by_link", token), {"answer": "tentative"})


@clicks("answer_by_link")
def not_this_day():
    token = answer_token(story().day.invitees.get(role="kursist"))
    return Click(address("answer_by_link", token), {"answer": "declined", "reason": "Ferie."})


@clicks("leave_by_link")
def not_at_all():
    told = story()
    wishing(told.cohort)
    token = answer_token(told.day.invitees.get(role="kursist"))
    return Click(address("leave_by_link", token), {"reason": "Nyt job."})


def today():
    """The day is today, and has begun."""
    told = story()
    told.day = schedule(told.cohort, starts_at=NOW - timedelta(minutes=5), title="Dag 3")
    return told


@clicks("attendance")
def everybody():
    told = today()
    return Click(address("attendance", told.day.pk), {"everybody": "on"}, told.instructor)


@clicks("attendance")
def one_absent():
    told = today()
    choices = {f"{told.seat.pk}-{half}": "absent" for half in told.day.halves}
    return Click(address("attendance", told.day.pk), choices, told.instructor)


@clicks("walk_in")
def stranger():
    told = today()
    return Click(address("walk_in", told.day.pk), {"name": "Bo Holm"}, told.instructor)


@clicks("merge_walk_in")
def known_after_all():
    told = today()
    name = actions.note_walk_in(meeting=told.day, name="Mette L.", by=told.instructor, now=NOW)
    body = {"walk_in": name.pk, "enrolment": told.seat.pk}
    return Click(address("merge_walk_in", told.day.pk), body, told.coordinator)


@clicks("confirm_check_in")
def vouch():
    told = today()
    moments = {"noted_at": NOW, "received_at": NOW}
    mark = CheckIn(meeting=told.day, enrolment=told.seat, half=told.day.halves[0], nonce=uuid4(), **moments)
    mark.state = CheckIn.State.UNCONFIRMED
    mark.save()
    return Click(address("confirm_check_in", told.day.pk), {"check_in": mark.pk}, told.instructor)


@clicks("here")
def i_am_here():
    told = today()
    body = {"nonce": uuid4(), "ticket": ticket(told.day.pk, told.kursist.pk, NOW)}
    return Click(address("here", told.day.pk), body, told.kursist)


def group():
    group = SupervisionGroupFactory(cohort=CohortFactory(slug="oest"))
    return group, member_of(group)


@clicks("ask_dates")
def two_dates():
    asking, _member = group()
    body = {"title": "Ekstra dag", "closes": "2026-11-06"}
    for number, day in enumerate(("2026-11-12", "2026-11-13"), start=1):
        body |= {f"day_{number}": day, f"starts_{number}": "09:00", f"ends_{number}": "15:00"}
    return Click(address("ask_dates", asking.pk), body, asking.supervisor)


@clicks("poll")
def own_answers():
    asking, member = group()
    poll = ask(asking)
    return Click(address("poll", poll.pk), {f"option-{one.pk}": "yes" for one in poll.options.all()}, member)


@clicks("nudge_poll")
def nudge():
    asking, _member = group()
    return Click(address("nudge_poll", ask(asking).pk), {}, asking.supervisor)


@clicks("close_poll")
def close():
    asking, _member = group()
    return Click(address("close_poll", ask(asking).pk), {}, asking.supervisor)


@clicks("calendar")
def new_address():
    told = story()
    return Click(address("calendar"), {"seen": 0}, told.kursist)
