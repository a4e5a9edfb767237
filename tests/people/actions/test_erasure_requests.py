"""Erasure asked for, regretted, told of and carried out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.notifications.models import Notice
from lms.people import actions
from lms.people.actions import erasure_requests
from lms.people.actions.erasure_requests import ask_unused_accounts, unused_accounts
from lms.people.models import AuditEntry, ErasureRequest, Role, User
from tests.factories.people import MembershipFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
TWO_YEARS = 730


def day(number):
    return NOW + timedelta(days=number)


@pytest.fixture
def mette():
    return person_with(Role.JOB_CONSULTANT, name="Mette Lindholm", last_login=NOW)


def occasions():
    return list(Notice.objects.order_by("pk").values_list("occasion", flat=True))


def test_asking_gives_fourteen_days_and_a_mail(mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)

    assert (asked.due_at, asked.is_own, occasions()) == (day(14), True, ["people.erasure_asked"])
    assert AuditEntry.objects.get().verb == "asked_for_erasure"


def test_asking_twice_is_asking_once(mette):
    first = actions.ask_for_erasure(person=mette, now=NOW)

    assert actions.ask_for_erasure(person=mette, now=day(3)) == first
    assert (ErasureRequest.objects.count(), len(occasions())) == (1, 1)


def test_the_account_works_meanwhile(mette):
    actions.ask_for_erasure(person=mette, now=NOW)

    assert actions.carry_out_erasures(now=day(12)) == 0
    assert User.objects.get(pk=mette.pk).is_active


def test_the_last_mail_goes_the_day_before_and_the_erasure_follows(mette):
    actions.ask_for_erasure(person=mette, now=NOW)

    assert actions.carry_out_erasures(now=day(13)) == 0
    assert occasions() == ["people.erasure_asked", "people.erasure_near"]
    assert actions.carry_out_erasures(now=day(14)) == 1
    assert not User.objects.filter(pk=mette.pk).exists()


def test_on_the_limit_it_is_carried_out_and_just_before_it_is_not(mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)
    ErasureRequest.objects.update(told_at=day(13))

    assert actions.carry_out_erasures(now=asked.due_at - timedelta(microseconds=1)) == 0
    assert actions.carry_out_erasures(now=asked.due_at) == 1


def test_nobody_is_erased_who_was_not_told_the_day_before(mette):
    """The machine was off on the day of the last mail: the mail goes first, and the erasure waits."""
    actions.ask_for_erasure(person=mette, now=NOW)

    assert [actions.carry_out_erasures(now=day(number)) for number in (20, 20.1, 21)] == [0, 0, 1]
    assert AuditEntry.objects.filter(verb="erased_person").count() == 1


def test_the_last_mail_goes_once(mette):
    actions.ask_for_erasure(person=mette, now=NOW)

    for _time in range(3):
        actions.carry_out_erasures(now=day(13))

    assert occasions() == ["people.erasure_asked", "people.erasure_near"]


def test_whoever_regrets_stays(mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)
    actions.carry_out_erasures(now=day(13))

    actions.regret_erasure(request=asked, by=mette, now=day(13))
    actions.regret_erasure(request=asked, by=mette, now=day(13.5))

    assert actions.carry_out_erasures(now=day(30)) == 0
    assert list(AuditEntry.objects.filter(verb="regretted_erasure").values_list("moment", flat=True)) == [day(13)]


def test_one_can_ask_again_after_regretting(mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)
    actions.regret_erasure(request=asked, by=mette, now=NOW)

    assert actions.ask_for_erasure(person=mette, now=day(1)) != asked


def test_regretted_between_looking_and_locking_is_regretted(mette, monkeypatch):
    """As a control: whoever trusts the list made before would erase somebody who has changed their mind."""
    asked = actions.ask_for_erasure(person=mette, now=NOW)
    ErasureRequest.objects.update(told_at=day(13))
    listed = list(erasure_requests._due(day(14)).values_list("pk", flat=True))

    actions.regret_erasure(request=asked, by=mette, now=day(14))

    assert listed == [asked.pk]
    assert erasure_requests._carry_out(asked.pk, day(14)) == 0
    erasure_requests._tell(asked.pk, day(14))
    assert occasions() == ["people.erasure_asked"]


def test_a_stop_between_two_people_goes_on_with_the_next(mette, monkeypatch):
    others = [person_with(Role.JOB_CONSULTANT) for _number in range(2)]
    for person in (mette, *others):
        actions.ask_for_erasure(person=person, now=NOW)
    ErasureRequest.objects.update(told_at=day(13))
    real, erased = erasure_requests.erase_person, []

    def dies_at_the_second(**given):
        if erased:
            raise KeyboardInterrupt
        erased.append(given["person"].pk)
        return real(**given)

    monkeypatch.setattr(erasure_requests, "erase_person", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_out_erasures(now=day(14))
    monkeypatch.setattr(erasure_requests, "erase_person", real)

    assert actions.carry_out_erasures(now=day(14)) == 2
    assert not User.objects.filter(pk__in=[mette.pk, *(person.pk for person in others)]).exists()


@pytest.mark.parametrize("token", ["", "intet", "0" * 64, "x" * 64])
def test_no_link_leads_anywhere_by_guessing(mette, token):
    actions.ask_for_erasure(person=mette, now=NOW)

    assert ErasureRequest.objects.with_token(token) is None


def test_a_link_leads_to_its_own_request(mette):
    asked = actions.ask_for_erasure(person=mette, now=NOW)

    assert ErasureRequest.objects.with_token(asked.token) == asked
    assert ErasureRequest.objects.with_token(asked.token[:-1] + "g") is None


def unused(**fields):
    person = UserFactory(**{"last_login": day(-800), **fields})
    User.objects.filter(pk=person.pk).update(created_at=day(-900))
    return person


def asked_of(now=NOW):
    return list(unused_accounts(unused_for=TWO_YEARS, now=now))


def test_an_account_nobody_uses_is_told_of_thirty_days_ahead():
    person = unused()
    MembershipFactory(person=person, end_date=date(2024, 1, 1))

    assert ask_unused_accounts(unused_for=TWO_YEARS, now=NOW) == 1
    asked = person.erasure_requests.get()
    assert (asked.is_own, asked.due_at, occasions()) == (False, day(30), ["people.erasure_asked"])
    assert ask_unused_accounts(unused_for=TWO_YEARS, now=day(1)) == 0


def test_whoever_was_never_here_and_belongs_to_nobody_is_told_too():
    person = unused(last_login=None)

    assert asked_of() == [person]


@pytest.mark.parametrize(
    "fields", [{"last_login": day(-730)}, {"last_login": day(-1)}, {"is_superuser": True}], ids=str
)
def test_somebody_on_the_limit_or_in_use_is_left_alone(fields):
    unused(**fields)

    assert asked_of() == []


def test_a_day_past_the_limit_is_past_it():
    person = unused(last_login=day(-730) - timedelta(microseconds=1))

    assert asked_of() == [person]


@pytest.mark.parametrize("end_date", [None, date(2027, 1, 1), date(2025, 1, 1)])
def test_a_membership_now_to_come_or_not_long_over_keeps_the_account(end_date):
    MembershipFactory(person=unused(), end_date=end_date)

    assert asked_of() == []


def test_whoever_wanted_to_keep_it_is_not_asked_again_for_two_years():
    person = unused()
    ask_unused_accounts(unused_for=TWO_YEARS, now=NOW)
    actions.regret_erasure(request=person.erasure_requests.get(), by=person, now=day(5))

    assert asked_of(day(400)) == []
    assert asked_of(day(736)) == [person]


def test_those_who_stand_for_the_erased_are_asked_nothing():
    writer = person_with(Role.JOB_CONSULTANT)
    writer.discussions.create(
        title="Et spørgsmål", organisation=writer.memberships.get().organisation, created_at=NOW, last_activity_at=NOW
    )
    actions.erase_person(person=writer, by=None, now=NOW)
    User.objects.update(created_at=day(-900), last_login=None)

    assert User.objects.count() == 1
    assert asked_of() == []


def test_an_unused_account_is_erased_in_the_end():
    person = unused()
    ask_unused_accounts(unused_for=TWO_YEARS, now=NOW)

    assert [actions.carry_out_erasures(now=day(number)) for number in (28, 29, 30)] == [0, 0, 1]
    assert not User.objects.filter(pk=person.pk).exists()
    assert AuditEntry.objects.get(verb="erased_person").actor_id is None
