"""Whether the site and what it leans on are well: for load balancers and for whoever watches."""

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


@never_cache
def healthz(_request):
    """200 with a word per dependency; 503 when the database is gone, »degraded« when only Redis is."""
    database, redis = database_is_well(), redis_is_well()
    status = "ok" if database and redis else "degraded" if database else "down"
    words = {True: "ok", False: "down"}
    answer = {"status": status, "database": words[database], "redis": words[redis]}
    return JsonResponse(answer, status=200 if database else 503)
