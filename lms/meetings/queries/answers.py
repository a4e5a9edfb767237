"""Answers to invitations: the links that work without signing in, who is coming, and mails that were refused."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from lms.meetings import rules
from lms.meetings.methods import links
from lms.meetings.models import Enrolment, Invitee, RefusedMail

PURPOSE = "answer"
PAGE_LENGTH = 50


@dataclass(frozen=True)
class AnswerLink:
    """An invitation that can still be answered; ``is_current`` unless the day has moved since the mail was written."""

    invitee: Invitee
    is_current: bool


@dataclass(frozen=True)
class Headcount:
    coming: int
    perhaps: int
    not_coming: int
    unanswered: int


def answer_token(invitee: Invitee) -> str:
    """Bound to the person's invitation, and to the time it was for."""
    return links.sign(PURPOSE, i=invitee.pk, s=invitee.sequence)


def invitation_for_link(token: str, now: datetime) -> AnswerLink | None:
    """Nothing for a forged link, and for one that has no more to answer: over, cancelled, taken off, gone."""
    ids = links.read(PURPOSE, token, None)
    if ids is None:
        return None
    invitees = Invitee.objects.select_related("meeting__cohort__course", "person")
    invitee = invitees.filter(pk=ids["i"]).first()
    if invitee is None or not rules.can_answer(invitee, now) or not _still_belongs(invitee.person, now):
        return None
    return AnswerLink(invitee, is_current=ids["s"] == invitee.sequence)


def seat_behind(invitee: Invitee) -> Enrolment | None:
    """The kursist's seat in the cohort of the day, which can be given back from the same link."""
    if invitee.role != Invitee.Role.KURSIST:
        return None
    seats = Enrolment.objects.enrolled().select_related("cohort", "person")
    return seats.filter(cohort=invitee.meeting.cohort_id, person=invitee.person_id).first()


def headcount(invitees: list[Invitee]) -> Headcount:
    """Of those who are asked; a trainer is not."""
    answers = [invitee.answer for invitee in invitees if invitee.role != Invitee.Role.TRAINER]
    return Headcount(
        coming=answers.count(Invitee.Answer.ACCEPTED),
        perhaps=answers.count(Invitee.Answer.TENTATIVE),
        not_coming=answers.count(Invitee.Answer.DECLINED),
        unanswered=answers.count(Invitee.Answer.NONE),
    )


def refused_mails_for(user, *, cohort=None, before: int | None = None) -> tuple[list[RefusedMail], int | None]:
    """One page of the refused mails of a cohort, or of those nobody could place, and where the next page begins."""
    mails = RefusedMail.objects.visible_to(user).filter(cohort=cohort).order_by("-pk")
    if before:
        mails = mails.filter(pk__lt=before)
    page = list(mails[: PAGE_LENGTH + 1])
    return page[:PAGE_LENGTH], page[PAGE_LENGTH - 1].pk if len(page) > PAGE_LENGTH else None


def _still_belongs(person, now: datetime) -> bool:
    return person.memberships.exclude(end_date__lt=localdate(now)).exists()
