import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def demo(settings, tmp_path):
    """The demo's open doors, and an empty mailbox."""
    settings.DEMO = True
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings


@pytest.fixture
def query_count(client):
    """How many queries a page takes once everything is warm."""

    def count(url):
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    return count
