import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.people.models import access_of
from tests.factories.forum import consultant_in


@pytest.fixture
def reader():
    """Somebody from a municipality that has written nothing yet, whose access has been asked for in this request."""
    person = consultant_in()
    access_of(person)
    return person


@pytest.fixture
def query_count(client):
    """How many queries a page takes."""

    def count(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
