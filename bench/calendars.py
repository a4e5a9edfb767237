"""A calendar feed of forty days, of a person and a cohort of its own, so that no other page grows with it."""

from datetime import timedelta

from django.utils import timezone

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, Meeting
from lms.meetings.queries import feed_token
from lms.people.models import Membership, Organisation, Role, User
from lms.programme.models import Course

DAYS = 40
EMAIL = "feed@bench.example"


def feed_of_days() -> str:
    """Its address; the person and the days are made on the first run."""
    person = User.objects.filter(email=EMAIL).first() or _person_with_days()
    return f"/kalender/{feed_token(person)}.ics"


def _person_with_days() -> User:
    now = timezone.now()
    municipality = Organisation.objects.filter(kind="municipality").first()
    person = User.objects.create_user(EMAIL, name="Målt Kursist")
    Membership.objects.create(
        person=person, organisation=municipality, role=Role.JOB_CONSULTANT, start_date=now.date() - timedelta(days=1)
    )
    cohort = Cohort.objects.create(course=Course.objects.first(), name="Målt hold", slug="maalt-hold")
    Enrolment.objects.create(cohort=cohort, person=person, municipality=municipality, created_at=now, changed_at=now)
    for number in range(DAYS):
        starts_at = now + timedelta(days=1 + number)
        actions.schedule_meeting(
            cohort=cohort,
            kind=Meeting.Kind.TEACHING,
            title=f"Dag {number + 1}: Arbejdsgiveren",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=6),
            by=None,
            now=now,
            place="Fjordbro Læring",
            room="Bøgen",
            address="Havnegade 4, 7100 Vejle",
        )
    return person
