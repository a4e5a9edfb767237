"""What the clients of a race do: each finds its rows anew, as a request would, and makes one call of an action."""

from datetime import datetime, timedelta
from uuid import UUID

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, Meeting, SeatOffer
from lms.people.models import Organisation, User
from tests.meetings.days import NOW

LATE = timedelta(minutes=1)


def enrol(person: int, cohort: int, municipality: int) -> int:
    return actions.enrol(**_wish(person, cohort, municipality), by=None, now=NOW).pk


def apply(person: int, cohort: int, municipality: int) -> str:
    return actions.apply_for_seat(**_wish(person, cohort, municipality), by=None, now=NOW).state


def withdraw(enrolment: int) -> str:
    return actions.withdraw(enrolment=Enrolment.objects.get(pk=enrolment), by=None, now=NOW).state


def fill_freed_seats(cohort: int) -> int:
    return len(actions.fill_freed_seats(cohort=Cohort.objects.get(pk=cohort), now=NOW))


def accept_offer(offer: int, now: datetime = NOW) -> str:
    return actions.accept_offer(offer=SeatOffer.objects.get(pk=offer), by=None, now=now).state


def accept_or_enrol(offer: int | None, **wish: int) -> str:
    """The person by link, or a coordinator on the page."""
    return accept_offer(offer) if offer else actions.enrol(**_wish(**wish), by=None, now=NOW).state


def answer_or_expire(offer: int, is_clock: bool) -> str:
    """A yes in the last second, and the clock a minute after it."""
    expires_at = SeatOffer.objects.get(pk=offer).expires_at
    if not is_clock:
        return accept_offer(offer, expires_at - timedelta(seconds=1))
    return "expired" if actions.expire_offers(now=expires_at + LATE) else "nothing to expire"


def check_in(meeting: int, enrolment: int, nonce: UUID, code: str = "") -> int:
    sent = actions.Sent(nonce, NOW, code=code) if code else actions.Sent(nonce, NOW, seen_at=NOW)
    rows = {"meeting": Meeting.objects.get(pk=meeting), "enrolment": Enrolment.objects.get(pk=enrolment)}
    return actions.check_in(**rows, sent=sent, now=NOW).pk


def change_meeting(meeting: int, based_on: int, room: str) -> str:
    rows = {"meeting": Meeting.objects.get(pk=meeting)}
    return actions.change_meeting(**rows, room=room, based_on=based_on, by=None, now=NOW).room


def _wish(person: int, cohort: int, municipality: int) -> dict:
    return {
        "person": User.objects.get(pk=person),
        "cohort": Cohort.objects.get(pk=cohort),
        "municipality": Organisation.objects.get(pk=municipality),
    }
