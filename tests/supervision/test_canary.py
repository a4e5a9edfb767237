"""Secret words are planted in everything a group can write; nobody outside the group and its supervisor ever meets one."""

import logging
import os
import re
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone
from redis import Redis

from lms.notifications import actions as notifications
from lms.people.models import AuditEntry
from supervision import actions
from supervision.models import Case, Learning
from tests.factories.people import UserFactory

SECRET = "zeisigvogel"
"""The beginning of every planted word, so that a search for it finds what it can without repeating the word itself."""
PLANTED = re.compile(f"{SECRET}-[a-z]+")
# Signing out or changing the language would end the walk.
SKIPPED = ("logout", "sprog", "jsi18n")
BACK_OFFICE = "/admin/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_log_line(caplog):
    caplog.set_level(logging.INFO)


@pytest.fixture
def planted(client, day, author, form_data, every_log_line):
    """A group that has written everything there is to write, through the pages as people do."""
    client.force_login(author)
    case = write(client, day, form_data, "first", title=secret("editedtitle"), situation=secret("editedaway"))
    edit = {name: secret(name.replace("_", "")) for name in Case.TEXT_FIELDS}
    client.post(
        reverse("supervision:edit_case", args=[case.pk]),
        form_data(**edit, key=case.key, version=case.version, intent="bring"),
    )
    write(client, day, form_data, "draft", title=secret("drafttitle"), situation=secret("draft"))
    gone = write(client, day, form_data, "gone", title=secret("deletedtitle"), situation=secret("deleted"))
    client.post(reverse("supervision:delete_case", args=[gone.pk]))
    client.post(reverse("supervision:add_next_step", args=[day.pk]), {"text": secret("nextstep")})
    client.post(
        reverse("supervision:tell_next_step", args=[author.next_steps.get().pk]),
        {"status": "tried", "follow_up": secret("followup")},
    )
    client.force_login(day.group.supervisor)
    client.post(
        reverse("supervision:note_learning", args=[day.pk]), {"text": secret("learning"), "focus_person": author.pk}
    )
    notifications.send_waiting(now=timezone.now() + timedelta(days=1))
    return Case.objects.get(pk=case.pk)


def secret(name):
    return f"{SECRET}-{name}"


def write(client, day, form_data, name, **texts):
    blank = dict.fromkeys(Case.TEXT_FIELDS, "")
    client.post(reverse("supervision:new_case", args=[day.pk]), form_data(**{**blank, **texts}, key=key_for(name)))
    return Case.objects.get(key=key_for(name))


def key_for(name):
    return f"00000000-0000-4000-8000-{name.encode().hex():0>12}"[:36]


def addresses(day):
    """Every address that needs no argument, and those of this group's days, groups, meetings and cohort."""
    known = [
        {},
        {"pk": day.pk},
        {"pk": day.meeting_id},
        {"pk": day.group_id},
        {"slug": day.group.cohort.slug},
        {"slug": day.group.cohort.slug, "number": day.number},
    ]
    found = {path for name in names(get_resolver()) for kwargs in known if (path := address(name, kwargs))}
    return sorted(path for path in found if not any(word in path for word in SKIPPED))


