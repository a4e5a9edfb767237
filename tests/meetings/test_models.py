"""The database says no too."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.meetings.models import Meeting, MeetingRevision
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    GroupMembershipFactory,
    InviteeFactory,
    MeetingFactory,
    SupervisionGroupFactory,
)
from tests.meetings.days import NOW

pytestmark = pytest.mark.django_db


def twice(factory, **fields):
    for _time in range(2):
        factory(**fields)


BROKEN = {
    "cohort_has_seats": lambda: CohortFactory(capacity=0),
    "enrolment_once_per_cohort": lambda: twice(
        EnrolmentFactory, cohort=CohortFactory(), person=EnrolmentFactory().person
    ),
    "group_name_once_per_cohort": lambda: twice(SupervisionGroupFactory, cohort=CohortFactory(), name="Vest 1"),
    "group_membership_one_open_per_enrolment": lambda: twice(GroupMembershipFactory, enrolment=EnrolmentFactory()),
    "meeting_ends_after_it_starts": lambda: MeetingFactory(ends_at=MeetingFactory.starts_at),
    "meeting_teaching_is_for_the_cohort": lambda: MeetingFactory(group=SupervisionGroupFactory()),
    "meeting_uid": lambda: twice(MeetingFactory, uid="1@fodfaeste"),
    "invitee_once_per_meeting": lambda: twice(
        InviteeFactory, meeting=MeetingFactory(), person=EnrolmentFactory().person
    ),
    "attendance_once_per_half_day": lambda: twice(
        AttendanceFactory, meeting=MeetingFactory(), enrolment=EnrolmentFactory()
    ),
    "attendance_times_only_when_partial": lambda: AttendanceFactory(arrived_at=NOW),
    "meeting_revision_once": lambda: twice(
        MeetingRevision.objects.create,
        meeting=MeetingFactory(),
        number=1,
        title="Dag 1",
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        released_at=NOW,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name]()


def test_location_is_place_room_and_address_in_one_line():
    assert Meeting(place="Vejle", address="Havnegade 3").location == "Vejle, Havnegade 3"


@pytest.mark.parametrize(
    "title, short", [("Dag 4: Arbejdsgiveren", "Dag 4"), ("Supervisionsdag 1", "Supervisionsdag 1")]
)
def test_short_title_ends_at_the_colon(title, short):
    assert Meeting(title=title).short_title == short


def test_a_meeting_has_an_address_for_life():
    assert Meeting().uid != Meeting().uid
