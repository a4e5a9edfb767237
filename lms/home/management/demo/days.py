"""Cohorts, groups and dates: Vest with three days behind it, Øst 120 days ahead of Vest."""

from dataclasses import dataclass
from datetime import timedelta

from courses.actions import plan_teaching_days, tell_trial, write_reflection, write_trial
from courses.models import TeachingDay
from lms.home.management.demo.content import LEAD_OF_EAST, Clock, content, offset_of
from lms.home.management.demo.course import DemoCourse
from lms.home.management.demo.people import NEWCOMER, World
from lms.meetings import actions
from lms.meetings.models import Attendance, Cohort, Enrolment, Invitee, Meeting, SupervisionGroup
from lms.people.actions import add_membership, invite
from lms.people.models import Role, User
from supervision.actions import plan_supervision_days
from supervision.models import SupervisionDay

COHORTS = {"Vest": ("vest", 0), "Øst": ("oest", -LEAD_OF_EAST)}
PLACES = {
    "Vest": ("Vejle", "Lokale 2.14", "Havnegade 12, 7100 Vejle"),
    "Øst": ("Ringsted", "Lokale B", "Nørregade 4, 4100 Ringsted"),
}
FIRST_GROUPS = {
    "Vest 1": ["Mette Lindholm", "Rasmus Toft", "Jesper Vang", "Søren Bækgaard", "Tine Overgaard"],
    "Øst 1": [
        "Camilla Brandt Nissen",
        "Ali Demirci",
        "Pernille Skov",
        "Louise Ravnkilde",
        "Freja Solbjerg",
        "Oskar Lindemark",
    ],
}
SUPERVISORS = {"Vest": "Inger Sand", "Øst": "Thomas Aagaard"}
TEACHERS = {
    1: ("Karen Winther", "Thomas Aagaard"),
    2: ("Karen Winther",),
    3: ("Karen Winther",),
    4: ("Thomas Aagaard",),
}
GUEST, GUEST_DAY = "Peter Nørgaard", 3
ENROLLED, GROUPED = -75, -70
# Somebody is missing now and then; which days is fixed, so that two demos look alike.
MISSING_EVERY = 9


@dataclass
class DemoDays:
    cohorts: dict[str, Cohort]
    groups: dict[str, SupervisionGroup]
    teaching: dict[str, list[TeachingDay]]
    supervision: dict[str, list[SupervisionDay]]


def create(world: World, clock: Clock, course: DemoCourse) -> DemoDays:
    days = DemoDays({}, {}, {}, {})
    for name, (slug, lead) in COHORTS.items():
        cohort = Cohort.objects.create(course=course.course, name=name, slug=slug, capacity=24)
        days.cohorts[name] = cohort
        days.teaching[name] = _teaching(world, clock, course, cohort, lead)
        _enrol(world, clock, cohort, lead)
        for group in _groups(world, clock, cohort, lead):
            days.groups[group.name] = group
            days.supervision[group.name] = _supervision(world, clock, group, lead)
        _answers(cohort, clock)
        _attendance(world, clock, cohort)
    _newcomer(world, clock, days.cohorts["Vest"])
    _between_days(world, clock, days)
    return days


def _slot(clock: Clock, offset: int, cohort: str) -> dict:
    place, room, address = PLACES[cohort]
    starts = clock.at(offset)
    return {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=6, minutes=30),
        "place": place,
        "room": room,
        "address": address,
    }


def _teaching(world, clock, course, cohort, lead):
    slots = [
        {"number": number, **_slot(clock, offset_of(day["meta"]) + lead, cohort.name)}
        for number, day in enumerate(content()["teaching_days"], start=1)
    ]
    by = world.people["Line Falk"]
    days = plan_teaching_days(
        cohort=cohort, course_page=course.page, slots=slots, by=by, now=clock.at(ENROLLED - 10 + lead)
    )
    for day in days:
        trainers = [world.people[name] for name in TEACHERS[day.number]]
        Invitee.objects.bulk_create(
            [Invitee(meeting=day.meeting, person=person, role=Invitee.Role.TRAINER) for person in trainers]
        )
        if day.number == GUEST_DAY:
            actions.invite_guest(meeting=day.meeting, person=world.people[GUEST], by=by, now=clock.at(ENROLLED + lead))
    return days


def _enrol(world, clock, cohort, lead):
    for name, where in world.cohort_of.items():
        if where == cohort.name:
            person = world.people[name]
            actions.enrol(
                person=person,
                cohort=cohort,
                municipality=world.home_of(person),
                by=world.people["Line Falk"],
                now=clock.at(ENROLLED + lead),
            )


