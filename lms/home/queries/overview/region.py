"""Those outside the municipalities: an ambassador's region, and a psychiatry partner's single days."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lms.forum.queries import new_discussions_for
from lms.home.queries.overview.parts import NextMeeting, Task, split
from lms.meetings.models import Invitee, Meeting
from lms.people.models import MunicipalityRegion, Role, access_of
from lms.programme.models import Participation


def build(person, now: datetime) -> dict:
    regions = access_of(person).organisations(Role.IPS_AMBASSADOR)
    task = Task(
        kicker=_("When you have ten minutes"),
        title=_("Share something from your region"),
        text=_("What one municipality has found out, another can use."),
        url=reverse("forum:new"),
        button=_("Write to the Community"),
    )
    return {
        "template": "home/overview/region.html",
        "participations": _participations(regions, now),
        "discussions": new_discussions_for(person, 4),
        **split([task]),
    }


def _participations(regions, now: datetime):
    """The region's municipalities that take part today: the map changes with the year."""
    today = localdate(now)
    inside = MunicipalityRegion.objects.current(today).filter(region__in=regions).values("municipality")
    current = Participation.objects.current(today).filter(municipality__in=inside)
    return current.select_related("municipality", "programme").order_by("municipality__name")


def build_for_partner(person, now: datetime) -> dict:
    invited = Invitee.objects.active().filter(person=person, meeting__in=Meeting.objects.visible_to(person))
    coming = invited.filter(meeting__state=Meeting.State.SCHEDULED, meeting__ends_at__gt=now)
    invitee = coming.select_related("meeting").order_by("meeting__starts_at", "pk").first()
    meeting = None
    if invitee:
        url = reverse("meetings:meeting", args=[invitee.meeting.pk])
        meeting = NextMeeting(invitee.meeting, invitee.meeting.title, url, invitee.answer)
    return {"template": "home/overview/partner.html", "meeting": meeting}
