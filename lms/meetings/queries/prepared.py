"""Questions that are asked all day: the ORM puts the SQL together once a process, and not again for every request.

Putting it together costs a feed ten times what the database needs to answer.
"""

import uuid
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

# Values no row has: where they stand in the finished SQL, those of the request go.
STAND_INS = {"person": -1, "public_id": uuid.UUID(int=0), "today": date.min}


def ask(question: Callable, **values) -> list[tuple]:
    """The rows of ``question(**values)``, a queryset of ``values_list`` with plain numbers and texts."""
    sql, places = _prepared(question, connection.vendor, tuple(values))
    given = {name: _adapted(value) for name, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(name, constant) for name, constant in places])
        return cursor.fetchall()


@cache
def _prepared(question: Callable, _vendor: str, names: tuple[str, ...]) -> tuple[str, list[tuple[str, Any]]]:
    """The SQL, and for each parameter the name of the value that comes with the request, or else what it always is."""
    stand_ins = {_adapted(STAND_INS[name]): name for name in names}
    sql, parameters = question(**{name: STAND_INS[name] for name in names}).query.sql_with_params()
    return sql, [(stand_ins.get(value, ""), value) for value in parameters]


def _adapted(value):
    """As the database's driver wants it."""
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, uuid.UUID):
        return models.UUIDField().get_db_prep_value(value, connection)
    return value