def names(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def address(name, kwargs):
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def secrets_met_by(person, paths):
    """Opens every path and searches wherever one can search; the back office only where its door opens."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    if client.get(BACK_OFFICE).status_code != HTTPStatus.OK:
        paths = [path for path in paths if not path.startswith(BACK_OFFICE)]
    return {(path, word) for path in paths for word in words_of(client, path)}


def words_of(client, path):
    response = client.get(path)
    found = set(PLANTED.findall(body(response)))
    if 'name="q"' in body(response):
        found |= set(PLANTED.findall(body(client.get(path, {"q": SECRET}))))
    return found


def body(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", errors="replace") + str(response.headers)


def test_every_text_of_a_case_can_be_planted(planted):
    assert planted.texts == {name: secret(name.replace("_", "")) for name in Case.TEXT_FIELDS}


def test_group_and_supervisor_read_the_brought_case(planted, insiders):
    path = reverse("supervision:case", args=[planted.pk])
    expected = {(path, secret(name.replace("_", ""))) for name in Case.TEXT_FIELDS}

    assert [secrets_met_by(person, [path]) for person in insiders.values()] == [expected] * 3


def test_group_meets_nothing_that_is_gone_or_a_draft_and_nothing_outside_supervision(planted, insiders, day):
    gone = {secret(name) for name in ("editedtitle", "editedaway", "deletedtitle", "deleted")}
    drafts = {secret("drafttitle"), secret("draft")}
    paths = addresses(day) + [path for case in Case.objects.all() for path in case_pages(case)]

    met = {who: secrets_met_by(person, paths) for who, person in insiders.items()}

    words = {who: {word for _, word in pairs} for who, pairs in met.items()}
    assert [who for who, found in words.items() if found & gone] == []
    assert [who for who, found in words.items() if found & drafts] == ["author"]
    assert {path.split("/")[1] for pairs in met.values() for path, _ in pairs} == {"supervision"}


def test_a_learning_is_met_by_the_group_only_when_approved(planted, insiders, day, author, now):
    path = reverse("supervision:day", args=[day.pk])
    learning = Learning.objects.get()
    colleague = insiders["group colleague"]
    day.meeting.starts_at = now - timedelta(hours=1)
    day.meeting.ends_at = now + timedelta(hours=5)
    day.meeting.save()

    before = (path, learning.text) in secrets_met_by(colleague, [path])
    actions.approve_learning(learning=learning, by=author, now=now)

    assert (before, (path, learning.text) in secrets_met_by(colleague, [path])) == (False, True)


def test_nobody_else_meets_a_secret_anywhere(planted, outsiders, day):
    paths = addresses(day) + [path for case in Case.objects.all() for path in case_pages(case)]
    superuser = UserFactory(is_superuser=True)

    met = {who: secrets_met_by(person, paths) for who, person in {**outsiders, "superuser": superuser}.items()}

    assert {who: words for who, words in met.items() if words} == {}


def case_pages(case):
    return [
        reverse(f"supervision:{name}", args=[case.pk])
        for name in ("case", "edit_case", "delete_case", "take_back_case")
    ]


def test_no_mail_tells_of_a_secret(planted):
    sent = [f"{message.subject} {message.body} {message.message().as_string()}" for message in mail.outbox]

    assert [word for text in sent for word in PLANTED.findall(text)] == []


def test_no_log_line_tells_of_a_secret(planted, caplog):
    assert PLANTED.findall(caplog.text) == []


def test_no_other_table_holds_a_secret(planted):
    holding = {table for table in connection.introspection.table_names() if SECRET in rows_of(table)}

    assert holding == {"supervision_case", "supervision_learning", "supervision_nextstep"}


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database itself
        return str(cursor.fetchall())


def test_no_cache_entry_holds_a_secret(planted, insiders, day):
    for person in insiders.values():
        secrets_met_by(person, [reverse("supervision:home"), reverse("supervision:day", args=[day.pk])])

    assert SECRET.encode() not in everything_cached()


def everything_cached() -> bytes:
    if not settings.REDIS_URL:
        return b"".join(cache._cache.values())
    redis = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    return b"".join(redis.get(key) or b"" for key in redis.scan_iter())


def test_no_file_holds_a_secret(planted):
    folders = [settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.MAIL_FOLDER]
    files = [Path(root, name) for folder in folders for root, _, names in os.walk(folder) for name in names]

    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []


def test_titles_of_pages_tell_no_secret(client, planted, author, day):
    client.force_login(author)
    pages = [reverse("supervision:home"), reverse("supervision:day", args=[day.pk]), *case_pages(planted)[:3]]

    titles = [re.search("<title>(.*?)</title>", body(client.get(path)), re.DOTALL)[1] for path in pages]

    assert [title for title in titles if SECRET in title] == []


def test_audit_trail_knows_a_case_by_its_number(planted, author):
    entries = AuditEntry.objects.filter(
        actor_id=author.pk, object_type="supervision.case", object_id=planted.pk
    ).order_by("pk")

    assert [entry.verb for entry in entries] == ["write_case", "write_case", "bring_case"]
