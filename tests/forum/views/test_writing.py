import pytest
from django.urls import reverse

from lms.forum.models import Discussion
from lms.people.models import Role
from tests.factories.forum import DiscussionFactory, consultant_in, home_of, shared_by
from tests.factories.people import MunicipalityFactory, UserFactory, person_with
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NEW = reverse("forum:new")
PRACTICE, QUESTION = (reverse("forum:write", args=[kind]) for kind in ("practice", "question"))
CPR = "Hendes nummer er 010190-1234"
TYPED = {"title": "Hvad gør I?", "body": "Hvordan **begynder** I?"}


def edit_address(discussion):
    return reverse("forum:edit", args=[discussion.pk])


@pytest.fixture
def author(client, reader):
    client.force_login(reader)
    return reader


@pytest.mark.parametrize("address", [NEW, PRACTICE, QUESTION])
def test_writing_is_for_those_who_take_part(client, address):
    seen = []

    for person in (
        consultant_in(),
        UserFactory(),
        person_with(Role.PSYCHIATRY_PARTNER),
        person_with(Role.ADMINISTRATOR),
    ):
        client.force_login(person)
        seen.append((client.get(address).status_code, client.post(address, TYPED).status_code == 404))

    assert seen == [(200, False), (404, True), (404, True), (404, True)]


@pytest.mark.parametrize("address", [NEW, QUESTION])
def test_who_is_signed_out_signs_in_first(client, address):
    assert client.post(address, TYPED).status_code == 302
    assert Discussion.objects.count() == 0


def test_each_kind_can_be_chosen(client, author):
    html = client.get(NEW).content.decode()

    assert [kind for kind in Discussion.Kind.values if reverse("forum:write", args=[kind]) not in html] == []


@pytest.mark.parametrize("kind", Discussion.Kind.values)
def test_an_empty_form_has_one_heading_and_three_buttons(client, author, kind):
    html = client.get(reverse("forum:write", args=[kind])).content.decode()

    assert (html.count("<h1"), html.count('name="do"')) == (1, 3)


def test_an_unknown_kind_is_not_found(client, author):
    assert client.get("/faellesskab/ny/sang/").status_code == 404


def test_what_is_shared_stands_under_name_and_place(client, author):
    theme, principle = ThemeFactory(), PrincipleFactory()

    response = client.post(QUESTION, TYPED | {"themes": [theme.pk], "principles": [principle.pk], "do": "share"})

    discussion = Discussion.objects.get()
    assert (response.status_code, response.url) == (302, discussion.get_absolute_url())
    assert (discussion.kind, discussion.title, discussion.body) == (
        "question",
        "Hvad gør I?",
        "Hvordan **begynder** I?",
    )
    assert (discussion.author, discussion.organisation, discussion.is_draft) == (author, home_of(author), False)
    assert (list(discussion.themes.all()), list(discussion.principles.all())) == ([theme], [principle])


def test_a_practice_description_is_shared_with_its_fields(client, author):
    texts = {name: f"Ord om {name}" for name in ("summary", "setting", *Discussion.MARKDOWN_FIELDS) if name != "body"}

    client.post(PRACTICE, texts | {"title": "Fast stol"})

    discussion = Discussion.objects.get()
    assert {name: getattr(discussion, name) for name in texts} == texts


def test_nobody_can_write_in_the_name_of_others(client, author):
    other, theirs = consultant_in(), MunicipalityFactory()
    forged = {
        "author": other.pk,
        "organisation": theirs.pk,
        "is_hidden": "1",
        "kind": "practice",
        "created_at": "2020-01-01",
    }
    forged |= {"html": "<script>", "reply_count": "99", "revision": "7", "sanitiser_version": "99", "is_draft": "1"}

    client.post(QUESTION, TYPED | forged)

    row = Discussion.objects.get()
    assert (row.author, row.organisation, row.is_hidden, row.kind) == (author, home_of(author), False, "question")
    assert (row.reply_count, row.revision, row.is_draft, row.html) == (
        *(0, 1, False),
        {"body": "<p>Hvordan <strong>begynder</strong> I?</p>\n"},
    )


def test_the_same_form_sent_twice_makes_one_discussion(client, author):
    key = client.get(QUESTION).context["form"]["form_key"].value()

    answers = [client.post(QUESTION, TYPED | {"form_key": str(key)}) for _ in range(2)]

    assert (Discussion.objects.count(), len({answer.url for answer in answers})) == (1, 1)


def test_a_draft_is_saved_for_oneself(client, author):
    client.post(PRACTICE, {"title": "Fast stol", "do": "draft"})

    draft = Discussion.objects.get()
    assert (draft.is_draft, client.get(draft.get_absolute_url()).status_code) == (True, 200)


def test_a_preview_shows_the_result_and_saves_nothing(client, author):
    response = client.post(QUESTION, TYPED | {"do": "preview"})

    html = response.content.decode()
    assert (Discussion.objects.count(), "Hvordan <strong>begynder</strong> I?" in html) == (0, True)
    assert [response.context["form"][name].value() for name in TYPED] == list(TYPED.values())


