"""The address of somebody's calendar ends with the e-mail or the account it was made for."""

import pytest
from allauth.account.models import EmailAddress

from lms.people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.get(pk=UserFactory(email="mette@viborg.example").pk)


def rotation(person):
    return User.objects.get(pk=person.pk).calendar_rotation


def test_a_new_account_begins_at_nought():
    assert rotation(UserFactory()) == 0


def test_a_new_email_retires_the_calendar_address(person):
    person.email = "mette@vejle.example"
    person.save()

    assert rotation(person) == 1


def test_a_new_email_through_the_account_pages_retires_it_too(person):
    address = EmailAddress.objects.create(user=person, email="mette@vejle.example", verified=True)

    address.set_as_primary()

    assert (User.objects.get(pk=person.pk).email, rotation(person)) == ("mette@vejle.example", 1)


def test_an_account_that_ends_retires_it_and_does_not_get_it_back(person):
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.is_active = True
    person.save(update_fields=["is_active"])

    assert rotation(person) == 1


def test_saving_twice_retires_it_once(person):
    person.is_active = False
    person.save()
    person.save()

    assert rotation(person) == 1


@pytest.mark.parametrize("fields", [None, ["name"], ["name", "email"]])
def test_anything_else_leaves_it_alone(person, fields):
    person.name = "Mette L."

    person.save(update_fields=fields)

    assert rotation(person) == 0


def test_what_is_not_written_retires_nothing(person):
    person.email = "mette@vejle.example"

    person.save(update_fields=["name"])

    assert rotation(person) == 0


def test_a_person_read_in_part_is_saved_as_before(person):
    half = User.objects.only("name").get(pk=person.pk)
    half.name = "Mette L."

    half.save(update_fields=["name"])

    assert rotation(person) == 0
