from datetime import UTC, datetime, timedelta

import pytest

from lms.meetings import actions
from lms.meetings.methods.participants import Row
from lms.meetings.models import Enrolment, ImportDraft
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, Invitation, Membership, Role, User
from tests.factories.meetings import CohortFactory, EnrolmentFactory, kursist_in
from tests.factories.people import InvitationFactory, MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
METTE, RASMUS = "mette@viborg.example", "rasmus@hjoerring.example"


@pytest.fixture
def viborg():
    return MunicipalityFactory(name="Viborg", code="0791")


@pytest.fixture
def cohort():
    return CohortFactory()


def row(number=2, email=METTE, **values):
    return Row(
        number,
        {"name": "Mette Lindholm", "email": email, "municipality": "Viborg", "title": "", "phone": "", **values},
    )


def run(cohort, *rows, by=None, allowed=None):
    report = actions.import_participants(cohort=cohort, rows=list(rows), by=by, allowed=allowed, now=NOW)
    return report.imported, report.updated, [checked.row.number for checked in report.rejected]


def test_row_becomes_account_membership_seat_and_invitation(cohort, viborg):
    coordinator = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)

    assert run(cohort, row(title="Jobformidler", phone="12 34 56 78"), by=coordinator) == (1, 0, [])

    mette = User.objects.get(email=METTE)
    assert (mette.name, mette.title, mette.phone) == ("Mette Lindholm", "Jobformidler", "12 34 56 78")
    assert mette.has_usable_password() is False
    assert list(mette.memberships.values_list("organisation", "role", "start_date")) == [
        (viborg.pk, "job_consultant", NOW.date())
    ]
    assert list(mette.enrolments.values_list("cohort", "municipality", "state")) == [(cohort.pk, viborg.pk, "enrolled")]
    assert list(mette.invitations.values_list("organisation", "invited_by")) == [(viborg.pk, coordinator.pk)]
    assert (
        AuditEntry.objects.filter(verb="imported_participants", object_id=cohort.pk, actor_id=coordinator.pk).count()
        == 1
    )


def test_the_invitation_stands_in_the_outbox_of_the_cohort(cohort, viborg):
    run(cohort, row())

    assert Notice.objects.get(occasion="people.invited").outbox == cohort.outbox


def test_same_list_twice_leaves_the_same_people(cohort, viborg):
    run(cohort, row())

    assert run(cohort, row()) == (0, 1, [])
    counts = [model.objects.count() for model in (User, Membership, Enrolment, Invitation)]
    assert counts == [1, 1, 1, 1]


def test_bad_rows_leave_nothing_behind(cohort, viborg):
    assert run(cohort, row(email="ikke en adresse"), row(3, municipality="Ukendt", email=RASMUS)) == (0, 0, [2, 3])
    assert [model.objects.count() for model in (User, Membership, Enrolment, Invitation, AuditEntry)] == [0] * 5


def test_rows_without_a_seat_left_are_rejected_whole(viborg):
    cohort = CohortFactory(capacity=1)

    report = actions.import_participants(
        cohort=cohort, rows=[row(), row(3, email=RASMUS)], by=None, allowed=None, now=NOW
    )

    assert [problem.code for checked in report.rejected for problem in checked.problems] == ["cohort_full"]
    assert list(User.objects.values_list("email", flat=True)) == [METTE]


def test_people_with_a_seat_are_updated_even_when_the_cohort_is_full(viborg):
    cohort = CohortFactory(capacity=1)
    run(cohort, row())

    assert run(cohort, row(name="Mette L. Lindholm", title="Leder")) == (0, 1, [])
    assert list(User.objects.values_list("name", "title")) == [("Mette L. Lindholm", "Leder")]


def test_account_from_elsewhere_is_used_and_keeps_what_its_owner_wrote(cohort, viborg):
    mette = person_with(Role.JOB_CONSULTANT, email=METTE, name="Mette Lind", title="")

    assert run(cohort, row(title="Jobformidler")) == (1, 0, [])

    mette.refresh_from_db()
    assert (mette.name, mette.title) == ("Mette Lind", "Jobformidler")
    assert mette.memberships.count() == 2
    assert mette.invitations.count() == 0


def test_account_with_a_passkey_alone_is_not_invited_again(cohort, viborg):
    accepted = InvitationFactory(person=UserFactory(email=METTE, password=None), accepted_at=NOW)

    run(cohort, row())

    assert list(Invitation.objects.all()) == [accepted]


