"""What there is to tell of seats: who asks for one, what became of it, and that one is held."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from lms.meetings import rules
from lms.meetings.models import Cohort, EnrolmentChange, SeatOffer
from lms.meetings.queries.concerned import managers_of
from lms.meetings.queries.seats import coming_days, offer_token, standing_of, still_at_work, still_belongs
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


def applied(notice, now: datetime) -> Mail | None:
    """To the local managers, until one of them has answered."""
    step = _step(notice)
    if step is None or step.enrolment.cohort.state != Cohort.State.OPEN:
        return None
    if not managers_of(step.enrolment.municipality, now).filter(pk=notice.recipient_id).exists():
        return None
    return _mail(notice, step, "meetings:application", [step.enrolment.cohort.slug, step.enrolment_id])


def told(notice, now: datetime) -> Mail | None:
    """To the one who asked: a no with the manager's words, or a place on the waiting list."""
    step = _step(notice)
    if step is None or step.enrolment.person_id != notice.recipient_id or step.enrolment.cohort.is_cancelled:
        return None
    if not still_at_work(step.enrolment.person, now):
        return None
    standing = standing_of(step.enrolment, now)
    return _mail(notice, step, "meetings:own_seat", [step.enrolment.cohort.slug], standing=standing)


def _step(notice) -> EnrolmentChange | None:
    """The step a mail tells of, as long as no other has followed it."""
    steps = EnrolmentChange.objects.select_related(
        "by", "enrolment__person", "enrolment__municipality", "enrolment__cohort__course__provider"
    )
    step = steps.filter(pk=notice.object_id).first()
    return step if step and step.enrolment.changes.last() == step else None


def _mail(notice, step: EnrolmentChange, page: str, places: list, **more) -> Mail:
    context = {"step": step, "enrolment": step.enrolment, "cohort": step.enrolment.cohort}
    return Mail(notice.occasion, context | more | {"url": settings.BASE_URL + reverse(page, args=places)})


register(Occasion("meetings.offered", offered))
register(Occasion("meetings.applied", applied))
register(Occasion("meetings.refused", told))
register(Occasion("meetings.waiting", told))
