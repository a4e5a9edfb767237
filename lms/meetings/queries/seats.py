"""Wishes for a seat as the one who has them sees them."""

from datetime import datetime

from django.utils.timezone import localdate

from lms.meetings.methods import links
from lms.meetings.models import Cohort, Meeting, SeatOffer

PURPOSE = "offer"


def offer_token(offer: SeatOffer) -> str:
    return links.sign(PURPOSE, o=offer.pk)


def offer_for_link(token: str, now: datetime) -> SeatOffer | None:
    """Also one that is answered or has run out, whose page says so; nothing for a forged link, or who has left."""
    ids = links.read(PURPOSE, token, None)
    if ids is None:
        return None
    offers = SeatOffer.objects.select_related("enrolment__cohort__course__provider", "enrolment__person")
    offer = offers.filter(pk=ids["o"]).first()
    return offer if offer and still_belongs(offer, now) else None


def still_belongs(offer: SeatOffer, now: datetime) -> bool:
    person = offer.enrolment.person
    return person.is_active and person.memberships.exclude(end_date__lt=localdate(now)).exists()


def coming_days(cohort: Cohort, now: datetime) -> list[Meeting]:
    """The days the whole cohort has ahead of it."""
    return list(Meeting.objects.upcoming(now).filter(cohort=cohort, group=None))
