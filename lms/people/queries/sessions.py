from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from lms.people.models import User
from lms.people.rules import LONGEST_PAUSE, LONGEST_SESSION


def sessions_of(person: User, now: datetime) -> QuerySet[UserSession]:
    """Where ``person`` is signed in, the latest first. What has run out is left out, though its row may be there."""
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    recent = {"created_at__gt": now - LONGEST_SESSION, "last_seen_at__gt": now - LONGEST_PAUSE}
    return UserSession.objects.filter(user=person, session_key__in=alive, **recent).order_by("-last_seen_at", "-pk")
