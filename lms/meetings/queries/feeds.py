import hashlib
import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare, salted_hmac

from lms.meetings.models import Enrolment, GroupMembership, Invitee, Meeting
from lms.meetings.queries.prepared import ask
from lms.people.models import Membership, Role, User
from lms.people.models.membership import PROVIDER_ROLES

PURPOSE = "lms.meetings.feed"
ID_LENGTH = 32
PROOF_LENGTH = 40
# Part of every version: raise it when the frame round the stored days changes.
FRAME = 1


@dataclass(frozen=True)
class Feed:
    """Whose days, and in which edition: the version changes exactly when the text does."""

    person_id: int
    today: date
    version: str


def feed_token(person) -> str:
    """The secret part of a person's calendar address: whose it is, and a keyed proof of 160 bits. Stored nowhere."""
    return _token(person.public_id, person.calendar_rotation)


def feed_of(token: str, today: date) -> Feed | None:
    """The calendar behind an address, as long as the person has access here; nothing for one that was retired."""
    try:
        public_id = uuid.UUID(hex=token[:ID_LENGTH])
    except ValueError:
        return None
    found = ask(person_behind, public_id=public_id, today=today)
    if not found or not constant_time_compare(_token(public_id, found[0][1]), token):
        return None
    return Feed(found[0][0], today, _version(found[0][0], today))


def days_in(feed: Feed) -> list[tuple[str, int]]:
    """The stored VEVENTs of a person's days, past and coming, each with the number of this person's copy."""
    rows = ask(texts_of_days, person=feed.person_id, today=feed.today)
    return [(vevent, max(sequence, personal)) for vevent, sequence, personal in rows]


def person_behind(public_id: uuid.UUID, today: date):
    held = Membership.objects.current(today).filter(person=OuterRef("pk"))
    people = User.objects.filter(Exists(held), public_id=public_id, is_active=True)
    return people.order_by().values_list("pk", "calendar_rotation")


def stamps_of_days(person: int, today: date):
    """A VEVENT is written anew with every revision, so ids and numbers say it all; the texts stay where they are."""
    stamps = ("meeting_id", "meeting__revision", "meeting__sequence", "personal_sequence")
    return own_days(person, today).values_list(*stamps)


def texts_of_days(person: int, today: date):
    return own_days(person, today).values_list("meeting__vevent", "meeting__sequence", "personal_sequence")


def own_days(person: int, today: date):
    """The wide question of ``visible_to``, asked in its narrow form: may one still come, as what one is invited as?

    A test holds the two against each other: what a person may not see is in no feed.
    """
    days = Invitee.objects.active().filter(person=person, meeting__state=Meeting.State.SCHEDULED)
    right = Q(role=Invitee.Role.GUEST) | _as_kursist(person, today) | _as_trainer(person, today)
    return days.filter(right).order_by("meeting__starts_at", "meeting_id")


def _version(person_id: int, today: date) -> str:
    stamps = [
        (pk, revision, max(sequence, personal))
        for pk, revision, sequence, personal in ask(stamps_of_days, person=person_id, today=today)
    ]
    return hashlib.sha256(repr((FRAME, stamps)).encode()).hexdigest()


def _as_kursist(person_id: int, today: date) -> Q:
    cohorts = Enrolment.objects.enrolled().filter(person=person_id).values("cohort")
    groups = GroupMembership.objects.current(today).filter(enrolment__person=person_id).values("group")
    own = Q(meeting__group=None, meeting__cohort__in=cohorts) | Q(meeting__group__in=groups)
    return Q(role=Invitee.Role.KURSIST) & own


def _as_trainer(person_id: int, today: date) -> Q:
    held = Membership.objects.current(today).filter(person=person_id)
    providers = held.filter(role__in=PROVIDER_ROLES).values("organisation")
    everywhere = held.filter(role__in=(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER))
    there = Q(meeting__cohort__course__provider__in=providers)
    return Q(there | Q(Exists(everywhere)), role=Invitee.Role.TRAINER)


def _token(public_id: uuid.UUID, rotation: int) -> str:
    proof = salted_hmac(PURPOSE, f"{public_id.hex}.{rotation}", algorithm="sha256").hexdigest()
    return public_id.hex + proof[:PROOF_LENGTH]
