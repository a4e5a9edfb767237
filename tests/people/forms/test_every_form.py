"""No form of ours takes a text past the writing guard."""

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.utils import get_form_class
from django import forms
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from courses.forms.pages import GuardedPageForm
from lms.people.forms import CPR_MESSAGE, GuardedFormMixin
from lms.people.forms.codes import CodeMixin
from lms.people.forms.passkeys import EditPasskeyForm, FirstPasskeyForm, GuardedNameMixin
from tests.factories.people import UserFactory
from tests.people.forms.walk import forms_of_ours, text_fields
from tests.people.methods.cpr_corpus import positives

SOME = 12
# These guard in their own way, or store nothing that is typed.
GUARDED_OTHERWISE = {
    "courses.forms.pages.GuardedPageForm": "walks through the blocks of a page; tests/courses",
    "lms.people.forms.passkeys.AddPasskeyForm": "guards the name, beside a key no person writes",
    "lms.people.forms.passkeys.EditPasskeyForm": "the same",
    "lms.people.forms.passkeys.FirstPasskeyForm": "the same",
    "lms.people.forms.passkeys.LoginPasskeyForm": "takes a key's answer, which no person writes",
    "lms.people.forms.passkeys.AuthenticatePasskeyForm": "the same",
    "lms.people.forms.passkeys.ReauthenticatePasskeyForm": "the same",
}
STORES_NO_TEXT = {
    "courses.forms.library.LibraryForm": "choices of a filter",
    "courses.forms.own_work.PreparationForm": "ticks",
    "lms.home.forms.search.SearchForm": "looks up and keeps nothing",
    "lms.meetings.forms.trainers.TrainersForm": "ticks",
    "lms.meetings.forms.reservations.GiveBackForm": "a number out of a list",
    "lms.people.forms.codes.ActivateAppForm": "a code",
    "lms.people.forms.codes.AuthenticateForm": "a code",
    "lms.people.forms.codes.ReauthenticateForm": "a code",
    "lms.people.forms.invitations.PasswordForm": "a password",
    "lms.people.forms.memberships.OrganisationSearchForm": "looks up and keeps nothing",
    "lms.people.forms.memberships.UnderstoodMixin": "a tick",
}


# What each form asks about beside refusing CPR numbers, and whether it is read as a case. Nothing by a form: it takes no
# free text, or all its fields ask for people's own details, a place or a link.
ASKED = {
    "courses.forms.cohorts.CopiedCohortForm": "name notes",
    "courses.forms.cohorts.NewCohortForm": "name notes",
    "courses.forms.makeup.InsteadForm": "",
    "courses.forms.makeup.MakeUpAnswerForm": "reason",
    "courses.forms.own_work.ReflectionForm": "text",
    "courses.forms.own_work.TrialForm": "intention",
    "courses.forms.own_work.TrialStoryForm": "what_happened",
    "courses.forms.uploads.GuardedDocumentForm": "file tags title",
    "courses.forms.uploads.GuardedImageForm": "description file tags title",
    "lms.forum.forms.answering.ReplyForm": "body",
    "lms.forum.forms.answering.ReportForm": "reason",
    "lms.forum.forms.answering.TriedForm": "remark",
    "lms.forum.forms.writing.ChallengeForm": "body title",
    "lms.forum.forms.writing.DiscussionForm": "title",
    "lms.forum.forms.writing.OneTextForm": "body title",
    "lms.forum.forms.writing.PracticeForm": "advice context effect materials obstacles setting summary title what_we_did "
    "who_took_part",
    "lms.forum.forms.writing.QuestionForm": "body title",
    "lms.forum.forms.writing.SuccessForm": "body title",
    "lms.forum.forms.writing.ToolForm": "body title",
    "lms.home.forms.pages.WordingForm": "",
    "lms.meetings.forms.attendance.AttendanceForm": "",
    "lms.meetings.forms.attendance.ConfirmForm": "",
    "lms.meetings.forms.attendance.MergeForm": "",
    "lms.meetings.forms.attendance.WalkInForm": "",
    "lms.meetings.forms.calendars.NewAddressForm": "",
    "lms.meetings.forms.checkin.CheckInForm": "",
    "lms.meetings.forms.cohorts.CancelCohortForm": "reason",
    "lms.meetings.forms.cohorts.CohortForm": "name",
    "lms.meetings.forms.dates.DaysForm": "notes",
    "lms.meetings.forms.days.AnswerForm": "reason",
    "lms.meetings.forms.days.LeaveForm": "reason",
    "lms.meetings.forms.days.MeetingForm": "notes title",
    "lms.meetings.forms.enrolments.NewPersonForm": "",
    "lms.meetings.forms.enrolments.WithdrawForm": "reason",
    "lms.meetings.forms.groups.ChangeGroupForm": "name",
    "lms.meetings.forms.groups.GroupForm": "name",
    "lms.meetings.forms.imports.RowForm": "",
    "lms.meetings.forms.imports.UploadForm": "",
    "lms.meetings.forms.polls.DatesForm": "title",
    "lms.meetings.forms.polls.PollAnswersForm": "",
    "lms.meetings.forms.reminders.ReminderForm": "subject text",
    "lms.meetings.forms.reservations.ReservationForm": "",
    "lms.meetings.forms.seats.RefusalForm": "reason",
    "lms.people.forms.accounts.AccountForm": "",
    "lms.people.forms.factors.ResetFactorsForm": "",
    "lms.people.forms.invitations.NewInvitationForm": "",
    "lms.people.forms.memberships.EndMembershipForm": "",
    "lms.people.forms.memberships.JobForm": "",
    "lms.people.forms.memberships.NewMemberForm": "",
    "lms.people.forms.work_accounts.ConnectionForm": "",
    "lms.people.forms.work_accounts.NewWorkAccountForm": "",
    "lms.people.forms.work_accounts.OIDCForm": "",
    "lms.people.forms.work_accounts.SAMLForm": "",
    "lms.people.forms.work_accounts.SwitchForm": "",
    "lms.people.forms.work_accounts.WorkEmailForm": "",
    "supervision.forms.case.CaseForm": "effect_on_me focus_question setting situation title tried (case)",
    "supervision.forms.dates.ChosenDateForm": "title",
    "supervision.forms.days.PlanDaysForm": "notes",
    "supervision.forms.learning.LearningForm": "text (case)",
    "supervision.forms.learning.NextStepForm": "text (case)",
    "supervision.forms.learning.TellForm": "follow_up (case)",
}


