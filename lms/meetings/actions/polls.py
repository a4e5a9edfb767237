"""Which of these times could the group come? Asking, answering, nudging, and ending it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from lms.meetings.actions.meetings import CohortIsCancelled
from lms.meetings.models import Cohort, DatePoll, DatePollAnswer, DatePollOption, SupervisionGroup
from lms.meetings.queries.polls import members_of, people_missing
from lms.notifications.actions import notify
from lms.notifications.models import Notice
from lms.people.actions import record

LAST_CALL = timedelta(days=1)


class PollClosed(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """The closing date is past, or the poll has been ended."""


class NotInTheGroup(Exception):  # noqa: N818
    """Only those who have a place in the group answer."""


class NobodyCanCome(Exception):  # noqa: N818
    """No member has said yes or »if need be« to the date, and nobody has confirmed that it is meant."""


class DateIsPast(Exception):  # noqa: N818
    """A meeting is not set in the past."""


@transaction.atomic
def ask_dates(*, group, title: str, slots: list[tuple[datetime, datetime]], closes_at: datetime, by, now) -> DatePoll:
    """Ask the group's members about ``slots`` and tell them. The same question twice is one poll."""
    group = SupervisionGroup.objects.select_for_update().select_related("cohort").get(pk=group.pk)
    if group.cohort.is_cancelled:
        raise CohortIsCancelled
    if same := _same(group, title, slots, closes_at):
        return same
    poll = DatePoll.objects.create(group=group, title=title, closes_at=closes_at, asked_at=now, asked_by=by)
    options = [DatePollOption(poll=poll, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in slots]
    DatePollOption.objects.bulk_create(options)
    _tell(poll, members_of(group), "meetings.poll_asked", now)
    record(by=by, verb="ask_dates", about=poll, now=now)
    return poll


@transaction.atomic
def answer_poll(*, poll, person, answers: dict[int, str], now: datetime) -> None:
    """Keep a member's answers, by option; they may change until the poll closes. The last missing one is told on."""
    poll = _locked(poll)
    if not poll.is_open(now):
        raise PollClosed
    if not members_of(poll.group).filter(pk=person.pk).exists():
        raise NotInTheGroup
    own = poll.options.filter(pk__in=answers)
    rows = [DatePollAnswer(option=option, person=person, answer=answers[option.pk]) for option in own]
    given = DatePollAnswer.objects.filter(option__poll=poll, person=person).values_list("option", "answer")
    if {(row.option_id, row.answer) for row in rows} <= set(given):
        return
    DatePollAnswer.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["option", "person"], update_fields=["answer"]
    )
    record(by=person, verb="answer_poll", about=poll, now=now)
    if not people_missing(poll).exists():
        asked_by = [poll.asked_by] if poll.asked_by else []
        _tell(poll, {who.pk: who for who in [poll.group.supervisor, *asked_by]}.values(), "meetings.poll_answered", now)


@transaction.atomic
def nudge(*, poll, by, now: datetime) -> int:
    """Remind those who have not answered: one mail a person and day, however often it is pressed."""
    poll = _locked(poll)
    if not poll.is_open(now):
        raise PollClosed
    missing, today = list(people_missing(poll)), localdate(now).toordinal()
    told = Notice.objects.filter(occasion="meetings.poll_nudged", object_id=poll.pk, revision=today)
    if {person.pk for person in missing} - set(told.values_list("recipient", flat=True)):
        _tell(poll, missing, "meetings.poll_nudged", now, revision=today)
        record(by=by, verb="nudge_poll", about=poll, now=now)
    return len(missing)


def nudge_before_closing(*, now: datetime) -> int:
    """On a poll's last day, once, however often the clock strikes; also when somebody has pressed already that day."""
    closing = DatePoll.objects.open(now).filter(closes_at__lte=now + LAST_CALL, asked_at__lte=now - LAST_CALL)
    polls = list(closing.select_related("group__cohort"))
    for poll in polls:
        last_day = localdate(poll.closes_at).toordinal()
        _tell(poll, list(people_missing(poll)), "meetings.poll_nudged", now, revision=last_day)
    return len(polls)


@transaction.atomic
def close_poll(*, poll, by, now: datetime) -> DatePoll:
    """End it without a date. Ending it twice is ending it once."""
    poll = _locked(poll)
    if poll.closed_at is None:
        _end(poll, None, "close_poll", by, now)
    return poll


@transaction.atomic
def settle_poll(*, poll, option, by, now: datetime, is_meant: bool = False) -> bool:
    """Choose a date: true for the one who chose it, false when the same date was chosen before.

    The caller makes the meeting in the same transaction.

    :raises PollClosed: when it was ended otherwise. :raises NobodyCanCome: unless it ``is_meant``.
    """
    poll = _locked(poll)
    option = poll.options.get(pk=option.pk)
    if poll.closed_at is not None:
        if poll.chosen_id == option.pk:
            return False
        raise PollClosed
    if option.starts_at <= now:
        raise DateIsPast
    if not is_meant and not _anybody_can(poll, option):
        raise NobodyCanCome
    _end(poll, option, "choose_date", by, now)
    return True


def _locked(poll) -> DatePoll:
    """The cohort's row first, as everywhere, since choosing a date also makes a meeting."""
    Cohort.objects.select_for_update().get(groups=poll.group_id)
    polls = DatePoll.objects.select_related("group__cohort", "group__supervisor", "asked_by")
    return polls.select_for_update(of=("self",)).get(pk=poll.pk)


def _same(group, title: str, slots: list, closes_at: datetime) -> DatePoll | None:
    polls = group.date_polls.filter(title=title, closes_at=closes_at, closed_at=None).prefetch_related("options")
    starts = {starts_at for starts_at, _ends_at in slots}
    return next((poll for poll in polls if {option.starts_at for option in poll.options.all()} == starts), None)


def _anybody_can(poll: DatePoll, option: DatePollOption) -> bool:
    agreeing = option.answers.exclude(answer=DatePollAnswer.Answer.NO)
    return agreeing.filter(person__in=members_of(poll.group)).exists()


def _end(poll: DatePoll, option, verb: str, by, now: datetime) -> None:
    poll.chosen, poll.closed_at = option, now
    poll.save(update_fields=["chosen", "closed_at"])
    record(by=by, verb=verb, about=poll, now=now)


def _tell(poll: DatePoll, people, occasion: str, now: datetime, revision: int = 0) -> None:
    outbox = poll.group.cohort.outbox
    notify(recipients=people, occasion=occasion, about=poll, revision=revision, now=now, outbox=outbox)
