import pytest
from django.urls import reverse

from lms.forum.models import Discussion, Follow, Post, Tried
from lms.people.models import Role
from tests.factories.forum import DiscussionFactory, PostFactory, consultant_in, home_of, reply_by, shared_by
from tests.factories.people import MunicipalityFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
CPR = "Hendes nummer er 010190-1234"
TRIED = {"outcome": "adapted", "remark": "Vi ringede først."}
POSTED = {"reply": {"body": "Ja"}, "tried": TRIED, "follow": {"do": "follow"}}


def address(name, thing):
    return reverse(f"forum:{name}", args=[thing.pk])


@pytest.fixture
def practice():
    return shared_by(consultant_in(), "Fast stol", "practice")


@pytest.fixture
def member(client, reader):
    client.force_login(reader)
    return reader


@pytest.mark.parametrize("name", POSTED)
@pytest.mark.parametrize("make", [UserFactory, lambda: person_with(Role.PSYCHIATRY_PARTNER)])
def test_a_guest_answers_nothing(client, practice, name, make):
    client.force_login(make())

    assert client.post(address(name, practice), POSTED[name]).status_code == 404
    assert (Post.objects.count(), Tried.objects.count(), Follow.objects.count()) == (0, 0, 1)


@pytest.mark.parametrize("name", POSTED)
def test_who_is_signed_out_signs_in_first(client, practice, name):
    response = client.post(address(name, practice), POSTED[name])

    assert (response.status_code, response.url.startswith(reverse("account_login"))) == (302, True)


@pytest.mark.parametrize("name", POSTED)
@pytest.mark.parametrize("field", ["is_draft", "is_hidden"])
def test_drafts_and_hidden_ones_are_not_answered(client, practice, name, field):
    Discussion.objects.update(**{field: True})
    seen = []

    for person in (practice.author, consultant_in(), person_with(Role.MODERATOR)):
        client.force_login(person)
        seen.append(client.post(address(name, practice), POSTED[name]).status_code)

    assert seen == [404, 404, 404]


def test_a_reply_stands_under_name_and_place_and_is_shown(client, member, practice):
    response = client.post(address("reply", practice), {"body": "**Ja**"})

    post = Post.objects.get()
    assert (response.status_code, response.url) == (302, post.get_absolute_url())
    assert (post.author, post.organisation, post.html) == (member, home_of(member), "<p><strong>Ja</strong></p>\n")


def test_author_colleague_and_stranger_reply(client, practice):
    for person in (
        practice.author,
        consultant_in(practice.organisation),
        consultant_in(),
        person_with(Role.SUPERVISOR),
    ):
        client.force_login(person)
        client.post(address("reply", practice), {"body": "Ja"})

    assert Discussion.objects.get().reply_count == 4


def test_an_administrator_does_not_reply(client, practice):
    client.force_login(person_with(Role.ADMINISTRATOR))

    assert client.post(address("reply", practice), {"body": "Ja"}).status_code == 404


def test_nobody_replies_in_the_name_of_others(client, member, practice):
    forged = {
        "author": practice.author.pk,
        "organisation": MunicipalityFactory().pk,
        "is_hidden": "1",
        "html": "<script>",
    }

    client.post(address("reply", practice), {"body": "Ja"} | forged)

    post = Post.objects.get()
    assert (post.author, post.organisation, post.is_hidden, post.html) == (
        member,
        home_of(member),
        False,
        "<p>Ja</p>\n",
    )


def test_the_same_reply_sent_twice_is_one(client, member, practice):
    key = client.get(practice.get_absolute_url()).context["reply_form"]["form_key"].value()

    urls = {client.post(address("reply", practice), {"body": "Ja", "form_key": str(key)}).url for _ in range(2)}

    assert (Post.objects.count(), len(urls)) == (1, 1)


@pytest.mark.parametrize("body", [CPR, "", " \n ", "x" * 20_001])
def test_a_reply_that_cannot_be_sent_stays_in_the_field(client, member, practice, body):
    response = client.post(address("reply", practice), {"body": body})

    assert (response.status_code, Post.objects.count(), response.context["reply_form"]["body"].value()) == (
        200,
        0,
        body,
    )
    assert 'class="error-summary"' in response.content.decode()


