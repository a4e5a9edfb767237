import uuid

from django.utils.crypto import constant_time_compare, salted_hmac

from lms.meetings.models import Invitee, Meeting
from lms.people.models import User, access_of

PURPOSE = "lms.meetings.feed"
ID_LENGTH = 32
PROOF_LENGTH = 40


def feed_token(person) -> str:
    """The secret part of a person's calendar address: whose it is, and a keyed proof of 160 bits. Stored nowhere."""
    message = f"{person.public_id.hex}.{person.calendar_rotation}"
    return person.public_id.hex + salted_hmac(PURPOSE, message, algorithm="sha256").hexdigest()[:PROOF_LENGTH]


def person_with_feed(token: str) -> User | None:
    """Whose calendar it is, as long as that person has access here; nothing for an address that was retired."""
    try:
        public_id = uuid.UUID(hex=token[:ID_LENGTH])
    except ValueError:
        return None
    person = User.objects.filter(public_id=public_id).first()
    if person is None or not constant_time_compare(feed_token(person), token):
        return None
    return person if access_of(person).has_any else None


def feed_for(person) -> list[tuple[str, int]]:
    """The stored VEVENTs of a person's days, past and coming, each with the number of this person's copy."""
    invitees = Invitee.objects.active().filter(
        person=person, meeting__in=Meeting.objects.visible_to(person).scheduled().values("pk")
    )
    rows = invitees.order_by("meeting__starts_at", "meeting_id").values_list(
        "meeting__vevent", "meeting__sequence", "personal_sequence"
    )
    return [(vevent, max(sequence, personal)) for vevent, sequence, personal in rows]