def asked_by(kind) -> str:
    names = sorted(name for name, field in kind.base_fields.items() if kind.asks_about(name, field))
    return " ".join([*names, *(["(case)"] if kind.is_confidential else [])])


def guarded_forms() -> dict[str, type]:
    """Those somebody fills in; Wagtail makes a class of its own from ours for each kind of file."""
    kinds = {
        f"{kind.__module__}.{kind.__name__}": kind for kind in forms_of_ours() if issubclass(kind, GuardedFormMixin)
    }
    made = {"wagtail", "builtins"}
    return {
        name: kind
        for name, kind in kinds.items()
        if name not in NOT_BY_THEMSELVES and hasattr(kind, "base_fields") and kind.__module__ not in made
    } | {
        "courses.forms.uploads.GuardedDocumentForm": get_document_form(get_document_model()),
        "courses.forms.uploads.GuardedImageForm": get_image_form(get_image_model()),
    }


NOT_BY_THEMSELVES = {"lms.people.forms.guarded.GuardedFormMixin", "courses.forms.uploads.CheckedUploadMixin"}


def test_each_form_says_what_it_asks_about():
    assert {name: asked_by(kind) for name, kind in guarded_forms().items()} == ASKED


class Anything(GuardedFormMixin, forms.Form):
    """Stands in for a form that wants this and that before it is made: with its fields and its rules."""


def stand_in(kind):
    rules = {name: getattr(kind, name) for name in ("unguarded", "unasked", "unread", "is_confidential")}
    return type("StandIn", (Anything,), {**rules, **{name: forms.CharField() for name in text_fields(kind)}})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_text_of_every_form_refuses_what_is_written_like_a_personal_number(name):
    kind = guarded_forms()[name]
    numbers = positives(len(name), SOME)
    fields = [field for field in text_fields(kind) if field not in kind.unguarded]
    missed = [
        (field, number)
        for field in fields
        for number in numbers
        if stand_in(kind)(dict.fromkeys(fields, "x") | {field: number}).is_valid()
    ]

    assert len(missed) <= 0.01 * SOME * len(fields), missed


def test_every_form_is_guarded_or_says_why_not():
    unguarded = {
        f"{kind.__module__}.{kind.__name__}" for kind in forms_of_ours() if not issubclass(kind, GuardedFormMixin)
    }

    # Wagtail makes a form class of its own for each kind of page.
    made = {name for name in unguarded if name.endswith("PageForm")} - {"courses.forms.pages.GuardedPageForm"}
    assert unguarded - made == GUARDED_OTHERWISE.keys() | STORES_NO_TEXT.keys()


def test_forms_wagtail_makes_for_our_pages_are_guarded():
    made = {kind for kind in forms_of_ours() if kind.__name__.endswith("PageForm")}

    assert {kind for kind in made if not issubclass(kind, GuardedPageForm)} == set()


@pytest.mark.parametrize("key", ["add_webauthn", "edit_webauthn"])
def test_allauth_names_keys_with_our_forms(key):
    assert issubclass(get_form_class(app_settings.FORMS, key, forms.Form), GuardedNameMixin)


@pytest.mark.parametrize("key", ["authenticate", "reauthenticate", "activate_totp"])
def test_allauth_asks_for_codes_with_our_forms(key):
    assert issubclass(get_form_class(app_settings.FORMS, key, forms.Form), CodeMixin)


@pytest.mark.django_db
def test_a_key_may_not_be_named_after_a_citizen():
    form = FirstPasskeyForm({"name": "010190-1234", "credential": "{}"}, user=UserFactory())

    assert form.errors["name"] == [CPR_MESSAGE]


@pytest.mark.parametrize(("name", "is_taken"), [("010190-1234", False), ("min nøgle", True)])
def test_a_new_name_of_a_key_is_guarded_too(name, is_taken):
    key = Authenticator(type=Authenticator.Type.WEBAUTHN, data={"name": "Nøgle"})

    assert EditPasskeyForm({"name": name}, instance=key).is_valid() == is_taken
