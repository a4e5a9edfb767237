"""What there is to tell of a day that is made up for: asked of the coordinators, answered to the kursist."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from courses.models import MakeUp
from lms.notifications.methods import Mail, Occasion, register
from lms.people.models import Role, access_of


def asked(notice, now: datetime) -> Mail | None:
    """To a coordinator of either cohort, while the request waits for an answer."""
    make_up = _make_up(notice)
    if make_up is None or make_up.state != MakeUp.State.ASKED or make_up.instead.starts_at <= now:
        return None
    if not access_of(notice.recipient).has(Role.PROVIDER_COORDINATOR):
        return None
    return _mail(notice, make_up, reverse("courses:make_ups"), now)


def agreed(notice, now: datetime) -> Mail | None:
    return _answered(notice, MakeUp.State.AGREED, now)


def refused(notice, now: datetime) -> Mail | None:
    return _answered(notice, MakeUp.State.REFUSED, now)


def _answered(notice, state: str, now: datetime) -> Mail | None:
    make_up = _make_up(notice)
    if make_up is None or make_up.state != state or make_up.instead.ends_at <= now:
        return None
    return _mail(notice, make_up, reverse("courses:make_up", args=[make_up.missed_id]), now)


def _make_up(notice) -> MakeUp | None:
    rows = MakeUp.objects.visible_to(notice.recipient).select_related(
        "enrolment__person", "enrolment__municipality", "missed__cohort", "instead__cohort"
    )
    return rows.filter(pk=notice.object_id).first()


def _mail(notice, make_up: MakeUp, path: str, now: datetime) -> Mail:
    return Mail(notice.occasion, {"make_up": make_up, "url": settings.BASE_URL + path, "now": now})


register(Occasion("courses.make_up_asked", asked))
register(Occasion("courses.make_up_agreed", agreed))
register(Occasion("courses.make_up_refused", refused))
