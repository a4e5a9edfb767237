"""Erasing a person: what the register says of each row, in one transaction."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import models, transaction

from lms.people.actions.audit import record
from lms.people.methods.privacy import Erasure, Line, the_register
from lms.people.methods.privacy.words import Words
from lms.people.models import FileToErase, User
from lms.people.models.user import FORMER_DOMAIN
from lms.people.queries.personal import all_rows, counts_of, model_of, rows_of, words_of

# What stands where a name stood. Stored, and so not translated: the site is Danish first.
FORMER_NAME = "tidligere kursist"


@dataclass
class Erasing:
    """One person's erasure under way."""

    person: User
    words: Words
    now: datetime
    heirs: dict[str, User] = field(default_factory=dict)

    def heir(self, app_label: str) -> User:
        """Who takes over what stays: another for each app, so that nobody can put the pieces together again."""
        if app_label not in self.heirs:
            address = f"{uuid.uuid4().hex}@{FORMER_DOMAIN}"
            self.heirs[app_label] = User.objects.create_user(address, name=FORMER_NAME, is_active=False)
        return self.heirs[app_label]


@transaction.atomic
def erase_person(*, person: User, by: User | None, now: datetime) -> Counter:
    """Take ``person`` out of everything. Returns how many rows were about them, by model; twice is once."""
    fresh = User.objects.select_for_update().filter(pk=person.pk).first()
    if fresh is None:
        return Counter()
    lines = in_order(the_register().lines)
    for line in lines:
        if line.first:
            line.first(fresh, now)
    counts, erasing = counts_of(fresh), Erasing(fresh, words_of(fresh), now)
    record(by=by, verb="erased_person", about=fresh, now=now)
    for line in lines:
        forget_rows(line, erasing)
    fresh.delete()
    transaction.on_commit(erase_files)
    return counts


def in_order(lines: Iterable[Line]) -> list[Line]:
    """What hangs on another row goes before that row does, and the account itself goes last."""

    def place(line):
        return line.model == User._meta.label, not any("__" in path for path in line.person)

    return sorted(lines, key=place)


def forget_rows(line: Line, erasing: Erasing) -> None:
    """One line of the register, carried out."""
    if line.forget:
        line.forget(line, erasing)
    elif line.erasure == Erasure.DELETE and line.model != User._meta.label:
        rows_of(line, erasing.person).delete()
    elif line.erasure == Erasure.ANONYMOUS:
        pass_on(line, erasing)
    for path in line.by:
        all_rows(model_of(line)).filter(**{path: erasing.person.pk}).update(**{path: None})


def pass_on(line: Line, erasing: Erasing) -> list:
    """The rows stay: without the texts that go, without the name, and with somebody else in the person's place."""
    keys = list(rows_of(line, erasing.person).values_list("pk", flat=True))
    rows = all_rows(model_of(line)).filter(pk__in=keys)
    rows.update(**dict.fromkeys(line.blank, ""))
    take_words_out(rows, line.stays, erasing.words)
    for path in line.person if keys else ():
        if "__" not in path:
            field = model_of(line)._meta.get_field(path)
            heir = None if field.null else erasing.heir(field.model._meta.app_label)
            rows.filter(**{path: erasing.person.pk}).update(**{path: heir})
    return keys


def take_words_out(rows: models.QuerySet, names: Iterable[str], words: Words) -> None:
    """Whoever signs a text with the own name has written it there too."""
    names = list(names)
    for key, *values in rows.values_list("pk", *names) if names else ():
        fresh = [words.taken_out_of(value, FORMER_NAME) for value in values]
        if fresh != values:
            all_rows(rows.model).filter(pk=key).update(**dict(zip(names, fresh, strict=True)))


def forget_sessions(_line: Line, erasing: Erasing) -> None:
    """The person's own, and any other that has the name or an address in it: a sign-in begun, a message shown."""
    mine = str(erasing.person.pk)
    for session in Session.objects.order_by("pk").iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == mine or erasing.words.stand_in(json.dumps(kept, ensure_ascii=False, default=str)):
            session.delete()


def erase_file(*, storage: str, name: str, now: datetime) -> None:
    """Have a file deleted as soon as this transaction is through, and again later if that fails."""
    FileToErase.objects.get_or_create(storage=storage, name=name, defaults={"asked_at": now})


def erase_files() -> int:
    """Delete the files that wait for it; a file that is gone already counts as deleted."""
    waiting = list(FileToErase.objects.all())
    for file in waiting:
        storages[file.storage].delete(file.name)
        file.delete()
    return len(waiting)
