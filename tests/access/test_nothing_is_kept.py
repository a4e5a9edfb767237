"""A CPR number is sent through every field of every address that takes text: afterwards it is nowhere."""

import logging
import os
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from redis import Redis

from lms.backends.masking import MaskSecrets
from lms.people.forms import GuardedFormMixin
from tests.access.addresses import body_of, kind_of, path_of
from tests.access.asking import SIGN_IN
from tests.access.patterns import Pattern, all_patterns
from tests.access.people import ROLES
from tests.access.rows import Cell, read_rows, row_for
from tests.people.forms.walk import forms_of_ours, text_fields

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

CANARY = "230487-1234"
# However it may have been cut, joined, quoted or coded on its way.
TRACE = re.compile(r"230487\W{0,12}(?:2D|45|x2d|u002d)?\W{0,3}1234", re.IGNORECASE)
HARMLESS = "kanariefuglen"
FULL = os.environ.get("FODFAESTE_DRILL") == "full"
# In full everybody who is let in writes; otherwise one person for each address.
WRITERS = len(ROLES) if FULL else 1
ROWS = read_rows()
PATTERNS = list(all_patterns())
REFUSED = {SIGN_IN, "404", "403", "405"}
OURS = {name for kind in forms_of_ours() if issubclass(kind, GuardedFormMixin) for name in text_fields(kind)}
# What forms of other packages and our search take.
FREE_TEXT = sorted(OURS | {"login", "email", "username", "next", "q", "comment", "first_name", "slug", "guard-ok"})


def writers_of(pattern: Pattern, world) -> list[tuple[str, str]]:
    """Role and relation of those whom the matrix lets post there."""
    kind = kind_of(pattern)
    rows = [row for row in ROWS if row.matches_name(pattern.name)]
    cells = [
        Cell(pattern.name, "POST", role, relation)
        for relation in (world.relations(kind) if kind else ["-"])
        for role in ROLES
    ]
    let_in = [cell for cell in cells if not set(row_for(cell, rows).expected.split("|")) <= REFUSED]
    return [(cell.role, cell.relation) for cell in let_in][:WRITERS]


def bodies_of(pattern: Pattern, world, word: str) -> list[dict]:
    """The smallest valid body with ``word`` in one text at a time, and one body with it in every text there is."""
    body = body_of(pattern, world)
    texts = [name for name, value in body.items() if isinstance(value, str) and name in FREE_TEXT]
    one_by_one = [body | {name: f"Vi talte om {word} i går."} for name in texts]
    return [*one_by_one, dict.fromkeys(FREE_TEXT, word) | body | dict.fromkeys(texts, word)]


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Statements:
    """Whether anything was written: only then is the whole database worth reading again."""

    def __init__(self):
        self.writes = 0

    def __call__(self, execute, sql, params, many, context):
        self.writes += not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, params, many, context)


def database() -> str:
    """Every row of every table, sessions unpacked."""
    rows = [str(session.get_decoded()) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            rows += map(str, cursor.fetchall())
    return "\n".join(rows)


def everything_cached() -> str:
    if not settings.REDIS_URL:
        return str(list(cache._cache.values()))
    redis = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    return str([redis.get(key) for key in redis.scan_iter() if redis.type(key) == b"string"])


def files_kept() -> list[Path]:
    folders = (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.MAIL_FOLDER)
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


def places_of(trace: re.Pattern, *, wrote: bool, log: str) -> list[str]:
    """Where the trace is found."""
    mails = "\n".join(str(message.message()) for message in mail.outbox)
    texts = {
        "database": database() if wrote else "",
        "cache": everything_cached(),
        "log": log,
        "mail": mails,
        "files": "".join(f"{path.name} {path.read_bytes()!r}" for path in files_kept()) if wrote else "",
    }
    return [name for name, text in texts.items() if trace.search(text)]


@pytest.fixture
def log(caplog, monkeypatch):
    """Every line at DEBUG and unmasked; the world of this folder is quiet otherwise."""
    monkeypatch.setattr(MaskSecrets, "filter", lambda _self, _record: True)
    before = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    yield caplog
    logging.disable(before)


def send(visitor, path, body, log, trace):
    statements = Statements()
    log.clear()
    with undone(), connection.execute_wrapper(statements):
        response = visitor.post(path, body)
        found = places_of(trace, wrote=statements.writes > 0, log=log.text)
    return response.status_code, found


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_after_a_block_nothing_of_it_is_anywhere(world, log, pattern):
    broken = []
    for role, relation in writers_of(pattern, world):
        path = path_of(pattern, relation, role, world)
        for body in bodies_of(pattern, world, CANARY):
            status, found = send(world.visitors[role], path, body, log, TRACE)
            broken += [(role, relation, status, found)] if found or status >= 500 else []

    assert broken == []


def test_the_number_is_sent_where_the_matrix_lets_people_write(world, report):
    sent = [
        (pattern, role, len(bodies_of(pattern, world, CANARY)))
        for pattern in PATTERNS
        for role, _relation in writers_of(pattern, world)
    ]

    report(
        f"a CPR number in {len(FREE_TEXT)} text fields, {sum(count for *_, count in sent)} requests to "
        f"{len({pattern for pattern, *_ in sent})} addresses; nothing of it in database, cache, log, mail or files"
    )
    assert len({pattern for pattern, *_ in sent}) > 150


# The control: where the guard has nothing against a word, the same search finds it.
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("forum:reply", "body"),
        ("courses:reflection", "text"),
        ("supervision:add_next_step", "text"),
        ("forum:report", "reason"),
    ],
)
def test_a_word_nobody_blocks_is_found_by_the_same_search(world, log, name, field):
    pattern = next(pattern for pattern in PATTERNS if pattern.name == name)
    (role, relation), *_ = writers_of(pattern, world)
    body = body_of(pattern, world) | {field: f"Vi talte om {HARMLESS} i går."}

    path = path_of(pattern, relation, role, world)
    _status, found = send(world.visitors[role], path, body, log, re.compile(HARMLESS))

    assert found == ["database"]


def test_the_search_would_see_a_session_a_cache_a_log_and_a_file(world, log, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / f"{CANARY}.txt").write_text("")
    cache.set("canary", CANARY)
    logging.getLogger("somewhere").debug("He said %s", CANARY)
    with undone():
        session = Session.objects.first()
        store = Session.get_session_store_class()(session.session_key)
        store["note"] = CANARY
        store.save()

        assert places_of(TRACE, wrote=True, log=log.text) == ["database", "cache", "log", "files"]


@pytest.mark.parametrize("written", ["230487-1234", "2304871234", "230487 1234", "230487&#45;1234", "230487%2D1234"])
def test_the_trace_is_known_however_it_was_coded(written):
    assert TRACE.search(f"x{written}y")