def _newcomer(world, clock, cohort):
    """Somebody with a seat and an invitation, who has not accepted it yet."""
    name, title, place, email = NEWCOMER
    person = User.objects.create_user(email=email, name=name, title=title)
    by, municipality = world.people["Line Falk"], world.organisations[place]
    add_membership(
        person=person,
        organisation=municipality,
        role=Role.JOB_CONSULTANT,
        start_date=clock.day(-6),
        by=by,
        now=clock.at(-6),
    )
    invite(person=person, organisation=municipality, by=by, now=clock.at(-6))
    actions.enrol(person=person, cohort=cohort, municipality=municipality, by=by, now=clock.at(-6))


def _groups(world, clock, cohort, lead):
    supervisor = world.people[SUPERVISORS[cohort.name]]
    first, second = (
        SupervisionGroup.objects.create(cohort=cohort, name=f"{cohort.name} {number}", supervisor=supervisor)
        for number in (1, 2)
    )
    for enrolment in Enrolment.objects.filter(cohort=cohort).select_related("person"):
        group = first if enrolment.person.name in FIRST_GROUPS[first.name] else second
        actions.join_group(
            group=group,
            enrolment=enrolment,
            by=world.people["Line Falk"],
            now=clock.at(GROUPED + lead),
            on=clock.day(GROUPED + lead),
        )
    return first, second


def _supervision(world, clock, group, lead):
    slots = [
        {
            "number": number,
            "title": day["title"],
            "purpose": day["purpose"],
            "themes": day["themes"],
            "bring": day["bring"],
            **_slot(clock, offset_of(day["meta"]) + lead, group.cohort.name),
        }
        for number, day in enumerate(content()["supervision_days"], start=1)
    ]
    return plan_supervision_days(group=group, slots=slots, by=world.people["Line Falk"], now=clock.at(GROUPED + lead))


def _answers(cohort, clock):
    """Most have said yes to what is ahead; every fifth has not answered yet."""
    invitees = Invitee.objects.filter(meeting__cohort=cohort, role=Invitee.Role.KURSIST).order_by("id")
    yes = [invitee for number, invitee in enumerate(invitees) if number % 5]
    Invitee.objects.filter(pk__in=[invitee.pk for invitee in yes]).update(
        answer=Invitee.Answer.ACCEPTED, answered_at=clock.at(-30)
    )


def _attendance(world, clock, cohort):
    held = Meeting.objects.filter(cohort=cohort).held(clock.at(0, 0)).order_by("starts_at")
    turn = 0
    for meeting in held:
        marks: dict[tuple[int, str], str] = {}
        invited = meeting.invitees.filter(role=Invitee.Role.KURSIST).values("person")
        for enrolment in Enrolment.objects.filter(cohort=cohort, person__in=invited).order_by("id"):
            turn += 1
            for half in Attendance.Half.values:
                missing = turn % MISSING_EVERY == 0 and (half == Attendance.Half.AFTERNOON or turn % 2)
                marks[enrolment.pk, half] = Attendance.State.ABSENT if missing else Attendance.State.PRESENT
        actions.mark_attendance(meeting=meeting, marks=marks, by=world.people["Line Falk"], now=meeting.ends_at)


TRIALS = {
    "Mette Lindholm": "Slutte fredagens konference med at spørge, hvem der gerne vil arbejde.",
    "Rasmus Toft": "Spørge en behandler, hvad hun helst vil vide fra mig.",
    "Emil Storgaard": "Bruge kontaktplanen i to samtaler.",
    "Nadia Hussein": "Lade samtalekortet ligge på bordet fra start.",
}
REFLECTION = "Det letteste hos os er princippet om egne præferencer. Det sværeste er kontakten til behandlerne."
TOLD = "Det gik bedre end ventet. Jeg gør det igen i næste uge."


def _between_days(world, clock, days: DemoDays):
    for name, intention in TRIALS.items():
        person = world.people[name]
        cohort = world.cohort_of[name]
        day = [day for day in days.teaching[cohort] if day.meeting.ends_at < clock.at(0)][-1]
        written = day.meeting.ends_at + timedelta(days=1)
        trial = write_trial(
            teaching_day=day, intention=intention, due_date=clock.day(4), share=False, by=person, now=written
        )
        write_reflection(teaching_day=day, text=REFLECTION, share=True, by=person, now=written)
        if name != "Mette Lindholm":
            tell_trial(trial=trial, what_happened=TOLD, share=True, by=person, now=clock.at(-6))
