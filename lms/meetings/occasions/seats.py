"""What there is to tell of seats: one is held for somebody who waited."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.meetings import rules
from lms.meetings.models import SeatOffer
from lms.meetings.queries.seats import coming_days, offer_token, still_belongs
from lms.notifications.methods import Mail, Occasion, register


def offered(notice, now: datetime) -> Mail | None:
    """Only while it can still be accepted."""
    offers = SeatOffer.objects.select_related("enrolment__cohort__course", "enrolment__person")
    offer = offers.filter(pk=notice.object_id, enrolment__person=notice.recipient_id).first()
    if offer is None or not rules.can_accept(offer, now) or not still_belongs(offer, now):
        return None
    cohort = offer.enrolment.cohort
    url = settings.BASE_URL + reverse("meetings:offer_by_link", args=[offer_token(offer)])
    days = coming_days(cohort, now)
    return Mail("meetings.offered", {"offer": offer, "cohort": cohort, "days": days, "url": url, "now": now})


register(Occasion("meetings.offered", offered))
