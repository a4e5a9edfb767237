import pytest
from django.urls import reverse

from lms.forum.models import Discussion, Report
from lms.people.models import Role
from tests.factories.forum import PostFactory, ReportFactory, consultant_in, reply_by, shared_by
from tests.factories.people import UserFactory, person_with

pytestmark = pytest.mark.django_db
CPR = "Hendes nummer er 010190-1234"


def address(name, thing):
    return reverse(f"forum:{name}", args=[thing.pk])


@pytest.fixture
def discussion():
    return shared_by(consultant_in())


@pytest.fixture
def post(discussion):
    return reply_by(consultant_in(), discussion)


def test_everybody_in_the_community_can_report(client, discussion):
    for person in (consultant_in(discussion.organisation), consultant_in(), person_with(Role.ADMINISTRATOR)):
        client.force_login(person)
        assert client.get(address("report", discussion)).status_code == 200
        assert client.post(address("report", discussion), {"reason": "Byen."}).url == discussion.get_absolute_url()

    assert Report.objects.count() == 3


def test_a_reply_is_reported_by_itself(client, reader, post):
    client.force_login(reader)

    assert client.get(address("report_reply", post)).context["post"] == post
    client.post(address("report_reply", post), {"reason": "Byen.", "reported_by": post.author.pk, "post": ""})

    assert list(Report.objects.values_list("discussion", "post", "reported_by", "reason")) == [
        (post.discussion_id, post.pk, reader.pk, "Byen.")
    ]


@pytest.mark.parametrize("reason", ["", CPR, "x" * 301])
def test_a_report_that_cannot_be_sent_stays_in_the_field(client, reader, discussion, reason):
    client.force_login(reader)

    response = client.post(address("report", discussion), {"reason": reason})

    assert (response.status_code, response.context["form"]["reason"].value(), Report.objects.count()) == (
        200,
        reason,
        0,
    )


@pytest.mark.parametrize("name", ["report", "hide"])
@pytest.mark.parametrize("make", [UserFactory, lambda: person_with(Role.PSYCHIATRY_PARTNER)])
def test_a_guest_reports_and_hides_nothing(client, discussion, name, make):
    client.force_login(make())

    assert client.post(address(name, discussion), {"reason": "Byen."}).status_code == 404


@pytest.mark.parametrize("name", ["report", "hide"])
def test_who_is_signed_out_signs_in_first(client, discussion, name):
    assert client.post(address(name, discussion)).status_code == 302
    assert Discussion.objects.get().is_hidden is False


def test_what_one_may_not_see_cannot_be_reported(client, reader, discussion):
    hidden = PostFactory(is_hidden=True)
    Discussion.objects.filter(pk=discussion.pk).update(is_draft=True)
    client.force_login(reader)

    assert [client.get(address(*one)).status_code for one in (("report", discussion), ("report_reply", hidden))] == [
        404,
        404,
    ]


def test_only_moderators_hide(client, discussion, post):
    people = (
        discussion.author,
        consultant_in(discussion.organisation),
        consultant_in(),
        person_with(Role.ADMINISTRATOR),
    )
    seen = []

    for person in (*people, person_with(Role.PROGRAMME_MANAGER)):
        client.force_login(person)
        seen += [client.post(address(*one)).status_code for one in (("hide", discussion), ("hide_reply", post))]

    assert set(seen) == {404}


def test_a_moderator_hides_and_shows_again(client, discussion, post):
    ReportFactory(discussion=discussion)
    client.force_login(person_with(Role.MODERATOR))
    states = []

    for button in ("hide", "unhide"):
        for name, thing in (("hide", discussion), ("hide_reply", post)):
            response = client.post(address(name, thing), {"do": button})
            thing.refresh_from_db()
            states.append((response.url == thing.get_absolute_url(), thing.is_hidden))

    assert states == [(True, True), (True, True), (True, False), (True, False)]
    assert Report.objects.waiting().count() == 0


def test_a_moderator_reads_on_what_is_hidden(client, discussion, post):
    client.force_login(person_with(Role.MODERATOR))
    client.post(address("hide", discussion))

    response = client.get(discussion.get_absolute_url())

    assert (response.status_code, "badge-error" in response.content.decode()) == (200, True)
    assert response.context["can_reply"] is False


def test_a_draft_is_not_hidden_by_moderators(client):
    draft = shared_by(consultant_in(), is_draft=True)
    client.force_login(person_with(Role.MODERATOR))

    assert client.post(address("hide", draft)).status_code == 404


def test_hiding_is_no_link(client, discussion, post):
    client.force_login(person_with(Role.MODERATOR))

    assert [client.get(address(*one)).status_code for one in (("hide", discussion), ("hide_reply", post))] == [405, 405]
