from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.forum import actions
from lms.forum.models import Discussion, Follow, Post
from lms.people.models import Role
from tests.factories.forum import (
    WRITTEN_AT,
    DiscussionFactory,
    FollowFactory,
    PostFactory,
    ReportFactory,
    TriedFactory,
    consultant_in,
    reply_by,
    shared_by,
)
from tests.factories.people import MunicipalityFactory, RegionFactory, UserFactory, person_with
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LIST = "/faellesskab/"
# Header, session and access are in it; the most opened pages have eight.
MOST_QUERIES = 8


class Elements(HTMLParser):
    """The tags of a page, with what is inside ``<script>`` and in attributes told apart from text."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def named(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]

    def links(self):
        return [attributes.get("href", "") for attributes in self.named("a")]

    def forms(self):
        return [attributes.get("action", "") for attributes in self.named("form")]


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return Elements(response.content.decode())


def address(discussion):
    return reverse("forum:discussion", args=[discussion.pk])


@pytest.fixture
def practice():
    author = consultant_in(MunicipalityFactory(name="Hjørring", code="0860"), name="Rasmus Toft", title="IPS-konsulent")
    texts = {name: f"Ord om {name}." for name in Discussion.MARKDOWN_FIELDS}
    return shared_by(
        author,
        "Fast stol",
        "practice",
        summary="To linjer.",
        setting="To konsulenter",
        themes=[ThemeFactory(name="psykiatri", slug="psykiatri")],
        principles=[PrincipleFactory(number=3, name="Integreret med behandlingen")],
        **texts,
    )


def test_people_who_are_signed_out_are_sent_to_sign_in(client, practice):
    for url in (LIST, address(practice)):
        response = client.get(url)
        assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={url}")


@pytest.mark.parametrize("make", [UserFactory, lambda: person_with(Role.PSYCHIATRY_PARTNER)])
def test_a_guest_finds_nothing_here(client, practice, make):
    client.force_login(make())

    assert [client.get(url).status_code for url in (LIST, address(practice))] == [404, 404]


def test_author_colleague_and_stranger_read_the_same(client, practice):
    for person in (
        practice.author,
        consultant_in(practice.organisation),
        consultant_in(),
        person_with(Role.ADMINISTRATOR),
    ):
        client.force_login(person)
        assert [client.get(url).status_code for url in (LIST, address(practice))] == [200, 200]


@pytest.mark.parametrize("field, moderator", [("is_draft", 404), ("is_hidden", 200)])
def test_drafts_and_hidden_ones_look_like_missing_ones(client, practice, field, moderator):
    Discussion.objects.update(**{field: True})
    seen = []

    for person in (consultant_in(practice.organisation), consultant_in(), person_with(Role.MODERATOR)):
        client.force_login(person)
        seen.append(client.get(address(practice)).status_code)

    assert seen == [404, 404, moderator]


def test_a_card_shows_kind_title_excerpt_person_and_place(client, reader, practice):
    client.force_login(reader)

    response = client.get(LIST)

    assert response.context["cards"] == [practice]
    elements = Elements(response.content.decode())
    assert [one["class"] for one in elements.named("span") if "kind" in one.get("class", "").split()] == [
        "kind kind--practice"
    ]
    assert address(practice) in elements.links()
    assert any(one.get("href", "").endswith("#m-0860") for one in elements.named("use"))
    assert "To linjer." in response.content.decode()


def test_a_place_that_is_no_municipality_has_no_outline(client, reader, practice):
    reply_by(person_with(Role.IPS_AMBASSADOR, RegionFactory(code="1081")), practice)
    client.force_login(reader)

    assert not any("1081" in one.get("href", "") for one in page(client, address(practice)).named("use"))


def test_an_empty_list_says_what_will_be_here(client, reader):
    client.force_login(reader)

    elements = page(client, LIST)

    assert [one for one in elements.named("div") if one.get("class") == "empty"] == [{"class": "empty"}]
    assert elements.links().count("/faellesskab/ny/") == 2


def test_an_administrator_is_not_offered_to_write(client, practice):
    client.force_login(person_with(Role.ADMINISTRATOR))

    assert "/faellesskab/ny/" not in page(client, LIST).links()
    assert not any("svar" in action for action in page(client, address(practice)).forms())


def test_facets_are_a_form_that_keeps_the_search(client, reader, practice):
    client.force_login(reader)

    elements = page(client, f"{LIST}?q=stol&tema=psykiatri&slags=practice&princip=3")

    checked = [(one["name"], one["value"]) for one in elements.named("input") if "checked" in one]
    hidden = [(one["name"], one["value"]) for one in elements.named("input") if one.get("type") == "hidden"]
    assert checked == [("tema", "psykiatri"), ("slags", "practice"), ("princip", "3")]
    assert [pair for pair in hidden if pair[0] in {"q", "tema", "slags", "princip"}] == [
        ("slags", "practice"),
        ("tema", "psykiatri"),
        ("princip", "3"),
        ("q", "stol"),
    ]


def test_each_choice_can_be_taken_away(client, reader, practice):
    client.force_login(reader)

    chosen = client.get(f"{LIST}?q=stol&tema=psykiatri&slags=practice").context["chosen"]

    assert [one["url"] for one in chosen] == [f"{LIST}?q=stol&tema=psykiatri", f"{LIST}?q=stol&slags=practice"]


def test_only_the_commonest_themes_are_shown_until_all_are_asked_for(client, reader):
    for _ in range(10):
        shared_by(consultant_in(), themes=[ThemeFactory()])
    client.force_login(reader)

    shown = [len(client.get(url).context["themes"]) for url in (LIST, f"{LIST}?alle=1")]
    assert shown == [8, 10]


def test_search_finds_the_inflected_word(client, reader):
    shared_by(consultant_in(), "Den første samtale")
    shared_by(consultant_in(), "Noget andet")
    client.force_login(reader)

    response = client.get(f"{LIST}?q=samtaler")

    assert [card.title for card in response.context["cards"]] == ["Den første samtale"]
    assert response.context["facets"].hit_count == 1


def test_a_search_without_hits_is_no_dead_end(client, reader, practice):
    client.force_login(reader)

    assert "/faellesskab/ny/" in page(client, f"{LIST}?q=findesikke").links()


@pytest.mark.parametrize(
    "query",
    [
        *(
            "q=%00",
            "q=" + "x" * 5000,
            "q=%22",
            "q=)(",
            "q=AND",
            "tema=%00",
            "tema=%27",
            "slags=x",
            "princip=999999999999",
        ),
        *(
            "efter=x",
            "efter=1-2",
            "efter=99999999999999999-999999999999999999",
            "efter=%00",
            "q=stol&efter=5-5",
            "kladder=1",
        ),
    ],
)
def test_no_address_is_an_error(client, reader, practice, query):
    client.force_login(reader)

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_the_list_is_read_page_by_page(client, reader):
    rows = [DiscussionFactory(created_at=WRITTEN_AT + timedelta(days=number)) for number in range(25)]
    client.force_login(reader)

    first = client.get(LIST).context
    second = client.get(first["next_url"]).context

    assert first["cards"] + second["cards"] == rows[::-1]
    assert (first["first_url"], second["first_url"], second["next_url"]) == ("", LIST, "")


def test_own_drafts_are_offered_and_listed(client, reader):
    draft = shared_by(reader, is_draft=True)
    client.force_login(reader)

    assert f"{LIST}?kladder=1" in page(client, LIST).links()
    assert client.get(f"{LIST}?kladder=1").context["cards"] == [draft]


@pytest.mark.parametrize("rows", [1, 3, 30])
@pytest.mark.parametrize("address, queries", [(LIST, 6), (f"{LIST}?q=samtaler", 7)])
def test_the_list_takes_as_many_queries_for_many_as_for_one(client, query_count, rows, address, queries):
    reader = consultant_in()
    theme, principle = ThemeFactory(), PrincipleFactory()
    for number in range(rows):
        one = shared_by(consultant_in(), f"Samtale {number}", "practice", themes=[theme], principles=[principle])
        reply_by(reader, one)
        TriedFactory(discussion=one)
    client.force_login(reader)
    client.get(address)

    assert query_count(address) == queries <= MOST_QUERIES


@pytest.mark.parametrize("rows", [1, 3, 30, 200])
def test_a_discussion_takes_as_many_queries_for_many_replies_as_for_one(client, reader, query_count, rows):
    theme = ThemeFactory()
    practice = shared_by(consultant_in(), kind="practice", themes=[theme])
    shared_by(consultant_in(), themes=[theme])
    for _ in range(rows):
        PostFactory(discussion=practice, sanitiser_version=99)
    for _ in range(min(rows, 30)):
        TriedFactory(discussion=practice)
    client.force_login(reader)
    client.get(address(practice))

    assert query_count(address(practice)) == 7 <= MOST_QUERIES


def test_reading_what_is_new_takes_one_more_query(client, reader, practice, query_count):
    FollowFactory(discussion=practice, person=reader)
    reply_by(practice.author, practice, now=timezone.now() - timedelta(minutes=1))
    client.force_login(reader)

    assert [query_count(address(practice)) for _ in range(2)] == [8, 7]


def test_a_practice_description_shows_all_its_fields(client, reader, practice):
    client.force_login(reader)

    response = client.get(address(practice))

    html = response.content.decode()
    assert [name for name in Discussion.MARKDOWN_FIELDS if f"<p>Ord om {name}.</p>" not in html] == []
    assert [text for text in ("To linjer.", "To konsulenter", "IPS-konsulent") if text not in html] == []
    assert f"{LIST}?tema=psykiatri" in Elements(html).links()
    assert "3. Integreret med behandlingen" in html


def test_every_page_has_one_heading_and_says_where_one_is(client, reader, practice):
    client.force_login(reader)

    for url in (LIST, address(practice), reverse("forum:report", args=[practice.pk])):
        assert len(page(client, url).named("h1")) == 1


def test_trials_are_added_up_by_municipality(client, reader, practice):
    viborg = MunicipalityFactory(name="Viborg", code="0791")
    TriedFactory(discussion=practice, organisation=viborg, outcome="kept", remark="Det virker.")
    TriedFactory(discussion=practice, organisation=viborg, outcome="adapted")
    TriedFactory(discussion=practice, outcome="dropped", remark="Vi nåede det ikke.")
    client.force_login(reader)

    response = client.get(address(practice))

    tally = response.context["tally"]
    assert (tally.places, tally.kept, tally.adapted, tally.dropped) == (2, 0, 1, 1)
    outcomes = [
        one["class"] for one in Elements(response.content.decode()).named("span") if "outcome" in one.get("class", "")
    ]
    assert outcomes == ["outcome outcome--kept", "outcome outcome--adapted", "outcome outcome--dropped"]
    assert [text in response.content.decode() for text in ("Det virker.", "Vi nåede det ikke.")] == [True, True]


def test_who_may_try_is_offered_to_tell(client, practice):
    offered = []

    for person in (
        practice.author,
        consultant_in(practice.organisation),
        consultant_in(),
        person_with(Role.INSTRUCTOR),
    ):
        client.force_login(person)
        offered.append(f"{address(practice)}proevet/#proevet" in page(client, address(practice)).forms())

    assert offered == [False, False, True, False]


def test_the_own_trial_stands_in_the_form(client, reader, practice):
    TriedFactory(discussion=practice, person=reader, outcome="dropped", remark="Nej")
    client.force_login(reader)

    assert client.get(address(practice)).context["tried_form"].initial == {"outcome": "dropped", "remark": "Nej"}


def test_a_question_has_no_trials(client, reader):
    question = shared_by(consultant_in(), kind="question")
    client.force_login(reader)

    assert not any(one.get("id") == "proevet" for one in page(client, address(question)).named("h2"))


def test_each_reply_has_an_anchor_and_a_link(client, reader, practice):
    post = reply_by(consultant_in(), practice)
    client.force_login(reader)

    elements = page(client, address(practice))

    assert [one["id"] for one in elements.named("li") if one.get("id", "").startswith("svar-")] == [f"svar-{post.pk}"]
    assert f"?fra={post.pk}#svar-{post.pk}" in elements.links()


def test_a_long_discussion_is_read_fifty_by_fifty(client, reader, practice):
    posts = [PostFactory(discussion=practice) for _ in range(60)]
    client.force_login(reader)

    first = client.get(address(practice)).context
    second = client.get(f"{address(practice)}?fra={first['next_start']}").context

    assert (first["posts"] + second["posts"], second["next_start"]) == (posts, 0)
    assert (first["has_earlier"], second["has_earlier"]) == (False, True)


@pytest.mark.parametrize("start", ["x", "-1", "%00", "9" * 18, "9" * 40])
def test_no_place_in_a_discussion_is_an_error(client, reader, practice, start):
    client.force_login(reader)

    assert client.get(f"{address(practice)}?fra={start}").status_code == 200


def test_a_number_no_database_knows_is_not_found(client, reader):
    client.force_login(reader)

    assert client.get(f"{LIST}{'9' * 30}/").status_code == 404


def test_new_replies_are_marked_until_they_have_been_read(client, reader, practice):
    FollowFactory(discussion=practice, person=reader)
    reply_by(practice.author, practice, now=timezone.now() - timedelta(minutes=1))
    client.force_login(reader)

    is_new = [client.get(address(practice)).context["posts"][0].is_new for _ in range(2)]

    assert is_new == [True, False]


def test_the_list_marks_what_has_moved(client, reader, practice):
    FollowFactory(discussion=practice, person=reader)
    client.force_login(reader)
    marks = []

    for moment in (WRITTEN_AT, timezone.now()):
        Discussion.objects.update(last_activity_at=moment)
        marks.append(client.get(LIST).content.decode().count("badge-warning"))

    assert marks == [0, 1]


def test_the_first_page_of_a_long_discussion_does_not_count_as_read(client, reader, practice):
    follow = FollowFactory(discussion=practice, person=reader)
    for _ in range(51):
        PostFactory(discussion=practice)
    Discussion.objects.update(last_activity_at=timezone.now())
    client.force_login(reader)

    client.get(address(practice))

    assert Follow.objects.get(pk=follow.pk).seen_at == WRITTEN_AT


def test_reading_is_not_following(client, reader, practice):
    client.force_login(reader)

    client.get(address(practice))

    assert Follow.objects.filter(person=reader).count() == 0


def test_what_an_older_sanitiser_left_is_rendered_anew_when_it_is_read(client, reader, practice):
    PostFactory(discussion=practice, body="*Nu*", html="<b>før</b>")
    client.force_login(reader)

    client.get(address(practice))

    assert Post.objects.get().html == "<p><em>Nu</em></p>\n"


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://example.org/spor.png)",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7|add:7 }}{% load static %}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_people_write_becomes_code(client, attack):
    author = consultant_in(name=attack, title=attack)
    texts = dict.fromkeys(("summary", "setting", *Discussion.MARKDOWN_FIELDS), attack)
    theme = ThemeFactory(name=attack[:80])
    practice = shared_by(author, attack, "practice", themes=[theme], **texts)
    shared_by(author, attack, themes=[theme], body=attack)
    reply_by(consultant_in(name=attack), practice, attack)
    TriedFactory(discussion=practice, remark=attack)
    actions.report(discussion=practice, by=author, reason=attack, now=WRITTEN_AT)
    client.force_login(person_with(Role.MODERATOR))

    for url in (LIST, f"{LIST}?q={attack[:6]}", address(practice)):
        elements = page(client, url)
        attributes = [(name, value or "") for _tag, pairs in elements.tags for name, value in pairs.items()]
        assert elements.named("script") == []
        assert elements.named("img") == []
        assert [name for name, _value in attributes if name.startswith("on")] == []
        assert [
            value for name, value in attributes if name == "href" and value.startswith(("javascript", "data"))
        ] == []


def test_moderators_see_reports_and_hidden_replies(client, reader, practice):
    post = PostFactory(discussion=practice, is_hidden=True)
    report = ReportFactory(discussion=practice)
    seen = []

    for person in (reader, person_with(Role.MODERATOR)):
        client.force_login(person)
        context = client.get(address(practice)).context
        seen.append((context["posts"], context["reports"], context["can_moderate"]))

    assert seen == [([], [], False), ([post], [report], True)]


def test_the_author_is_offered_to_edit_and_others_to_report(client, reader, practice):
    edit, report = (reverse(f"forum:{name}", args=[practice.pk]) for name in ("edit", "report"))
    offered = []

    for person in (practice.author, reader):
        client.force_login(person)
        links = page(client, address(practice)).links()
        offered.append((edit in links, report in links))

    assert offered == [(True, False), (False, True)]
