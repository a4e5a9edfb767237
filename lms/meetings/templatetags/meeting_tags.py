"""Attendance and answers, as tables show them once per row: tags rather than includes."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from lms.meetings.models import Attendance, Enrolment, Invitee
from lms.people.templatetags.people_tags import icon

register = template.Library()

TICK = mark_safe(
    '<svg viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M2.5 8.5l3.5 3.5 7-8" fill="none" stroke="currentColor" stroke-width="2.5"/></svg>'
)
CROSS = mark_safe(
    '<svg viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M3 3l10 10M13 3L3 13" fill="none" stroke="currentColor" stroke-width="2.5"/></svg>'
)
BOXES: dict[str | None, tuple[str, str]] = {
    Attendance.State.PRESENT: ("halves__half--in", TICK),
    Attendance.State.PARTIAL: ("halves__half--in", TICK),
    Attendance.State.ABSENT: ("halves__half--out", CROSS),
}
STATES: dict[str, tuple[str, str]] = {
    Invitee.Answer.NONE: ("off", "hourglass"),
    Invitee.Answer.ACCEPTED: ("ok", "check"),
    Invitee.Answer.TENTATIVE: ("wait", "help"),
    Invitee.Answer.DECLINED: ("bad", "close"),
}

SEATS: dict[str, tuple[str, str]] = {
    Enrolment.State.APPLIED: ("wait", "send"),
    Enrolment.State.WAITING: ("wait", "hourglass"),
    Enrolment.State.OFFERED: ("wait", "help"),
    Enrolment.State.ENROLLED: ("ok", "check"),
    Enrolment.State.WITHDRAWN: ("off", "arrow-back"),
    Enrolment.State.REFUSED: ("bad", "close"),
}


@register.simple_tag
def halves(marks: dict[str, str], meeting) -> str:
    """A day's half days as boxes, and the same in words for those who listen."""
    return format_html(
        '{}<span class="sr-only">{}</span>',
        boxes(*(marks.get(half) for half in meeting.halves)),
        in_words(marks, meeting.halves),
    )


@register.simple_tag
def boxes(*states: str | None) -> str:
    """Boxes without words, for what says it in words beside them."""
    drawn = format_html_join(
        "", '<span class="halves__half {}">{}</span>', (BOXES.get(state, ("", "")) for state in states)
    )
    return format_html('<span class="halves" aria-hidden="true">{}</span>', drawn)


@register.simple_tag
def answer_state(invitee: Invitee | None) -> str:
    if invitee is None:
        return ""
    kind, name = STATES[invitee.answer]
    label = _("Not answered") if invitee.answer == Invitee.Answer.NONE else invitee.get_answer_display().capitalize()
    return format_html('<span class="state state--{}">{}{}</span>', kind, icon(name), label)


@register.simple_tag
def enrolment_state(state: str) -> str:
    """Where somebody stands, in the one vocabulary, wherever it is shown."""
    kind, name = SEATS[state]
    label = str(Enrolment.State(state).label).capitalize()
    return format_html('<span class="state state--{}">{}{}</span>', kind, icon(name), label)


@register.filter
def of(marks: dict, key):
    """What a dict holds for a key that is a variable."""
    return marks.get(key, {})


def in_words(marks: dict[str, str], filled: list[str]) -> str:
    """»whole day«, »morning: absent, afternoon: not marked«."""
    states = {marks.get(half) for half in filled}
    if states == {Attendance.State.PRESENT}:
        return _("present all day")
    if states == {Attendance.State.ABSENT}:
        return _("absent all day")
    return ", ".join(f"{Attendance.Half(half).label}: {_state(marks.get(half))}" for half in filled)


def _state(state: str | None) -> str:
    return str(Attendance.State(state).label) if state else _("not marked")
