"""A group's polls about dates, and how they stand."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from lms.meetings.models import DatePoll, DatePollAnswer, DatePollOption, GroupMembership, Invitee, Meeting
from lms.meetings.queries.clashes import overlaps
from lms.people.models import User


@dataclass(frozen=True)
class OptionTally:
    """A date with what the members say of it; ``clash`` is what the reader has already at that time."""

    option: DatePollOption
    yes: int
    if_need_be: int
    no: int
    own: str
    clash: Meeting | None

    @property
    def nobody_can(self) -> bool:
        return not self.yes and not self.if_need_be


@dataclass(frozen=True)
class MemberAnswers:
    """A member's line in the table: an answer, or none, for each date in order."""

    place: GroupMembership
    answers: list[tuple[DatePollOption, DatePollAnswer | None]]

    @property
    def is_missing(self) -> bool:
        return any(answer is None for _option, answer in self.answers)


@dataclass(frozen=True)
class Tally:
    options: list[OptionTally]
    members: list[MemberAnswers]

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.members)


@dataclass(frozen=True)
class PollLine:
    """A poll in the group's list."""

    poll: DatePoll
    answered: int
    asked: int
    is_open: bool


def members_of(group):
    """Those who have a place in the group today."""
    places = GroupMembership.objects.current().filter(group=group)
    return User.objects.filter(is_active=True, pk__in=places.values("enrolment__person"))


def people_missing(poll: DatePoll):
    """Members who have not answered about every date."""
    members, options = members_of(poll.group_id), poll.options.count()
    given = DatePollAnswer.objects.filter(option__poll=poll, person__in=members)
    counts = Counter(given.values_list("person", flat=True))
    return members.exclude(pk__in=[person for person, answers in counts.items() if answers == options])


def tally_for(poll: DatePoll, user) -> Tally:
    """How the poll stands, in four queries however many answer; the answers of those who have left are left out."""
    options = list(poll.options.all())
    places = list(_places(poll.group_id))
    answers = {
        (answer.option_id, answer.person_id): answer
        for answer in DatePollAnswer.objects.filter(option__in=options, person__in=[_person(p) for p in places])
    }
    clashes = clashes_with(user, options)
    return Tally(
        [_option(option, places, answers, user, clashes.get(option.pk)) for option in options],
        [_member(place, options, answers) for place in places],
    )


def clashes_with(user, options: list[DatePollOption]) -> dict[int, Meeting]:
    """By option, a day of the person's own at the same time; one they have declined leaves the time free."""
    if not options:
        return {}
    first, last = min(o.starts_at for o in options), max(o.ends_at for o in options)
    own = Invitee.objects.active().exclude(answer=Invitee.Answer.DECLINED).filter(person=user)
    days = Meeting.objects.scheduled().filter(pk__in=own.values("meeting"), starts_at__lt=last, ends_at__gt=first)
    return {option.pk: day for day in list(days) for option in options if overlaps(day, option)}


def polls_for_group(group, now: datetime) -> list[PollLine]:
    """The group's polls, the latest first, with how many members have answered: in four queries."""
    polls = list(group.date_polls.select_related("chosen").prefetch_related("options").order_by("-asked_at", "-pk"))
    members = set(members_of(group).values_list("pk", flat=True))
    given = DatePollAnswer.objects.filter(option__poll__in=polls, person__in=members)
    counts = Counter(given.values_list("option__poll", "person"))
    return [_line(poll, members, counts, now) for poll in polls]


def _line(poll: DatePoll, members: set[int], counts: Counter, now: datetime) -> PollLine:
    options = len(poll.options.all())
    answered = sum(counts[poll.pk, person] == options for person in members)
    return PollLine(poll, answered, len(members), poll.is_open(now))


def _places(group_id: int):
    places = GroupMembership.objects.current().filter(group=group_id, enrolment__person__is_active=True)
    return places.select_related("enrolment__person", "enrolment__municipality").order_by("enrolment__person__name")


def _person(place: GroupMembership) -> int:
    return place.enrolment.person_id


def _member(place: GroupMembership, options: list, answers: dict) -> MemberAnswers:
    return MemberAnswers(place, [(option, answers.get((option.pk, _person(place)))) for option in options])


def _option(option: DatePollOption, places: list, answers: dict, user, clash: Meeting | None) -> OptionTally:
    given = [answers[option.pk, _person(place)].answer for place in places if (option.pk, _person(place)) in answers]
    own = answers.get((option.pk, user.pk))
    kinds = DatePollAnswer.Answer
    return OptionTally(
        option=option,
        yes=given.count(kinds.YES),
        if_need_be=given.count(kinds.IF_NEED_BE),
        no=given.count(kinds.NO),
        own=own.answer if own else "",
        clash=clash,
    )
