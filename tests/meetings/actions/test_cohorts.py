from datetime import timedelta
from types import SimpleNamespace

import pytest

from lms.meetings import actions
from lms.meetings.models import Cohort, Enrolment, Invitee, Meeting, MeetingDraft, SeatOffer
from lms.meetings.queries import concerned_by
from lms.notifications.actions import compose
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from lms.people.models import AuditEntry, Role, User
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    SeatReservationFactory,
    SupervisionGroupFactory,
    kursist_in,
)
from tests.factories.people import MembershipFactory, MunicipalityFactory, person_with
from tests.meetings.days import NOW, notices, schedule

pytestmark = pytest.mark.django_db
State = Enrolment.State
OCCASION = "meetings.cohort_cancelled"


@pytest.fixture
def cohort():
    return CohortFactory(name="Hold Vest")


def wishing(cohort, state, municipality=None, **fields):
    since = NOW if state == State.WAITING else None
    municipality = municipality or MunicipalityFactory()
    return EnrolmentFactory(cohort=cohort, state=state, waiting_since=since, municipality=municipality, **fields)


def cancel(cohort, reason="For få tilmeldte.", now=NOW):
    return actions.cancel_cohort(cohort=cohort, by=None, now=now, reason=reason)


def told(cohort):
    mails = Notice.objects.filter(occasion=OCCASION, object_id=cohort.pk)
    return sorted(mails.values_list("recipient__name", flat=True))


def offer_to(enrolment):
    return enrolment.offers.create(made_at=NOW, expires_at=NOW + timedelta(days=2))


def mail(person, now=NOW):
    notice = Notice.objects.get(occasion=OCCASION, recipient=person)
    loaded = occasion_for(OCCASION).load(notice, now)
    return loaded and compose(notice=notice, mail=loaded)


@pytest.fixture
def everybody(cohort):
    """One of each who is to hear, and one of each who is not."""
    trainer, former = (person_with(Role.INSTRUCTOR, cohort.course.provider, name=name) for name in ("Karen", "Ib"))
    schedule(cohort, trainers=[trainer])
    schedule(cohort, days=-3, trainers=[former])
    municipality, reserving, gone = (MunicipalityFactory() for _ in range(3))
    for state in (State.APPLIED, State.WAITING, State.OFFERED, State.WITHDRAWN, State.REFUSED):
        wishing(cohort, state, gone if state in (State.WITHDRAWN, State.REFUSED) else None, person__name=state.value)
    kursist_in(cohort, municipality, name="enrolled")
    SeatReservationFactory(cohort=cohort, municipality=reserving)
    person_with(Role.LOCAL_MANAGER, municipality, name="manager")
    person_with(Role.LOCAL_MANAGER, reserving, name="reserving manager")
    person_with(Role.LOCAL_MANAGER, gone, name="manager of nobody there")
    person_with(Role.LOCAL_MANAGER, name="foreign manager")
    yesterday = NOW.date() - timedelta(days=1)
    MembershipFactory(
        organisation=municipality, role=Role.LOCAL_MANAGER, person__name="former manager", end_date=yesterday
    )
    wishing(cohort, State.WAITING, person__name="closed account", person__is_active=False)
    kursist_in(CohortFactory(), name="another cohort's")
    return SimpleNamespace(trainer=trainer, former=former)


def only_the_enrolled(cohort):
    """The naive list of recipients."""
    return sorted(cohort.enrolments.enrolled().values_list("person__name", flat=True))


def test_it_reaches_exactly_those_it_concerns(cohort, everybody):
    cancel(cohort)

    expected = ["Karen", "applied", "enrolled", "manager", "offered", "reserving manager", "waiting"]
    assert told(cohort) == expected
    # The control: mail to the enrolled alone leaves the waiting list to find out by itself.
    assert only_the_enrolled(cohort) == ["enrolled"]


def test_who_hears_for_several_reasons_hears_once(cohort):
    municipality = MunicipalityFactory()
    person = kursist_in(cohort, municipality, name="Mette")
    MembershipFactory(person=person, organisation=municipality, role=Role.LOCAL_MANAGER)
    SeatReservationFactory(cohort=cohort, municipality=municipality)

    cancel(cohort)

    assert told(cohort) == ["Mette"]


def test_all_mail_about_it_stands_in_the_cohorts_outbox(cohort, everybody):
    before = set(Notice.objects.values_list("pk", flat=True))

    cancel(cohort)

    assert set(Notice.objects.exclude(pk__in=before).values_list("outbox", flat=True)) == {cohort.outbox}


def test_the_cohort_keeps_why_in_one_line(cohort):
    cancelled = cancel(cohort, reason="For få\ntilmeldte. ")

    cohort.refresh_from_db()
    assert (cohort.state, cohort.cancel_reason) == (Cohort.State.CANCELLED, "For få tilmeldte.")
    assert cancelled == cohort


def test_the_reason_comes_before_the_days(cohort):
    person = kursist_in(cohort)
    first, second = schedule(cohort, days=9), schedule(cohort, days=3)

    cancel(cohort)

    expected = [(OCCASION, cohort.pk, 0), ("meetings.cancelled", first.pk, 2), ("meetings.cancelled", second.pk, 2)]
    assert notices(person)[-3:] == expected


