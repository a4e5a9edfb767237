"""Our policy stops nothing of our own: every page of ours and the editors' admin, without a complaint in the console."""

import pytest

from lms.people.models import Role
from tests.drills.conftest import FULL
from tests.factories.courses import course_page, full_day_page
from tests.factories.people import person_with
from tests.journeys.pages import NOBODY, VISITS
from tests.journeys.test_every_page_is_accessible import demo, doors  # noqa: F401 - the world of the demo

pytestmark = [pytest.mark.journey, pytest.mark.drill]

POLICY = ("Content Security Policy", "Content-Security-Policy", "Refused to", "Permissions-Policy", "Cross-Origin")
VISITED = [(role, name) for role, names in VISITS.items() for name in names]
STOPPED = """() => { window.stopped = []; document.addEventListener('securitypolicyviolation',
  found => window.stopped.push(`${found.violatedDirective} ${found.blockedURI}`)) }"""


@pytest.mark.skipif(not FULL, reason="What the browser says of every page fails test_every_page_is_accessible too.")
def test_no_page_of_ours_is_stopped_by_our_policy(demo, doors, report):  # noqa: F811
    world, _server = demo
    page_of, browsing = doors
    stopped, listening = [], set()

    for role, name in VISITED:
        page = page_of(role)
        if role not in listening:
            page.add_init_script(f"({STOPPED})()")
            listening.add(role)
        page.goto(world.address(name, role))
        stopped += [(name, what) for what in page.evaluate("window.stopped ?? []")]
    said = [line for line in browsing.complaints.said if any(word in line for word in POLICY)]

    report(
        f"{len(VISITED)} pages of {len(listening)} people in Chromium: {len(said) + len(stopped)} complaints of our policy"
    )
    assert said + stopped == []
    assert NOBODY in listening


ADMIN = (
    "/admin/", "/admin/pages/", "/admin/pages/{page}/", "/admin/pages/{page}/edit/", "/admin/pages/{course}/add_subpage/",
    "/admin/pages/add/courses/teachingdaypage/{course}/", "/admin/pages/{page}/history/", "/admin/images/", "/admin/images/add/",
    "/admin/documents/", "/admin/documents/multiple/add/", "/admin/snippets/", "/admin/snippets/programme/theme/",
    "/admin/snippets/programme/theme/add/", "/admin/reports/site-history/", "/admin/reports/workflow/",
    "/admin/workflows/list/", "/admin/workflows/add/", "/admin/collections/",
)  # fmt: skip


def test_editors_admin_works_under_its_policy(browse, report):
    """And the editor of a day is drawn, which is what its inline scripts are for."""
    course = course_page()
    day = full_day_page(course)
    page = browse.signed_in(person_with(Role.ADMINISTRATOR), size=(1400, 900))
    page.add_init_script(f"({STOPPED})()")

    stopped = []
    for path in ADMIN:
        page.goto(path.format(page=day.pk, course=course.pk))
        page.wait_for_load_state("load")
        stopped += [(path, what) for what in page.evaluate("window.stopped ?? []")]
    page.goto(f"/admin/pages/{day.pk}/edit/")
    page.locator(".Draftail-Editor").first.wait_for(state="attached")
    page.locator("[name^='agenda-0-value-'][name$='starts_at'], [name^='agenda-0-value-']").first.wait_for(
        state="attached"
    )

    report(f"{len(ADMIN)} pages of the editors' admin in Chromium: {len(stopped)} complaints of its policy")
    assert stopped == []
