"""Two senders that are killed and started again until every notice has been dealt with. A program of its own.

Usage: senders.py ORDER SEED, where ORDER is ``ours`` (lease, send, mark) or ``naive`` (mark, send).
Prints how many senders were killed as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django

django.setup()

from django.db import connections  # noqa: E402 - after the set-up
from django.utils import timezone  # noqa: E402

from lms.notifications import actions  # noqa: E402
from lms.notifications.methods import occasion_for  # noqa: E402
from lms.notifications.models import Notice  # noqa: E402

SENDERS, BATCH = 2, 10
# One is killed after so many mails more, at any moment of the next: of 400 mails, that is more than 50 kills.
FEWEST_MAILS, MOST_MAILS, ONE_MAIL = 1, 5, 0.03
LEASE = timedelta(seconds=1)
GIVE_UP = 250


def send_ours() -> int:
    return actions.send_waiting(now=timezone.now(), limit=BATCH, lease=LEASE)


def send_naively() -> int:
    """The order that looks tidier, as the control: what is marked and then dies on the way never arrives."""
    now = timezone.now()
    notices = actions.claim(now=now, limit=BATCH, lease=LEASE)
    for notice in notices:
        Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENT, leased_until=None)
        if mail := occasion_for(notice.occasion).load(notice, now):
            actions.compose(notice=notice, mail=mail).send()
    return len(notices)


def start(send) -> int:
    connections.close_all()  # a connection must not be shared across a fork
    if pid := os.fork():
        return pid
    signal.alarm(GIVE_UP)  # nobody is left behind, whatever becomes of the parent
    while True:
        if not send():
            time.sleep(0.05)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def count(*states: str) -> int:
    return Notice.objects.filter(state__in=states).count()


def is_anything_open() -> bool:
    return count(Notice.State.WAITING, Notice.State.SENDING) > 0


def wait_for_mails(wanted: int) -> None:
    """A sender that is killed before it has got anywhere proves nothing, and on a busy machine none would."""
    while is_anything_open() and count(Notice.State.SENT) < wanted:
        time.sleep(0.005)


def warm_up() -> None:
    """Templates and translations are read once, here, and not by every sender again."""
    notice = Notice.objects.first()
    actions.compose(notice=notice, mail=occasion_for(notice.occasion).load(notice, timezone.now()))


def main(order: str, seed: int) -> None:
    send, chance = {"ours": send_ours, "naive": send_naively}[order], random.Random(seed)
    warm_up()
    senders, kills = [start(send) for _ in range(SENDERS)], 0
    signal.alarm(GIVE_UP)
    while is_anything_open():
        wait_for_mails(count(Notice.State.SENT) + chance.randint(FEWEST_MAILS, MOST_MAILS))
        time.sleep(chance.uniform(0, ONE_MAIL))
        kill(senders.pop(chance.randrange(SENDERS)))
        kills += 1
        senders.append(start(send))
    for pid in senders:
        kill(pid)
    sys.stdout.write(json.dumps({"kills": kills}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
