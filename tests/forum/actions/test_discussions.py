import uuid
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from lms.formats.markdown import SANITISER_VERSION
from lms.forum import actions
from lms.forum.models import Discussion, Follow
from lms.people.models import AuditEntry
from tests.factories.forum import WRITTEN_AT, consultant_in, home_of, shared_by
from tests.factories.programme import PrincipleFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LATER = WRITTEN_AT + timedelta(days=3)


def edit(discussion, **changes):
    values = {"by": discussion.author, "now": LATER, "title": discussion.title}
    return actions.edit_discussion(discussion=discussion, **(values | changes))


def audited():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_discussion_stands_as_it_was_written():
    author, theme, principle = consultant_in(), ThemeFactory(), PrincipleFactory()

    discussion = shared_by(author, "Hvad gør I?", "question", themes=[theme], principles=[principle], body="*Sådan?*")

    row = Discussion.objects.get()
    assert row == discussion
    assert (row.kind, row.title, row.author, row.organisation) == ("question", "Hvad gør I?", author, home_of(author))
    assert (row.created_at, row.last_activity_at, row.edited_at, row.is_draft) == (WRITTEN_AT, WRITTEN_AT, None, False)
    assert (list(row.themes.all()), list(row.principles.all())) == ([theme], [principle])


def test_its_html_is_stored_with_the_version_of_the_sanitiser():
    discussion = shared_by(consultant_in(), body="*Sådan* <script>alert(1)</script>")

    assert discussion.html == {"body": "<p><em>Sådan</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"}
    assert (discussion.sanitiser_version, discussion.excerpt) == (SANITISER_VERSION, "Sådan <script>alert(1)</script>")


def test_a_practice_description_keeps_its_fields():
    texts = {name: f"Tekst i {name}" for name in ("summary", "setting", *Discussion.MARKDOWN_FIELDS)}

    discussion = shared_by(consultant_in(), kind="practice", **texts)

    discussion.refresh_from_db()
    assert {name: getattr(discussion, name) for name in texts} == texts
    assert sorted(discussion.html) == sorted(Discussion.MARKDOWN_FIELDS)
    assert discussion.excerpt == "Tekst i summary"


def test_sharing_a_practice_description_says_that_it_holds_today():
    practice, question = (shared_by(consultant_in(), kind=kind) for kind in ("practice", "question"))

    assert (practice.confirmed_date, question.confirmed_date) == (localdate(WRITTEN_AT), None)


def test_the_organisation_can_be_an_id():
    author = consultant_in()

    discussion = actions.start_discussion(
        kind="question", title="Hvad?", author=author, organisation=home_of(author).pk, now=WRITTEN_AT
    )

    assert discussion.organisation == home_of(author)


def test_the_author_follows():
    discussion = shared_by(consultant_in())

    follow = Follow.objects.get()
    assert (follow.discussion, follow.person, follow.seen_at) == (discussion, discussion.author, WRITTEN_AT)


def test_the_same_form_sent_twice_is_one_discussion():
    author, key = consultant_in(), uuid.uuid4()

    first, second = (shared_by(author, form_key=key) for _ in range(2))

    assert first == second
    assert (Discussion.objects.count(), audited()) == (1, ["share_discussion"])


def test_somebody_elses_form_key_is_another_discussion():
    key = uuid.uuid4()

    shared_by(consultant_in(), form_key=key)
    shared_by(consultant_in(), form_key=key)

    assert Discussion.objects.count() == 2


def test_forms_without_a_key_are_as_many_discussions():
    author = consultant_in()

    shared_by(author)
    shared_by(author)

    assert Discussion.objects.count() == 2


def test_a_draft_confirms_nothing_and_is_noted_as_a_draft():
    draft = shared_by(consultant_in(), kind="practice", is_draft=True)

    assert (draft.is_draft, draft.confirmed_date, audited()) == (True, None, ["draft_discussion"])


def test_editing_changes_the_text_and_says_so():
    theme = ThemeFactory()
    discussion = shared_by(consultant_in(), themes=[ThemeFactory()], body="Før")

    edited = edit(discussion, title="Ny titel", body="**Efter**", themes=[theme])

    assert (edited.title, edited.body, edited.html) == (
        "Ny titel",
        "**Efter**",
        {"body": "<p><strong>Efter</strong></p>\n"},
    )
    assert (edited.edited_at, edited.revision, edited.last_activity_at) == (LATER, 2, WRITTEN_AT)
    assert (list(edited.themes.all()), audited()) == ([theme], ["share_discussion", "edit_discussion"])


def test_editing_a_practice_description_confirms_it():
    practice = shared_by(consultant_in(), kind="practice")

    assert edit(practice).confirmed_date == localdate(LATER)


def test_editing_leaves_author_and_place_alone():
    discussion = shared_by(consultant_in())

    edited = edit(discussion, body="Efter")

    assert (edited.author, edited.organisation, edited.created_at) == (
        discussion.author,
        discussion.organisation,
        WRITTEN_AT,
    )


def test_a_draft_that_is_shared_is_new_that_day():
    draft = shared_by(consultant_in(), is_draft=True)

    shared = edit(draft, is_draft=False)

    assert (shared.is_draft, shared.created_at, shared.last_activity_at, shared.edited_at) == (
        False,
        LATER,
        LATER,
        None,
    )
    assert audited() == ["draft_discussion", "share_discussion"]


def test_a_draft_can_stay_a_draft():
    draft = edit(shared_by(consultant_in(), is_draft=True), is_draft=True, body="Mere")

    assert (draft.is_draft, draft.body, draft.edited_at, draft.created_at) == (True, "Mere", None, WRITTEN_AT)


def test_what_has_been_shared_does_not_become_a_draft():
    assert edit(shared_by(consultant_in()), is_draft=True).is_draft is False