def test_a_preview_is_what_the_page_will_be(client, author):
    texts = {name: f"1. Ord\n2. om *{name}*" for name in Discussion.MARKDOWN_FIELDS if name != "body"}
    typed = texts | {"title": "Fast stol", "summary": "Kort"}
    preview = client.post(PRACTICE, typed | {"do": "preview"}).context["preview"]

    client.post(PRACTICE, typed)

    page = client.get(Discussion.objects.get().get_absolute_url()).context
    assert [(one["heading"], one["html"]) for one in preview["sections"]] == [
        (one["heading"], one["html"]) for one in page["sections"]
    ]


def test_a_preview_keeps_the_key_of_the_form(client, author):
    key = str(client.get(QUESTION).context["form"]["form_key"].value())

    form = client.post(QUESTION, TYPED | {"do": "preview", "form_key": key}).context["form"]

    assert form["form_key"].value() == key


@pytest.mark.parametrize("button", ["share", "preview", "draft"])
@pytest.mark.parametrize("field", ["title", "body"])
def test_a_cpr_number_is_stopped_and_everything_typed_is_kept(client, author, field, button):
    theme = ThemeFactory()
    typed = TYPED | {field: CPR, "themes": [str(theme.pk)], "do": button}

    response = client.post(QUESTION, typed)

    form = response.context["form"]
    assert (response.status_code, Discussion.objects.count(), list(form.errors)) == (200, 0, [field])
    assert [form[name].value() for name in ("title", "body", "themes")] == [
        typed["title"],
        typed["body"],
        [str(theme.pk)],
    ]
    assert 'class="error-summary"' in response.content.decode()


def test_a_form_that_is_too_large_is_refused_not_a_crash(client, author):
    response = client.post(QUESTION, {"title": "Lang", "body": "x" * 100_000})

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["body"])


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_author_edits(client, method):
    municipality = MunicipalityFactory()
    discussion = shared_by(consultant_in(municipality), body="Før")
    seen = []

    for person in (
        consultant_in(municipality),
        consultant_in(),
        person_with(Role.MODERATOR),
        person_with(Role.PSYCHIATRY_PARTNER),
    ):
        client.force_login(person)
        seen.append(getattr(client, method)(edit_address(discussion), TYPED).status_code)

    assert (seen, Discussion.objects.get().body) == ([404] * 4, "Før")


def test_who_is_signed_out_edits_nothing(client):
    discussion = shared_by(consultant_in(), body="Før")

    assert client.post(edit_address(discussion), TYPED).status_code == 302
    assert Discussion.objects.get().body == "Før"


def test_the_form_begins_with_what_was_written(client, author):
    theme = ThemeFactory()
    discussion = shared_by(author, "Før", body="Teksten før", themes=[theme])

    html = client.get(edit_address(discussion)).content.decode()

    assert ('value="Før"' in html, "Teksten før" in html, html.count("checked"), html.count('name="do"')) == (
        True,
        True,
        1,
        2,
    )


def test_an_edit_is_marked(client, author):
    discussion = shared_by(author, body="Før")

    response = client.post(edit_address(discussion), TYPED)

    discussion.refresh_from_db()
    assert (response.url, discussion.title, discussion.edited_at is not None) == (
        discussion.get_absolute_url(),
        "Hvad gør I?",
        True,
    )


def test_an_edit_can_be_previewed(client, author):
    discussion = shared_by(author, body="Før")

    response = client.post(edit_address(discussion), TYPED | {"do": "preview"})

    assert ("<strong>begynder</strong>" in response.content.decode(), Discussion.objects.get().body) == (True, "Før")


def test_an_edit_is_guarded(client, author):
    discussion = shared_by(author, body="Før")

    response = client.post(edit_address(discussion), TYPED | {"body": CPR})

    assert (list(response.context["form"].errors), Discussion.objects.get().body) == (["body"], "Før")


def test_a_draft_is_written_on_and_shared(client, author):
    draft = shared_by(author, is_draft=True)
    states = []

    for button in ("draft", "share"):
        client.post(edit_address(draft), TYPED | {"do": button})
        states.append(Discussion.objects.get().is_draft)

    assert states == [True, False]


def test_what_is_shared_cannot_be_taken_back_as_a_draft(client, author):
    discussion = shared_by(author)

    response = client.post(edit_address(discussion), {"title": "Kun en titel", "do": "draft"})

    assert (list(response.context["form"].errors), Discussion.objects.get().is_draft) == (["body"], False)


def test_a_hidden_discussion_is_not_edited(client, author):
    assert client.get(edit_address(DiscussionFactory(author=author, is_hidden=True))).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_form_takes_as_many_queries_for_many_themes_as_for_one(client, author, query_count, rows):
    for _ in range(rows):
        ThemeFactory()
        PrincipleFactory()

    assert query_count(PRACTICE) == 5
