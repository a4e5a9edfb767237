"""What the supervision groups have written: Øst's learnings and next steps kept, three cases waiting, Vest's drafts."""

from datetime import timedelta
from uuid import uuid4

from lms.home.management.demo.content import Clock, content
from lms.home.management.demo.days import DemoDays
from lms.home.management.demo.people import World
from lms.meetings.models import Attendance, Enrolment
from supervision import actions
from supervision.models import NextStep, SupervisionDay

# Which kursist brings which case to which day of which group.
QUEUE = {"C03": "Camilla Brandt Nissen", "C10": "Pernille Skov"}
QUEUE_GROUP, QUEUE_DAY = "Øst 1", 4
THIRD_CASE = {
    "title": "Tre ja'er og et nej",
    "setting": "Borger i 20'erne, har prøvet flere praktikker, vil gerne arbejde med dyr eller planter.",
    "situation": (
        "Tre arbejdspladser har sagt ja til et besøg, og borgeren har aflyst alle tre samme morgen. "
        "Over for mig lyder det stadig som et ja."
    ),
    "tried": "At følges derhen, at ringe aftenen før og at lade borgeren vælge dag og tid.",
    "effect_on_me": "Jeg er begyndt at undskylde over for arbejdsgiverne, før der er sket noget.",
    "focus_question": "Hvordan finder jeg ud af, hvad nej'et handler om, uden at presse?",
}
THIRD_AUTHOR = "Louise Ravnkilde"
HELD = {
    "C04": ("Øst 1", 2, "Ali Demirci"),
    "C06": ("Øst 2", 2, "Morten Dalby"),
    "C08": ("Øst 2", 1, "Sofie Albæk"),
}
DRAFTS = {
    "C01": ("Vest 1", 1, "Mette Lindholm"),
    "C02": ("Vest 1", 3, "Rasmus Toft"),
    "C09": ("Vest 1", 4, "Jesper Vang"),
    "C05": ("Vest 2", 4, "Emil Storgaard"),
    "C07": ("Vest 2", 5, "Hanne Kjeldsen"),
}


def create(world: World, clock: Clock, days: DemoDays) -> None:
    cases = {case["id"]: case for case in content()["cases"]}
    for key, (group, number, author) in HELD.items():
        _kept(cases[key], _day(days, group, number), world.people[author])
    for key, (group, number, author) in DRAFTS.items():
        _write(world.people[author], _day(days, group, number), _fields(cases[key]), clock)
    waiting = _day(days, QUEUE_GROUP, QUEUE_DAY)
    for key, author in QUEUE.items():
        _write(world.people[author], waiting, _fields(cases[key]), clock, bring=True)
    _write(world.people[THIRD_AUTHOR], waiting, THIRD_CASE, clock, bring=True)


def _day(days: DemoDays, group: str, number: int) -> SupervisionDay:
    return next(day for day in days.supervision[group] if day.number == number)


def _fields(case: dict) -> dict:
    return {
        "title": case["title"],
        "setting": case["Ramme"],
        "situation": case["Situationen"],
        "tried": case["Det har jeg prøvet"],
        "effect_on_me": case["Hvad det gør ved mig"],
        "focus_question": case["Fokusspørgsmål"],
    }


def _write(author, day, texts, clock, *, bring=False):
    actions.write_case(day=day, key=uuid4(), version=0, texts=texts, by=author, now=clock.at(-2), bring=bring)


def _kept(case: dict, day: SupervisionDay, person) -> None:
    """The case itself is gone; what the focus person approved is not."""
    after = day.meeting.ends_at + timedelta(minutes=5)
    text = case.get("Læring (godkendt af fokusperson)") or case["Læring"]
    learning = actions.note_learning(day=day, focus_person=person, text=text, by=person, now=after)
    actions.approve_learning(learning=learning, by=person, now=after)
    due_date = (after + timedelta(days=14)).date()
    step = actions.add_next_step(day=day, text=case["Næste skridt"], due_date=due_date, by=person, now=after)
    tried, told = NextStep.Status.TRIED, after + timedelta(days=20)
    actions.tell_next_step(step=step, status=tried, follow_up="Prøvet to gange. Det holder.", by=person, now=told)
    enrolment = Enrolment.objects.get(person=person, cohort=day.group.cohort)
    Attendance.objects.filter(meeting=day.meeting, enrolment=enrolment).update(presented_case=True)