def test_coming_days_leave_the_calendars_and_held_ones_stay(cohort):
    kursist_in(cohort)
    held, coming = schedule(cohort, days=-3), schedule(cohort)

    cancel(cohort)

    states = dict(Meeting.objects.values_list("pk", "state"))
    assert states == {held.pk: Meeting.State.SCHEDULED, coming.pk: Meeting.State.CANCELLED}
    coming.refresh_from_db()
    assert "STATUS:CANCELLED" in coming.vevent
    assert coming.sequence == 1


def test_a_guest_hears_of_the_day_and_not_of_the_cohort(cohort):
    guest = person_with(Role.PSYCHIATRY_PARTNER)
    meeting = schedule(cohort)
    actions.invite_guest(meeting=meeting, person=guest, by=None, now=NOW)

    cancel(cohort)

    assert notices(guest)[-1] == ("meetings.cancelled", meeting.pk, 2)
    assert told(cohort) == []


def test_twice_is_one_cancellation(cohort, everybody):
    cancel(cohort)
    written = list(Notice.objects.order_by("pk").values_list("pk", "state"))
    revisions = list(Meeting.objects.order_by("pk").values_list("revision", flat=True))

    again = cancel(cohort, reason="En anden grund.", now=NOW + timedelta(hours=1))

    assert list(Notice.objects.order_by("pk").values_list("pk", "state")) == written
    assert list(Meeting.objects.order_by("pk").values_list("revision", flat=True)) == revisions
    assert again.cancel_reason == "For få tilmeldte."
    assert AuditEntry.objects.filter(verb="cancel_cohort").count() == 1


def test_an_open_offer_is_withdrawn_and_the_seat_goes_to_nobody(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    offer = offer_to(wishing(cohort, State.OFFERED))
    next_in_line = wishing(cohort, State.WAITING)

    cancel(cohort)

    offer.refresh_from_db()
    assert (offer.state, offer.closed_at) == (SeatOffer.State.WITHDRAWN, NOW)
    assert actions.expire_offers(now=NOW + timedelta(days=9)) == 0
    assert list(next_in_line.offers.all()) == []
    with pytest.raises(actions.OfferGone):
        actions.accept_offer(offer=offer, by=None, now=NOW)


def test_an_offer_in_another_cohort_stays_open(cohort):
    other = offer_to(wishing(CohortFactory(), State.OFFERED))

    cancel(cohort)

    assert list(SeatOffer.objects.open()) == [other]


def test_declining_each_offer_would_offer_the_seat_on(cohort):
    """The control: closing offers the common way, while the cohort is still open, hands out a seat that is going."""
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    offer = offer_to(wishing(cohort, State.OFFERED))
    next_in_line = wishing(cohort, State.WAITING)

    actions.decline_offer(offer=offer, by=None, now=NOW)

    assert next_in_line.offers.count() == 1


def test_prepared_changes_are_dropped(cohort):
    for meeting in (schedule(cohort), schedule(other := CohortFactory())):
        MeetingDraft.objects.create(meeting=meeting, changes={"room": "B"}, based_on=1, changed_at=NOW)

    cancel(cohort)

    assert [draft.meeting.cohort for draft in MeetingDraft.objects.all()] == [other]


def test_the_mail_says_what_and_why(cohort):
    person = kursist_in(cohort)
    cancel(cohort)

    message = mail(person)

    assert "Hold Vest" in message.subject
    assert "For få tilmeldte." in message.body
    assert "For få tilmeldte." in message.alternatives[0][0]


def test_the_mail_still_goes_when_it_was_held_back_until_the_days_were_over(cohort, everybody):
    cancel(cohort)

    assert mail(everybody.trainer, NOW + timedelta(days=60)) is not None


def test_the_mail_is_not_sent_to_one_whom_it_no_longer_concerns(cohort):
    left, closed = kursist_in(cohort), kursist_in(cohort)
    cancel(cohort)

    actions.withdraw(enrolment=left.enrolments.get(), by=None, now=NOW)
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert (mail(left), mail(closed)) == (None, None)


def test_the_mail_is_not_sent_about_a_cohort_that_runs(cohort):
    person = kursist_in(cohort)
    cancel(cohort)
    Cohort.objects.filter(pk=cohort.pk).update(state=Cohort.State.OPEN)

    assert mail(person) is None


def test_a_trainer_taken_off_a_day_is_not_concerned(cohort):
    trainer = person_with(Role.INSTRUCTOR, cohort.course.provider)
    meeting = schedule(cohort, trainers=[trainer])
    Invitee.objects.filter(meeting=meeting).update(is_removed=True)

    assert list(concerned_by(cohort, cohort.meetings.all(), NOW)) == []


def test_nothing_is_planned_on_a_cohort_that_is_called_off(cohort):
    cancel(cohort)

    with pytest.raises(actions.CohortIsCancelled):
        schedule(cohort)

    assert Meeting.objects.count() == 0


def test_open_questions_about_dates_end_with_the_cohort_and_no_new_ones_are_asked(cohort):
    group = SupervisionGroupFactory(cohort=cohort)
    slots, closes_at = [(NOW + timedelta(days=30), NOW + timedelta(days=30, hours=3))], NOW + timedelta(days=9)
    asked = {"group": group, "slots": slots, "closes_at": closes_at, "by": None, "now": NOW}
    poll = actions.ask_dates(title="Dag 1", **asked)

    cancel(cohort)

    poll.refresh_from_db()
    assert poll.is_open(NOW) is False
    with pytest.raises(actions.CohortIsCancelled):
        actions.ask_dates(title="Dag 2", **asked)
