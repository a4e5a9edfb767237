import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_leftovers(settings, tmp_path):
    """Files of a test lie in its own folder, and nothing rendered for one test is shown in another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
