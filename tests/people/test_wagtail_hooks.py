import pytest
from django.test import RequestFactory

from lms.people.models import Role
from lms.people.wagtail_hooks import reset_factors_item, work_accounts_item
from tests.factories.people import person_with

pytestmark = pytest.mark.django_db
ITEMS = {"/nulstil/to-trin/": reset_factors_item, "/arbejdskonti/": work_accounts_item}


@pytest.mark.parametrize("url", ITEMS)
@pytest.mark.parametrize("role", sorted(Role))
def test_menu_leads_administrators_there_and_nobody_else(url, role):
    item, request = ITEMS[url](), RequestFactory().get("/admin/")
    request.user = person_with(role)

    assert (item.url, item.is_shown(request)) == (url, role == Role.ADMINISTRATOR)
