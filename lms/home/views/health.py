"""Whether the site and what it leans on are well: for load balancers and for whoever watches."""

import socket

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis
from redis.exceptions import RedisError


def database_is_well() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_is_well() -> bool:
    """Without a Redis configured there is none to miss."""
    if not settings.REDIS_URL:
        return True
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except RedisError:
        return False
    return True


def mail_is_well() -> bool:
    """Whether somebody answers where mails are handed over; a folder or a provider's API is asked nothing."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return True
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=1).close()
    except OSError:
        return False
    return True


@never_cache
def healthz(_request):
    """200 with a word per dependency; 503 when the database is gone, »degraded« when only Redis or the mail is."""
    well = {"database": database_is_well(), "redis": redis_is_well(), "mail": mail_is_well()}
    status = "ok" if all(well.values()) else "degraded" if well["database"] else "down"
    answer = {"status": status} | {name: "ok" if is_well else "down" for name, is_well in well.items()}
    return JsonResponse(answer, status=200 if well["database"] else 503)
