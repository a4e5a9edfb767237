"""Two people about whom every model of the register holds something, each with words of their own to look for."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from courses.models import (
    Certificate,
    EvaluationResponse,
    MakeUp,
    Preparation,
    Quiz,
    QuizAnswer,
    QuizOption,
    QuizQuestion,
    TeachingDay,
)
from lms.forum.models import Discussion
from lms.meetings.models import (
    AttendanceChange,
    CheckIn,
    CheckInTry,
    DatePoll,
    DatePollAnswer,
    EnrolmentChange,
    ImportDraft,
    Invitee,
    MeetingRevision,
    RefusedMail,
    SeatOffer,
    WalkIn,
)
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, ErasureRequest, Opening, Organisation, User
from supervision.models import CaseRound, CaseRoundRole, ContractConfirmation, GroupContract
from tests.factories import forum, meetings, people, supervision
from tests.factories.courses import PDF, PNG, ReflectionFactory, TeachingDayFactory, TrialFactory
from tests.factories.programme import PrincipleFactory, TargetGroupFactory, ThemeFactory

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Held:
    """A person, and every word about them that was written anywhere."""

    person: User
    tag: str
    words: list[str] = field(default_factory=list)

    def word(self, where: str) -> str:
        self.words.append(f"{self.tag}-{where}")
        return self.words[-1]

    @property
    def identity(self) -> list[str]:
        """What must be nowhere once they are erased."""
        first, last = self.person.name.split()
        return [first, last, self.person.email, f"anden@{self.tag}.example", self.person.phone]


@dataclass
class Places:
    """Where both of them are: a cohort that is over and one to come, with a group, a day and a supervision day."""

    municipality: Organisation
    day: TeachingDay
    later: TeachingDay
    group: object
    supervision_day: object
    question: QuizQuestion
    option: QuizOption
    theirs: Discussion


def make_places() -> Places:
    day = _day(LONG_AGO, 1)
    later = _day(NOW + timedelta(days=30), 1)
    group = meetings.SupervisionGroupFactory(cohort=day.cohort)
    held = supervision.SupervisionDayFactory(group=group, starts_at=LONG_AGO + timedelta(days=20))
    quiz = Quiz.objects.create(page=day.page)
    question = QuizQuestion.objects.create(quiz=quiz, number=1, text="Hvad er håb?")
    option = QuizOption.objects.create(question=question, text="Det ved vi")
    theirs = forum.DiscussionFactory(title="En andens spørgsmål")
    return Places(people.MunicipalityFactory(), day, later, group, held, question, option, theirs)


def _day(starts_at, number) -> TeachingDay:
    cohort = meetings.CohortFactory()
    meeting = meetings.MeetingFactory(cohort=cohort, starts_at=starts_at)
    return TeachingDayFactory(cohort=cohort, number=number, meeting=meeting)


def make_held(places: Places, *, name: str, tag: str, phone: str) -> Held:
    person = people.person_with(
        people.Role.JOB_CONSULTANT, places.municipality, name=name, email=f"{tag}@{tag}.example", phone=phone
    )
    held = Held(person, tag)
    held.words += [name, person.email, phone]
    for fill in (_account, _sign_in, _seats, _day_rows, _lists, _own_work, _supervision, _sharing, _content, _log):
        fill(held, places)
    return held


def _account(held: Held, places: Places):
    person = held.person
    User.objects.filter(pk=person.pk).update(title=held.word("title"), last_login=NOW)
    person.refresh_from_db()
    person.groups.add(Group.objects.create(name=f"gruppe {person.pk}"))
    person.user_permissions.add(Permission.objects.first())
    people.InvitationFactory(person=person, accepted_at=NOW, email=person.email)
    ErasureRequest.objects.create(person=person, asked_at=NOW, due_at=NOW + timedelta(days=14))
    Notice.objects.create(recipient=person, occasion="people.invited", object_id=1, created_at=NOW, due_at=NOW)


def _sign_in(held: Held, places: Places):
    person = held.person
    address = EmailAddress.objects.create(user=person, email=f"anden@{held.tag}.example")
    held.words.append(address.email)
    EmailConfirmation.objects.create(email_address=address, key=uuid4().hex)
    Authenticator.objects.create(user=person, type="totp", data={"secret": f"hemmelig-{held.tag}"})
    account = SocialAccount.objects.create(
        user=person, provider="x", uid=held.word("uid"), extra_data={"n": person.name}
    )
    SocialToken.objects.create(account=account, token=f"hemmelig-{held.tag}")
    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk)})
    session.create()
    begun = SessionStore()
    begun.update({"account_login": {"email": person.email}})
    begun.create()
    UserSession.objects.create(
        user=person, ip="127.0.0.1", session_key=session.session_key, user_agent=held.word("browser")
    )


def _seats(held: Held, places: Places):
    person, home = held.person, places.municipality
    seat = meetings.EnrolmentFactory(
        cohort=places.day.cohort, person=person, municipality=home, reason=held.word("seat"), changed_by=person
    )
    meetings.EnrolmentFactory(cohort=places.later.cohort, person=person, municipality=home)
    EnrolmentChange.objects.create(enrolment=seat, after="enrolled", by=person, at=NOW, reason=held.word("step"))
    SeatOffer.objects.create(
        enrolment=seat, state="accepted", made_at=NOW, expires_at=NOW + timedelta(days=1), closed_at=NOW
    )
    meetings.GroupMembershipFactory(group=places.group, enrolment=seat)
    meetings.SeatReservationFactory(cohort=places.day.cohort, reserved_by=person)
    meetings.SupervisionGroupFactory(supervisor=person)


def seat_of(held: Held, places: Places):
    return held.person.enrolments.get(cohort=places.day.cohort)


def _day_rows(held: Held, places: Places):
    person, meeting, seat = held.person, places.day.meeting, seat_of(held, places)
    meetings.InviteeFactory(meeting=meeting, person=person, answer="declined", answer_reason=held.word("answer"))
    meetings.InviteeFactory(meeting=places.later.meeting, person=person)
    leads = meetings.MeetingFactory(starts_at=NOW + timedelta(days=9))
    meetings.InviteeFactory(meeting=leads, person=person, role=Invitee.Role.TRAINER)
    meetings.AttendanceFactory(meeting=meeting, enrolment=seat, marked_by=person)
    AttendanceChange.objects.create(meeting=meeting, enrolment=seat, half="morning", after="present", by=person, at=NOW)
    WalkIn.objects.create(meeting=meeting, name=person.name, enrolment=seat, noted_by=person, noted_at=NOW)
    WalkIn.objects.create(meeting=leads, name=person.name.upper(), municipality=places.municipality, noted_at=NOW)
    CheckIn.objects.create(
        meeting=meeting, enrolment=seat, half="morning", nonce=uuid4(), state="counted", noted_at=NOW, received_at=NOW
    )
    CheckInTry.objects.create(meeting=meeting, person=person, window=1)
    MakeUp.objects.create(
        enrolment=seat,
        missed=meeting,
        instead=places.later.meeting,
        reason=held.word("makeup"),
        asked_at=NOW,
        home_yes_by=person,
    )
    facts = {name: getattr(meeting, name) for name in ("title", "starts_at", "ends_at", "place", "state", "sequence")}
    MeetingRevision.objects.create(meeting=leads, number=7, released_by=person, released_at=NOW, **facts)


def _lists(held: Held, places: Places):
    person = held.person
    row = {"number": 2, "values": {"name": person.name, "email": person.email}, "blocked": []}
    for by in (person, people.UserFactory()):
        ImportDraft.objects.create(cohort=places.day.cohort, by=by, rows=[row], created_at=NOW)
    RefusedMail.objects.create(sender=f"{person.name} <{person.email.upper()}>", reason="no_reply", received_at=NOW)
    poll = DatePoll.objects.create(
        group=places.group, title="Hvornår?", closes_at=NOW + timedelta(days=1), asked_at=NOW, asked_by=person
    )
    option = poll.options.create(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    DatePollAnswer.objects.create(option=option, person=person, answer="yes")


def _own_work(held: Held, places: Places):
    person, day = held.person, places.day
    ReflectionFactory(teaching_day=day, person=person, text=held.word("reflection"))
    TrialFactory(teaching_day=day, person=person, intention=held.word("trial"), what_happened=held.word("story"))
    Preparation.objects.create(teaching_day=day, person=person, done=[held.word("ticked")])
    QuizAnswer.objects.create(
        teaching_day=day, question=places.question, person=person, option=places.option, answered_at=NOW
    )
    EvaluationResponse.objects.create(
        meeting=day.meeting, course=day.cohort.course, moment="each_day", person=person, answered_date=date(2026, 3, 3)
    )
    Certificate.objects.create(
        enrolment=seat_of(held, places),
        number=held.word("number"),
        issued_at=NOW,
        content={"name": person.name, "sealed": held.word("certificate")},
    )


def _supervision(held: Held, places: Places):
    person, day = held.person, places.supervision_day
    case = supervision.CaseFactory(day=day, author=person, situation=held.word("case"), title=held.word("casetitle"))
    turn = CaseRound.objects.create(day=day, case=case)
    CaseRoundRole.objects.create(round=turn, person=person, role="focus_person")
    supervision.LearningFactory(
        day=day, focus_person=person, noted_by=person, text=held.word("learning"), approved_at=NOW
    )
    supervision.LearningFactory(day=day, focus_person=person, text=held.word("unapproved"))
    supervision.NextStepFactory(day=day, person=person, text=held.word("nextstep"), follow_up=held.word("cameofit"))
    contract = GroupContract.objects.create(
        group=places.group, version=person.pk, text="Vi lytter", written_at=NOW, written_by=person
    )
    member = seat_of(held, places).group_memberships.get()
    ContractConfirmation.objects.create(contract=contract, membership=member, confirmed_at=NOW)


def _sharing(held: Held, places: Places):
    person = held.person
    signed = f"{held.word('body')}\n\nMed venlig hilsen {person.get_short_name()}\n\n{person.name}, tlf. {person.phone}"
    shared = forum.shared_by(person, title=held.word("shared"), body=signed, now=NOW)
    for tags, tag in (
        (shared.themes, ThemeFactory()),
        (shared.principles, PrincipleFactory()),
        (shared.target_groups, TargetGroupFactory()),
    ):
        tags.add(tag)
    forum.DiscussionFactory(author=person, is_draft=True, title=held.word("draft"))
    forum.reply_by(person, places.theirs, body=signed, now=NOW)
    forum.TriedFactory(person=person, remark=f"{held.word('remark')} {person.email}")
    forum.ReportFactory(reported_by=person, resolved_by=person, reason=held.word("report"))


def _content(held: Held, places: Places):
    person, page = held.person, places.day.page
    kind = ContentType.objects.get_for_model(page)
    place = {"content_type": kind, "object_id": str(page.pk)}
    state = WorkflowState.objects.create(
        workflow=Workflow.objects.first(), requested_by=person, base_content_type=kind, **place
    )
    TaskState.objects.create(
        workflow_state=state,
        task=Task.objects.first(),
        revision=page.latest_revision,
        finished_by=person,
        comment=held.word("comment"),
        content_type=ContentType.objects.get_for_model(Task),
    )
    WorkflowState.objects.filter(pk=state.pk).update(status="approved")  # one at a time waits for an answer
    comment = Comment.objects.create(page=page, user=person, text=held.word("note"), contentpath="title")
    CommentReply.objects.create(comment=comment, user=person, text=held.word("noteback"))
    PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    UserProfile.objects.create(user=person, avatar=ContentFile(PNG, name=f"{held.tag}-avatar.png"))
    EditingSession.objects.create(user=person, last_seen_at=NOW, **place)
    FormState.objects.create(user=person, data=held.word("typed"), last_updated_at=NOW, **place)
    UploadedFile.objects.create(file=ContentFile(PNG, name=f"{held.tag}-half.png"), uploaded_by_user=person)
    get_document_model().objects.create(
        title=held.word("document"), file=ContentFile(PDF, name=f"{held.tag}-fil.pdf"), uploaded_by_user=person
    )
    image = get_image_model().objects.create(
        title=held.word("image"), file=ContentFile(PNG, name=f"{held.tag}-kort.png"), uploaded_by_user=person,
        width=1, height=1,
    )  # fmt: skip
    image.get_rendition("width-1")
    page.owner = person
    page.save()


def _log(held: Held, places: Places):
    person, page = held.person, places.day.page
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.create(
        content_type=kind, object_id=str(person.pk), label=person.name, action="wagtail.edit", timestamp=NOW
    )
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(page), object_id="1", user=person, label=f"Om {person.name}",
        data={"title": f"Om {person.name}"}, action="wagtail.edit", timestamp=NOW,
    )  # fmt: skip
    PageLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(page), page=page, user=person, label=f"Om {person.name}",
        action="wagtail.edit", timestamp=NOW,
    )  # fmt: skip
    AuditEntry.objects.create(actor_id=person.pk, verb="tried", object_type="x", object_id=1, moment=NOW)
    Opening.objects.create(
        person_id=person.pk + 1000, owner_id=person.pk, role="member", object_type="x.y", object_id=1, hour=NOW
    )