def test_person_waiting_for_an_invitation_gets_no_second_one(cohort, viborg):
    waiting = InvitationFactory(person=UserFactory(email=METTE, password=None), created_at=NOW - timedelta(days=2))

    run(cohort, row())

    assert list(Invitation.objects.values_list("pk", "rotation")) == [(waiting.pk, 0)]


def test_person_who_withdrew_gets_a_new_seat(cohort, viborg):
    person = UserFactory(email=METTE)
    EnrolmentFactory(cohort=cohort, person=person, municipality=viborg, state="withdrawn")

    assert run(cohort, row()) == (1, 0, [])
    assert list(Enrolment.objects.values_list("state", flat=True)) == ["enrolled"]


def test_seat_of_another_municipality_is_left_alone(cohort, viborg):
    hjoerring = MunicipalityFactory(name="Hjørring")
    kursist_in(cohort, hjoerring, email=METTE)

    assert run(cohort, row()) == (0, 0, [2])
    assert list(Enrolment.objects.values_list("municipality", flat=True)) == [hjoerring.pk]


def test_manager_imports_the_own_municipality_s_rows_only(cohort, viborg):
    MunicipalityFactory(name="Hjørring")

    assert run(cohort, row(), row(3, email=RASMUS, municipality="Hjørring"), allowed=frozenset({viborg.pk})) == (
        1,
        0,
        [3],
    )


def test_account_and_role_cannot_be_forged_through_a_row(cohort, viborg):
    administrator = person_with(Role.ADMINISTRATOR, email=METTE, name="Ada", is_superuser=True)

    run(cohort, row(name="Eve", role="administrator", is_superuser="1"))

    administrator.refresh_from_db()
    assert administrator.name == "Ada"
    assert sorted(administrator.memberships.values_list("role", flat=True)) == ["administrator", "job_consultant"]


def keep(cohort, by, *rows, now=NOW):
    return actions.keep_draft(cohort=cohort, rows=list(rows), headings={"email": "Mail"}, by=by, now=now)


def test_draft_holds_the_rows_as_they_were_read(cohort):
    draft = keep(cohort, UserFactory(), row(), Row(3, row().values, ("CPR",)))

    draft.refresh_from_db()
    assert actions.rows_of(draft) == [row(), Row(3, row().values, ("CPR",))]


def test_keeping_a_draft_throws_away_those_nobody_came_back_for(cohort):
    keep(cohort, UserFactory(), row(), now=NOW - timedelta(days=1))

    new = keep(cohort, UserFactory(), row())

    assert list(ImportDraft.objects.all()) == [new]


def test_the_same_list_by_the_same_person_is_kept_once(cohort):
    coordinator, manager = UserFactory.create_batch(2)
    first = keep(cohort, coordinator, row())

    assert keep(cohort, coordinator, row()) == first
    assert keep(cohort, coordinator, row(name="Ada")) != first
    assert keep(cohort, manager, row()) != first
    assert ImportDraft.objects.count() == 3


def test_importing_a_draft_uses_it_up(cohort, viborg):
    draft = keep(cohort, UserFactory(), row())

    actions.import_draft(draft=draft, by=draft.by, allowed=None, now=NOW)

    assert ImportDraft.objects.count() == 0
    with pytest.raises(actions.DraftGone):
        actions.import_draft(draft=draft, by=draft.by, allowed=None, now=NOW)


def test_importing_a_draft_keeps_the_rows_that_were_not_taken(cohort, viborg):
    draft = keep(cohort, UserFactory(), row(), row(3, email="x"))

    actions.import_draft(draft=draft, by=draft.by, allowed=None, now=NOW)

    assert [kept.number for kept in actions.rows_of(ImportDraft.objects.get())] == [3]


def test_correcting_a_draft_replaces_its_rows(cohort):
    draft = keep(cohort, UserFactory(), row(email="x"))

    actions.correct_draft(draft=draft, rows=[row()], by=draft.by, now=NOW)

    assert actions.rows_of(ImportDraft.objects.get()) == [row()]


def test_dropping_a_draft_imports_nobody_and_twice_is_fine(cohort):
    draft = keep(cohort, UserFactory(), row())

    actions.drop_draft(draft=draft, by=draft.by, now=NOW)
    actions.drop_draft(draft=draft, by=draft.by, now=NOW)

    assert (ImportDraft.objects.count(), Enrolment.objects.count()) == (0, 0)
    with pytest.raises(actions.DraftGone):
        actions.correct_draft(draft=draft, rows=[], by=draft.by, now=NOW)
