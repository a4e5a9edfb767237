"""The database says no too: each named constraint of ours is broken once, past every form and action."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from courses.models import (
    EvaluationQuestion,
    EvaluationResponse,
    MakeUp,
    Preparation,
    Quiz,
    QuizAnswer,
    QuizOption,
    QuizQuestion,
)
from lms.meetings.models import (
    CheckIn,
    CheckInTry,
    DatePoll,
    DatePollAnswer,
    DatePollOption,
    EnrolmentChange,
    Reminder,
    SeatOffer,
    WalkIn,
)
from lms.notifications.models import Notice
from lms.people.models import ErasureRequest, FileToErase, MunicipalityRegion, Opening, RetentionCount
from supervision.models import CaseRound, CaseRoundRole, ContractConfirmation, GroupContract
from tests.factories.courses import ReflectionFactory, TeachingDayFactory, TrialFactory, day_page
from tests.factories.forum import DiscussionFactory, FollowFactory, PostFactory, ReportFactory, TriedFactory
from tests.factories.meetings import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    GroupMembershipFactory,
    InviteeFactory,
    MeetingFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
)
from tests.factories.people import (
    InvitationFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionFactory,
    UserFactory,
    WorkAccountFactory,
)
from tests.factories.programme import CourseFactory, ParticipationFactory
from tests.factories.supervision import CaseFactory, LearningFactory, NextStepFactory, SupervisionDayFactory

pytestmark = pytest.mark.django_db

NOW, TODAY, LONG_AGO = datetime(2026, 11, 20, 9, tzinfo=UTC), date(2026, 11, 20), date(2020, 1, 1)
YESTERDAY = TODAY - timedelta(days=1)
FORM = "0b0d9c4e-5c6f-4f0c-9f5e-2d7f2b6d3a11"
OURS = {"courses", "lms", "supervision"}


def region_of():
    return MunicipalityRegion.objects.create(
        municipality=MunicipalityFactory(), region=RegionFactory(), start_date=TODAY
    )


def notice():
    return Notice.objects.create(recipient=UserFactory(), occasion="a", object_id=1, created_at=NOW, due_at=NOW)


def opening():
    return Opening.objects.create(person_id=1, owner_id=2, role="member", object_type="x.y", object_id=3, hour=NOW)


def erasure_request():
    return ErasureRequest.objects.create(person=UserFactory(), asked_at=NOW, due_at=NOW + timedelta(days=14))


def revision():
    meeting = MeetingFactory()
    return meeting.revisions.create(
        number=1, released_at=NOW, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at
    )


def poll_option():
    poll = DatePoll.objects.create(group=SupervisionGroupFactory(), title="Hvornår?", asked_at=NOW, closes_at=NOW)
    return DatePollOption.objects.create(poll=poll, starts_at=NOW, ends_at=NOW + timedelta(hours=1))


def poll_answer():
    return DatePollAnswer.objects.create(option=poll_option(), person=UserFactory(), answer="yes")


def preparation():
    return Preparation.objects.create(teaching_day=TeachingDayFactory(), person=UserFactory())


def question():
    return EvaluationQuestion.objects.create(
        course=CourseFactory(), code="E01", text="Hvordan?", answer_kind="scale", level=1, moment="each_day"
    )


def response(*, meeting=None):
    course = meeting.cohort.course if meeting else CourseFactory()
    return EvaluationResponse.objects.create(
        person=UserFactory(), course=course, meeting=meeting, moment="each_day", answered_date=TODAY
    )


def quiz_question():
    return QuizQuestion.objects.create(quiz=Quiz.objects.create(page=day_page()), number=1, text="Hvad?")


def quiz_answer():
    asked = quiz_question()
    option = QuizOption.objects.create(question=asked, text="Det")
    return QuizAnswer.objects.create(
        teaching_day=TeachingDayFactory(), question=asked, person=UserFactory(), option=option, answered_at=NOW
    )


def contract():
    return GroupContract.objects.create(group=SupervisionGroupFactory(), text="Det bliver her.", written_at=NOW)


def confirmation():
    signed = contract()
    return ContractConfirmation.objects.create(
        contract=signed, membership=GroupMembershipFactory(group=signed.group), confirmed_at=NOW
    )


def round_role():
    held = CaseRound.objects.create(day=SupervisionDayFactory())
    return CaseRoundRole.objects.create(round=held, person=UserFactory(), role="observer")


def report_of_post():
    post = PostFactory()
    return ReportFactory(discussion=post.discussion, post=post)


def change():
    return EnrolmentChange.objects.create(enrolment=EnrolmentFactory(), before="applied", after="enrolled", at=NOW)


def offer():
    return SeatOffer.objects.create(
        enrolment=EnrolmentFactory(state="offered"), made_at=NOW, expires_at=NOW + timedelta(hours=72)
    )


def reminder():
    return Reminder.objects.create(course=CourseFactory(), kind="teaching", moment="day_before", subject="I morgen")


def check_in():
    about = {"meeting": MeetingFactory(), "enrolment": EnrolmentFactory(), "half": "morning", "state": "counted"}
    return CheckIn.objects.create(nonce=FORM, noted_at=NOW, received_at=NOW, **about)


def check_in_try():
    return CheckInTry.objects.create(meeting=MeetingFactory(), person=UserFactory(), window=1)


def walk_in():
    return WalkIn.objects.create(meeting=MeetingFactory(), name="Bo Bæk", noted_at=NOW)


def make_up():
    days = {"missed": MeetingFactory(), "instead": MeetingFactory()}
    return MakeUp.objects.create(enrolment=EnrolmentFactory(), asked_at=NOW, **days)


ANOTHER_MEETING = {"meeting_id": lambda: MeetingFactory().pk}
# A row, and what its twin must differ in so that nothing but this constraint stands in its way.
TWINS = {
    "attendance_once_per_half_day": (AttendanceFactory, {}),
    "case_once_per_form": (CaseFactory, {}),
    "case_round_one_role_per_person": (round_role, {"role": "supervisor"}),
    "check_in_once_per_half_day": (check_in, {"nonce": "7d1f4f0e-3a52-4a6e-8a54-0c9f0f6f1b22"}),
    "check_in_try_once_per_window": (check_in_try, {}),
    "cohort_name_once_per_course": (CohortFactory, {"slug": "en-anden"}),
    "contract_confirmed_once_per_member": (confirmation, {}),
    "date_poll_answer_once_per_person": (poll_answer, {"answer": "no"}),
    "date_poll_option_once_per_start": (poll_option, {}),
    "discussion_once_per_form": (lambda: DiscussionFactory(form_key=FORM), {}),
    "enrolment_once_per_cohort": (EnrolmentFactory, {}),
    "erasure_request_one_open_per_person": (erasure_request, {}),
    "evaluation_question_code_once": (question, {}),
    "evaluation_response_once_per_course": (response, {}),
    "evaluation_response_once_per_meeting": (lambda: response(meeting=MeetingFactory()), {}),
    "file_to_erase_once": (lambda: FileToErase.objects.create(name="a.pdf", asked_at=NOW), {}),
    "follow_once_per_discussion": (FollowFactory, {}),
    "group_contract_version_once": (contract, {}),
    "group_membership_once_per_start": (lambda: GroupMembershipFactory(end_date=TODAY), {}),
    "group_membership_one_open_per_enrolment": (GroupMembershipFactory, {"start_date": TODAY}),
    "group_name_once_per_cohort": (SupervisionGroupFactory, {}),
    "invitation_one_open_per_person": (InvitationFactory, {"public_id": FORM}),
    "invitee_once_per_meeting": (InviteeFactory, {}),
    "learning_once_per_day": (LearningFactory, {}),
    "make_up_one_at_a_time": (make_up, {}),
    "meeting_revision_once": (revision, {}),
    "membership_once_per_start": (MembershipFactory, {}),
    "municipality_region_once_per_start": (region_of, {}),
    "opening_once_an_hour": (opening, {}),
    "next_step_once_per_day": (NextStepFactory, {}),
    "notice_once_per_occasion": (notice, {"message_key": "another"}),
    "organisation_code_once_per_kind": (lambda: MunicipalityFactory(code="0791"), {"name": "En anden"}),
    "organisation_name_once_per_kind": (OrganisationFactory, {}),
    "participation_once_per_start": (ParticipationFactory, {}),
    "post_once_per_form": (lambda: PostFactory(form_key=FORM), {}),
    "preparation_once_per_day": (preparation, {}),
    "quiz_answer_once_per_question": (quiz_answer, {}),
    "quiz_question_number_once": (quiz_question, {}),
    "reflection_once_per_day": (ReflectionFactory, {}),
    "reminder_once_per_kind_and_moment": (reminder, {}),
    "report_one_open_per_discussion_and_person": (ReportFactory, {}),
    "report_one_open_per_post_and_person": (report_of_post, {}),
    "reservation_once_per_municipality": (SeatReservationFactory, {}),
    "retention_count_once_a_day": (lambda: RetentionCount.objects.create(day=TODAY, model="a", count=1), {}),
    "seat_offer_open_once": (offer, {}),
    "supervision_day_number_once_per_group": (SupervisionDayFactory, ANOTHER_MEETING),
    "teaching_day_number_once_per_cohort": (TeachingDayFactory, ANOTHER_MEETING),
    "trial_once_per_day": (TrialFactory, {}),
    "tried_once_per_person": (TriedFactory, {}),
    "walk_in_once_per_name": (walk_in, {}),
}
# A row, and what may not become of it.
WRONGS = {
    "attendance_times_only_when_partial": (AttendanceFactory, {"arrived_at": NOW}),
    "case_brought_has_focus_question": (lambda: CaseFactory(brought=True), {"focus_question": ""}),
    "cohort_has_seats": (CohortFactory, {"capacity": 0}),
    "cohort_offers_have_time": (CohortFactory, {"offer_hours": 0}),
    "date_poll_option_ends_after_it_starts": (poll_option, {"ends_at": NOW}),
    "enrolment_change_changes": (change, {"after": "applied"}),
    "enrolment_waiting_has_a_place": (EnrolmentFactory, {"state": "waiting"}),
    "erasure_request_leaves_time": (erasure_request, {"due_at": NOW}),
    "evaluation_question_level_1_to_4": (question, {"level": 5}),
    "group_membership_dates_in_order": (lambda: GroupMembershipFactory(start_date=TODAY), {"end_date": YESTERDAY}),
    "make_up_is_another_day": (make_up, {"instead_id": models.F("missed_id")}),
    "meeting_ends_after_it_starts": (MeetingFactory, {"ends_at": NOW - timedelta(days=400)}),
    "membership_dates_in_order": (lambda: MembershipFactory(start_date=TODAY), {"end_date": YESTERDAY}),
    "membership_has_organisation": (MembershipFactory, {"organisation": None}),
    "municipality_region_dates_in_order": (region_of, {"end_date": YESTERDAY}),
    "organisation_municipality_has_code": (MunicipalityFactory, {"code": "79"}),
    "participation_dates_in_order": (ParticipationFactory, {"end_date": LONG_AGO - timedelta(days=1)}),
    "seat_offer_closed_when_answered": (offer, {"state": "declined"}),
    "seat_offer_has_a_deadline": (offer, {"expires_at": NOW}),
    "user_email_is_lower_case": (UserFactory, {"email": "Mette@example.org"}),
    "work_account_active_was_tested": (WorkAccountFactory, {"is_active": True}),
    "work_account_domain_is_lower_case": (
        lambda: WorkAccountFactory().domains.create(name="viborg.dk"),
        {"name": "Viborg.dk"},
    ),
    "work_account_kombit_has_cvr": (lambda: WorkAccountFactory(shape="kombit", tested_at=NOW), {"is_active": True}),
}
# A teaching day for one group alone is put together with that group, by hand.
BY_HAND = {"meeting_teaching_is_for_the_cohort"}


def constraints():
    return {
        constraint.name: (model, constraint)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if model.__module__.partition(".")[0] in OURS
    }


def twin_of(row, differences):
    """The same row once more, under the number the database gives it; fresh keys where the model makes its own."""
    made = {
        field.attname: field.get_default()
        for field in row._meta.concrete_fields
        if field.unique
        and not field.primary_key
        and callable(field.default)
        and field.default is not models.NOT_PROVIDED
    }
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    differences = {name: value() if callable(value) else value for name, value in differences.items()}
    return type(row)(**(same | made | differences))


def blames(error, model, constraint):
    """Whether the database refused because of this constraint; SQLite names the columns of a unique one instead."""
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        columns = (f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields)
        return ", ".join(columns) in str(error)
    return constraint.name in str(error)


def test_every_constraint_is_broken_here():
    assert constraints().keys() == TWINS.keys() | WRONGS.keys() | BY_HAND


@pytest.mark.parametrize("name", sorted(TWINS))
def test_database_refuses_a_twin(name):
    model, constraint = constraints()[name]
    make, differences = TWINS[name]
    twin = twin_of(make(), differences)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        twin.save(force_insert=True)

    assert blames(refused.value, model, constraint)


@pytest.mark.parametrize("name", sorted(WRONGS))
def test_database_refuses_what_cannot_be(name):
    model, constraint = constraints()[name]
    make, values = WRONGS[name]
    row = make()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)

    assert blames(refused.value, model, constraint)


def test_database_refuses_a_teaching_day_for_a_single_group():
    group = SupervisionGroupFactory()
    model, constraint = constraints()["meeting_teaching_is_for_the_cohort"]

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        MeetingFactory(cohort=group.cohort, group=group)

    assert blames(refused.value, model, constraint)