def test_coming_back_to_the_address_of_a_reply_shows_the_discussion(client, member, practice):
    assert client.get(address("reply", practice)).context["discussion"] == practice


def test_only_the_author_edits_a_reply(client, practice):
    municipality = MunicipalityFactory()
    post = reply_by(consultant_in(municipality), practice, "Før")
    seen = []

    for person in (post.author, consultant_in(municipality), consultant_in(), person_with(Role.MODERATOR)):
        client.force_login(person)
        seen.append(
            [
                client.get(address("edit_reply", post)).status_code,
                client.post(address("edit_reply", post), {"body": "Efter"}).status_code,
            ]
        )

    assert seen == [[200, 302], [404, 404], [404, 404], [404, 404]]
    assert (Post.objects.get().body, Post.objects.get().edited_at is not None) == ("Efter", True)


def test_an_edited_reply_is_guarded(client, member, practice):
    post = reply_by(member, practice, "Før")

    response = client.post(address("edit_reply", post), {"body": CPR})

    assert (response.status_code, response.context["form"]["body"].value(), Post.objects.get().body) == (
        200,
        CPR,
        "Før",
    )


def test_a_hidden_reply_is_not_edited(client, member):
    assert client.get(address("edit_reply", PostFactory(author=member, is_hidden=True))).status_code == 404


def test_a_trial_is_told_and_shown(client, member, practice):
    response = client.post(address("tried", practice), TRIED)

    row = Tried.objects.get()
    assert response.url == f"{practice.get_absolute_url()}#proevet"
    assert (row.person, row.organisation, row.outcome, row.remark) == (
        member,
        home_of(member),
        "adapted",
        "Vi ringede først.",
    )
    assert client.get(practice.get_absolute_url()).context["tally"].adapted == 1


def test_a_trial_can_change(client, member, practice):
    client.post(address("tried", practice), TRIED)
    client.post(address("tried", practice), {"outcome": "dropped", "remark": ""})

    assert list(Tried.objects.values_list("outcome", "remark")) == [("dropped", "")]


def test_only_other_municipalities_tell_how_it_went(client, practice):
    seen = []

    for person in (
        practice.author,
        consultant_in(practice.organisation),
        consultant_in(),
        person_with(Role.INSTRUCTOR),
    ):
        client.force_login(person)
        seen.append(client.post(address("tried", practice), TRIED).status_code)

    assert seen == [404, 404, 302, 404]


def test_a_question_cannot_be_tried(client, member):
    assert client.post(address("tried", DiscussionFactory(kind="question")), TRIED).status_code == 404


@pytest.mark.parametrize(
    "values, wrong", [({"outcome": "kept", "remark": CPR}, "remark"), ({"remark": "Ja"}, "outcome")]
)
def test_a_trial_that_cannot_be_told_stays_in_the_form(client, member, practice, values, wrong):
    response = client.post(address("tried", practice), values)

    form = response.context["tried_form"]
    assert (response.status_code, Tried.objects.count(), list(form.errors)) == (200, 0, [wrong])
    assert form["remark"].value() == values["remark"]


def test_nobody_tells_in_the_name_of_others(client, member, practice):
    client.post(
        address("tried", practice), TRIED | {"person": practice.author.pk, "organisation": practice.organisation.pk}
    )

    assert list(Tried.objects.values_list("person", "organisation")) == [(member.pk, home_of(member).pk)]


def test_following_begins_and_ends(client, member, practice):
    following = []

    for button in ("follow", "follow", "unfollow", "unfollow"):
        response = client.post(address("follow", practice), {"do": button})
        following.append((response.url, Follow.objects.filter(person=member).count()))

    url = practice.get_absolute_url()
    assert following == [(url, 1), (url, 1), (url, 0), (url, 0)]


def test_following_is_no_link(client, member, practice):
    assert client.get(address("follow", practice)).status_code == 405
