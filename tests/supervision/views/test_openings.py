"""Who has opened a case: noted for everybody but its author, and told to the author alone."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from lms.people.models import Opening
from tests.factories.meetings import member_of
from tests.factories.supervision import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(day, author):
    return CaseFactory(day=day, author=author, brought=True)


def page(case, name="case"):
    return reverse(f"supervision:{name}", args=[case.pk])


def lines(response):
    return [row.th.get_text(strip=True) for row in BeautifulSoup(response.content, "html.parser").select("tbody tr")]


def test_reading_anothers_case_leaves_a_row_and_ones_own_none(client, case, insiders):
    for person in (*insiders.values(), *insiders.values()):
        client.force_login(person)
        assert client.get(page(case)).status_code == 200

    rows = set(Opening.objects.values_list("person_id", "owner_id", "role", "object_type", "object_id"))
    owner, about = case.author_id, ("supervision.case", case.pk)
    assert rows == {
        (insiders["group colleague"].pk, owner, "member", *about),
        (insiders["supervisor"].pk, owner, "supervisor", *about),
    }
    assert Opening.objects.count() == 2


def test_whoever_is_turned_away_has_opened_nothing(client, case, outsiders):
    for person in outsiders.values():
        client.force_login(person)
        assert client.get(page(case)).status_code == 404

    assert Opening.objects.count() == 0


def test_noting_takes_one_query_more_than_reading_ones_own(client, case, author, django_assert_num_queries):
    colleague = member_of(case.day.group)
    counts = {}
    for person in (author, colleague):
        client.force_login(person)
        with django_assert_num_queries(6 if person == author else 7) as captured:
            client.get(page(case))
        counts[person] = len(captured)

    assert counts[colleague] - counts[author] == 1


def test_author_sees_who_has_opened_it_without_names(client, case, insiders, author):
    for person in (insiders["group colleague"], insiders["supervisor"]):
        client.force_login(person)
        client.get(page(case))
    client.force_login(author)

    response = client.get(page(case, "openings"))

    assert lines(response) == ["Gruppens supervisor", "Et medlem af gruppen"]
    assert insiders["supervisor"].name not in response.content.decode()


def test_openings_of_another_case_are_not_shown(client, case, author, insiders):
    client.force_login(insiders["supervisor"])
    client.get(page(CaseFactory(day=case.day, author=author, brought=True)))
    client.force_login(author)

    assert lines(client.get(page(case, "openings"))) == []


def test_nobody_but_the_author_is_told(client, case, insiders, outsiders):
    others = [person for name, person in {**insiders, **outsiders}.items() if name != "author"]
    for person in others:
        client.force_login(person)
        assert client.get(page(case, "openings")).status_code == 404


def test_openings_outlive_the_case_on_the_authors_account(client, case, insiders, author):
    client.force_login(insiders["supervisor"])
    client.get(page(case))
    case.delete()
    client.force_login(author)

    assert lines(client.get(reverse("people:openings"))) == ["Gruppens supervisor"]
