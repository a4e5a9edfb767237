"""Feeds are answered before sessions, language and people are asked for, and lose none of the headers that protect."""

import pytest

from lms.meetings import queries
from tests.meetings.days import schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(standing):
    schedule(standing.cohort)
    return f"/kalender/{queries.feed_token(standing.owner)}.ics"


def test_a_feed_asks_no_session_even_where_a_cookie_comes_along(standing, client, address, django_assert_num_queries):
    client.force_login(standing.stranger)

    with django_assert_num_queries(3):
        response = client.get(address)

    assert (response.status_code, dict(response.cookies)) == (200, {})


def test_a_feed_keeps_the_headers_that_protect(client, address):
    response = client.get(address)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_an_address_that_opens_nothing_gets_the_usual_page(client, db):
    unknown, elsewhere = client.get("/kalender/0.ics"), client.get("/kalender/")

    assert [response.status_code for response in (unknown, elsewhere)] == [404, 404]
    assert unknown["Content-Security-Policy"]


def test_other_pages_still_know_who_is_signed_in(standing, client):
    client.force_login(standing.owner)

    assert client.get("/min-kalender/").context["user"] == standing.owner
