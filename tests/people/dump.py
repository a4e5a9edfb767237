"""Everything the site has stored, read past every model: each column of each table, each file, and the cache."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from redis import Redis

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def everything_stored() -> Iterator[tuple[str, str]]:
    """Where, and what stands there."""
    yield from _tables()
    yield from (("django_session, opened", json.dumps(row.get_decoded(), default=str)) for row in Session.objects.all())
    yield from _files()
    yield from (("cache", text) for text in _cached())


def places_of(words: Iterable[str]) -> dict[str, str]:
    """Where any of ``words`` stands, whatever the case, and which one it was."""
    found = {}
    for place, text in everything_stored():
        opened = ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text).lower()
        for word in words:
            if word.lower() in opened:
                found.setdefault(place, word)
    return found


def _tables() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            columns = [column.name if hasattr(column, "name") else column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{column}", _text(value)) for column, value in zip(columns, row, strict=True))


def _text(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _files() -> Iterator[tuple[str, str]]:
    for root in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.MAIL_FOLDER):
        for path in sorted(Path(root).rglob("*")):
            if path.is_file():
                yield f"file {path.name}", path.name
                yield f"file {path.name}", path.read_bytes().decode("utf-8", "replace")


def _cached() -> Iterator[str]:
    if location := settings.CACHES["default"].get("LOCATION"):
        redis = Redis.from_url(location)
        yield from (f"{key!r} {redis.get(key)!r}" for key in redis.scan_iter() if redis.type(key) == b"string")
    else:
        yield from (f"{key} {value!r}" for key, value in cache._cache.items())
