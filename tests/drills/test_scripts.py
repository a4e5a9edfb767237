"""Hostile words at every place that shows what others wrote: nothing in the page runs, whatever a browser allows.

The same pages in a real browser, with and without our policy: tests/journeys/test_scripts.py.
"""

import pytest
from django.core import mail
from django.template import engines
from django.utils import timezone

from lms.formats import markdown
from lms.notifications.actions import send_waiting
from tests.drills.dangers import dangers_in
from tests.drills.payloads import ALL, CHOSEN, CONTEXTS, LINKS, VECTORS
from tests.drills.stage import NAME, fill, fitting
from tests.factories.forum import consultant_in, reply_by, shared_by

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

ON_A_PAGE = 24
PAGES = [CHOSEN[at : at + ON_A_PAGE] for at in range(0, len(CHOSEN), ON_A_PAGE)]
counted: dict[str, int] = {}


def test_there_are_more_than_474_and_the_sample_meets_each_vector_and_context():
    assert len(set(ALL)) == len(ALL) >= 474
    assert len(ALL) == len(VECTORS) * len(CONTEXTS) + len(LINKS)
    sampled = ALL[::11]
    assert {place for place in range(len(CONTEXTS)) if any(CONTEXTS[place](v) in sampled for v in VECTORS)} == set(
        range(len(CONTEXTS))
    )
    assert all(any(context(vector) in sampled for context in CONTEXTS) for vector in VECTORS)


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_nothing_in_a_page_runs(client, number):
    stage, found = fill(PAGES[number]), []
    for place, person, path in stage.visits:
        client.force_login(person)
        answer = client.get(path)
        assert (answer.status_code, "beacon" in answer.text or "evil" in answer.text) == (200, True), (place, path)
        found += [(place, danger) for danger in dangers_in(answer.text)]

    for place, words in stage.shown.items():
        counted[place] = counted.get(place, 0) + words
    assert found == []


def test_words_were_counted(report):
    report(
        f"{len(CHOSEN)} of {len(ALL)} hostile texts, shown {sum(counted.values())} times at {len(counted)} places: 0 run"
    )

    assert len(counted) in {0, 11}


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_nothing_in_a_mail_runs_or_is_fetched(number):
    """Titles, names and municipalities, as the mail about a reply tells them."""
    for word in fitting(PAGES[number], NAME):
        found = shared_by(consultant_in(), word)
        reply_by(consultant_in(name=word), found, now=timezone.now())
    send_waiting(now=timezone.now(), limit=100)

    bodies = [message.alternatives[0].content for message in mail.outbox]

    assert len(bodies) == len(fitting(PAGES[number], NAME))
    assert [danger for body in bodies for danger in dangers_in(body, is_mail=True)] == []
    assert {tuple(message.message().keys()).count("Subject") for message in mail.outbox} == {1}


def test_nothing_in_markdown_runs():
    """All of them at once: this costs nothing."""
    assert [danger for word in ALL for danger in dangers_in(markdown.to_html(word))] == []


def test_page_that_escapes_nothing_would_run_most_of_them(report):
    """The control: the same eyes on a page that trusts everybody."""
    page = engines["django"].from_string("{{ word|safe }}")

    caught = [word for word in ALL if dangers_in(page.render({"word": word}))]

    report(f"control: {len(caught)} of {len(ALL)} hostile texts seen in a page that escapes nothing")
    assert len(caught) > len(ALL) * 0.7
