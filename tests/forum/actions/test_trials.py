from datetime import timedelta

import pytest

from lms.forum import actions
from lms.forum.models import Tried
from tests.factories.forum import WRITTEN_AT, consultant_in, home_of, shared_by
from tests.factories.people import MunicipalityFactory

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + timedelta(days=30)


def mark(discussion, person, outcome="kept", remark="Det holder.", now=WRITTEN_AT):
    return actions.mark_tried(
        discussion=discussion, person=person, organisation=home_of(person), outcome=outcome, remark=remark, now=now
    )


def test_a_trial_stands_as_it_was_told(reader):
    practice = shared_by(consultant_in(), kind="practice")

    mark(practice, reader)

    row = Tried.objects.get()
    assert (row.discussion, row.person, row.organisation) == (practice, reader, home_of(reader))
    assert (row.outcome, row.remark, row.created_at, row.edited_at) == ("kept", "Det holder.", WRITTEN_AT, None)


def test_a_trial_is_told_once_and_can_change(reader):
    practice = shared_by(consultant_in(), kind="practice")
    mark(practice, reader)

    mark(practice, reader, "dropped", "Det holdt ikke.", now=LATER)

    row = Tried.objects.get()
    assert (row.outcome, row.remark, row.created_at, row.edited_at) == ("dropped", "Det holdt ikke.", WRITTEN_AT, LATER)


def test_the_place_can_be_an_id(reader):
    practice = shared_by(consultant_in(), kind="practice")

    tried = actions.mark_tried(
        discussion=practice, person=reader, organisation=home_of(reader).pk, outcome="kept", remark="", now=LATER
    )

    assert tried.organisation == home_of(reader)


def test_nobody_tries_the_own_practice():
    practice = shared_by(consultant_in(), kind="practice")

    with pytest.raises(actions.OwnPractice):
        mark(practice, practice.author)
    assert Tried.objects.count() == 0


def test_a_practice_has_not_travelled_within_its_municipality():
    municipality = MunicipalityFactory()
    practice = shared_by(consultant_in(municipality), kind="practice")

    with pytest.raises(actions.OwnPractice):
        mark(practice, consultant_in(municipality))


def test_an_author_who_has_moved_does_not_count_either():
    practice = shared_by(consultant_in(), kind="practice")

    with pytest.raises(actions.OwnPractice):
        actions.mark_tried(
            discussion=practice,
            person=practice.author,
            organisation=MunicipalityFactory(),
            outcome="kept",
            remark="",
            now=LATER,
        )
