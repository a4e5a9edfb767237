"""Senders die in the middle of their work, again and again. No mail is lost; a twin is recognised as one."""

import asyncio
import email
import email.policy
import json
import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from icalendar import Calendar

from lms.meetings import actions
from lms.notifications.models import Notice
from tests.drills.conftest import FEWEST_KILLS, MAILS, SEEDS
from tests.factories.meetings import CohortFactory, kursist_in
from tests.factories.people import MunicipalityFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]


class SlowSink:
    """A mail server that takes its time before and after it has taken a mail over: both are moments to die in."""

    PAUSE = 0.015

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(self.PAUSE)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        await asyncio.sleep(self.PAUSE)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def sink():
    controller = Controller(SlowSink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def invited():
    """As many kursister as there are mails, all just invited to one day."""
    now, municipality, cohort = timezone.now(), MunicipalityFactory(), CohortFactory(capacity=MAILS)
    for _ in range(MAILS):
        kursist_in(cohort, municipality)
    starts_at = now + timedelta(days=10)
    return actions.schedule_meeting(
        cohort=cohort,
        kind="teaching",
        title="Dag 1: Metoden",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
        by=None,
        now=now,
    )


def database_url() -> str:
    """Where this test's rows lie, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    host, port = database["HOST"] or "127.0.0.1", database["PORT"] or 5432
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{port}/{database['NAME']}"


def run_senders(order, seed, sink, folder) -> int:
    """Let senders die until everything has been dealt with; how many did."""
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lms.settings.development",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "VAR_DIR": str(folder),
        "DEBUG": "0",
    }
    connections.close_all()
    program = [sys.executable, str(Path(__file__).with_name("senders.py")), order, str(seed)]
    done = subprocess.run(
        program, env=surroundings, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["kills"]


def what_a_client_sees(message) -> tuple:
    """What decides whether two mails are one to a mail program, and two events one to a calendar."""
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    return message["To"], message["Message-ID"], str(event["UID"]), int(event["SEQUENCE"])


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_senders_lose_no_mail_and_twins_are_recognised(invited, sink, tmp_path, report, seed):
    wanted = {notice.message_key for notice in Notice.objects.all()}

    kills = run_senders("ours", seed, sink, tmp_path)

    arrived = [what_a_client_sees(message) for message in sink.handler.mails]
    keys = [message_id.strip("<>").partition("@")[0] for _to, message_id, _uid, _sequence in arrived]
    lost, twins = len(wanted - set(keys)), len(keys) - len(set(keys))
    report(f"seed {seed}, lease – send – mark: {MAILS} mails, {kills} kills, {lost} lost, {twins} twins")
    assert set(keys) == wanted
    assert len(set(arrived)) == len(wanted)  # a twin is the same in all a client looks at
    assert {uid for _to, _id, uid, _sequence in arrived} == {invited.uid}
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.SENT}
    assert twins <= kills
    assert kills >= FEWEST_KILLS


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_order_loses_mails_so_the_drill_would_notice(invited, sink, tmp_path, report, seed):
    kills = run_senders("naive", seed, sink, tmp_path)

    arrived = {message["Message-ID"] for message in sink.handler.mails}
    lost = MAILS - len(arrived)
    report(f"seed {seed}, control, mark – send: {MAILS} mails, {kills} kills, {lost} lost")
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.SENT}
    assert lost > 0
