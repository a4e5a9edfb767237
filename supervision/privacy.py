"""Supervision: what was said in the group goes with the person; a general learning stays."""

from django.utils.translation import gettext_lazy as _

from lms.people.actions.erasure import Erasing, pass_on
from lms.people.methods.privacy import Erasure, Keep, Line, register
from lms.people.methods.privacy.activities import SUPERVISION
from lms.people.queries.personal import rows_of
from supervision.actions import delete_old_cases
from supervision.methods import RETENTION
from supervision.models import Case


def forget_learnings(line: Line, erasing: Erasing) -> None:
    """What the person has not approved goes."""
    rows_of(line, erasing.person).filter(approved_at=None).delete()
    pass_on(line, erasing)


register(
    Line(
        model="supervision.Case",
        activity=SUPERVISION,
        holds=_("an anonymised situation from own practice"),
        person=("author",),
        secret=("key", "version"),
        erasure=Erasure.DELETE,
        keep=Keep(
            RETENTION.days,
            "day__meeting__ends_at",
            _("after the day it was brought to"),
            carry_out=lambda now: delete_old_cases(now=now),
            waiting=lambda now: Case.objects.due_for_deletion(now).count(),
        ),
    ),
    Line(
        model="supervision.CaseRound",
        activity=SUPERVISION,
        holds=_("when each phase of a round began; no text"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="supervision.CaseRoundRole",
        activity=SUPERVISION,
        holds=_("who had which role in a round"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="supervision.Learning",
        activity=SUPERVISION,
        holds=_("what was learned in general, as the focus person approved it"),
        person=("focus_person",),
        by=("noted_by",),
        stays=("text", "themes"),
        erasure=Erasure.ANONYMOUS,
        because=_("it tells of no person, and the group goes on working with it"),
        forget=forget_learnings,
    ),
    Line(
        model="supervision.NextStep",
        activity=SUPERVISION,
        holds=_("what somebody will try before next time, and what came of it"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="supervision.SupervisionDay",
        activity=SUPERVISION,
        holds=_("a day's number, theme and what to bring; no people"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="supervision.GroupContract",
        activity=SUPERVISION,
        holds=_("the group's ground rules, and who wrote them down"),
        by=("written_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="supervision.ContractConfirmation",
        activity=SUPERVISION,
        holds=_("who has said yes to the ground rules"),
        person=("membership__enrolment__person",),
        erasure=Erasure.DELETE,
    ),
)
