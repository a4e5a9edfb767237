from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from lms.meetings import actions
from lms.meetings.models import Cohort
from lms.meetings.queries.seats import offer_for_link
from lms.notifications.actions import compose
from lms.notifications.methods import occasion_for
from lms.notifications.models import Notice
from tests.factories.meetings import CohortFactory
from tests.meetings.days import NOW, schedule
from tests.meetings.seats import offered

pytestmark = pytest.mark.django_db


def mail(now=NOW):
    notice = Notice.objects.get(occasion="meetings.offered")
    loaded = occasion_for("meetings.offered").load(notice, now)
    return loaded and compose(notice=notice, mail=loaded)


def test_an_offer_is_told_once_and_in_the_outbox_of_its_cohort():
    offer = offered()

    notice = Notice.objects.get(occasion="meetings.offered")
    cohort = offer.enrolment.cohort
    assert (notice.recipient, notice.object_id, notice.outbox) == (offer.enrolment.person, offer.pk, cohort.outbox)


def test_the_mail_names_days_deadline_and_one_link():
    cohort = CohortFactory(capacity=1, name="Hold Øst")
    schedule(cohort, days=9)
    offer = offered(cohort)

    message = mail()

    soup = BeautifulSoup(message.alternatives[0][0], "html.parser")
    [href] = {a["href"] for a in soup.select("a") if "/plads/" in a["href"]}
    assert "Hold Øst" in message.subject
    assert ["11. november" in message.body, "5. november" in message.body] == [True, True]
    assert offer_for_link(href.rstrip("/").rpartition("/")[2], NOW) == offer


@pytest.mark.parametrize("how", ["answered", "run out", "cancelled", "deactivated", "left the job"])
def test_an_offer_that_no_longer_holds_is_not_told(how):
    offer, now = offered(), NOW
    person = offer.enrolment.person
    if how == "answered":
        actions.accept_offer(offer=offer, by=None, now=NOW)
    elif how == "run out":
        now = NOW + timedelta(days=3)
    elif how == "cancelled":
        Cohort.objects.update(state="cancelled")
    elif how == "deactivated":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    else:
        person.memberships.update(end_date=NOW.date() - timedelta(days=1))

    assert mail(now) is None
