"""Every place that shows what others wrote, filled with hostile words, a page at a time."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from courses.blocks import RICH_TEXT_FEATURES
from courses.models import Material
from lms.meetings.actions import keep_draft
from lms.meetings.methods.participants import Row
from lms.meetings.models import Enrolment, Invitee
from lms.people.models import Organisation, Role
from tests.factories.courses import TeachingDayFactory, document_of
from tests.factories.forum import TriedFactory, consultant_in, reply_by, shared_by
from tests.factories.meetings import (
    CohortFactory,
    EnrolmentFactory,
    InviteeFactory,
    MeetingFactory,
    SupervisionGroupFactory,
    member_of,
)
from tests.factories.people import MunicipalityFactory, UserFactory, person_with
from tests.factories.supervision import CaseFactory, LearningFactory, NextStepFactory, day_from_now

NAME, TITLE, LINE = 120, 140, 200


@dataclass
class Stage:
    """Who opens what, and how many hostile words each place shows."""

    visits: list[tuple] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)

    def show(self, place: str, person, path: str, words) -> None:
        self.visits.append((place, person, path))
        self.shown[place] = self.shown.get(place, 0) + len(words)


def fitting(words: list[str], length: int) -> list[str]:
    """NUL is no sign a database takes: forms take it out, and so does this."""
    return list(dict.fromkeys(word.replace("\0", "") for word in words if len(word) <= length))


def called(name):
    """The municipality of that name."""
    return Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, name=name).first() or MunicipalityFactory(
        name=name
    )


def fill(words: list[str]) -> Stage:
    """One page of each place, with these words on it."""
    stage = Stage()
    for place in (forum, people, meeting, case, learnings, import_rows, day, search):
        place(stage, words)
    return stage


def forum(stage, words):
    """Titles and texts of discussions, replies, and what was tried; names and municipalities of those who wrote."""
    titles, names = fitting(words, TITLE), fitting(words, NAME)
    reader = consultant_in()
    writers = [consultant_in(called(name), name=name, title=name) for name in names[:12]]
    found = shared_by(
        writers[0], titles[0], kind="practice", now=timezone.now(), what_we_did="\n\n".join(fitting(words, 999))
    )
    for at, word in enumerate(words):
        reply_by(writers[at % len(writers)], found, word.replace("\0", ""), now=timezone.now())
    for word in fitting(words, LINE)[:12]:
        TriedFactory(discussion=found, person=consultant_in(name=word[:NAME]), remark=word)
    for title in titles:
        shared_by(writers[0], title, now=timezone.now(), body=title)
    stage.show("discussion", reader, reverse("forum:discussion", args=[found.pk]), words)
    stage.show("list of discussions", reader, reverse("forum:discussions"), titles[-20:])


def people(stage, words):
    """Names, titles and municipalities on the list of kursister, with the reason of an application."""
    cohort = CohortFactory(name=fitting(words, 80)[0])
    names = fitting(words, NAME)
    for name in names:
        person = UserFactory(name=name, title=name)
        state = Enrolment.State.ENROLLED if names.index(name) % 3 else Enrolment.State.WAITING
        EnrolmentFactory(cohort=cohort, person=person, municipality=called(name), state=state, reason=name)
    coordinator = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)
    stage.show("list of kursister", coordinator, reverse("meetings:people", args=[cohort.slug]), names)
    stage.show("cohort", coordinator, reverse("meetings:cohort", args=[cohort.slug]), names)


def meeting(stage, words):
    """Title, place and room of a day, and why people cannot come, as their calendar said it."""
    reasons, [title, *_others] = fitting(words, LINE), fitting(words, NAME)
    held = MeetingFactory(
        title=title, place=title, room=title[:80], address=title, starts_at=timezone.now() + timedelta(days=9)
    )
    for reason in reasons:
        person = UserFactory(name=reason[:NAME])
        EnrolmentFactory(cohort=held.cohort, person=person)
        InviteeFactory(meeting=held, person=person, answer=Invitee.Answer.DECLINED, answer_reason=reason)
    coordinator = person_with(Role.PROVIDER_COORDINATOR, held.cohort.course.provider)
    stage.show("answers to a day", coordinator, reverse("meetings:meeting", args=[held.pk]), reasons)


def case(stage, words):
    """A case is the longest text there is: all words in one, and the titles of the others beside it."""
    held = day_from_now(timezone.now(), 14, number=2)
    text = "\n".join(word.replace("\0", "") for word in words)
    fields = dict.fromkeys(("setting", "situation", "tried", "effect_on_me"), text)
    one = CaseFactory(
        day=held, brought=True, title=fitting(words, NAME)[0], focus_question=fitting(words, LINE)[0], **fields
    )
    titles = fitting(words, NAME)[:20]
    for title in titles:
        CaseFactory(day=held, brought=True, title=title)
    stage.show("case", one.author, reverse("supervision:case", args=[one.pk]), words)
    stage.show("cases of a day", held.group.supervisor, reverse("supervision:day", args=[held.pk]), titles)


def learnings(stage, words):
    """What a group learned, and next steps, with how they went."""
    held = day_from_now(timezone.now(), -1, number=3)
    member = member_of(held.group, name=fitting(words, NAME)[0])
    for word in fitting(words, LINE):
        LearningFactory(day=held, focus_person=member, text=word, approved_at=timezone.now())
        NextStepFactory(day=held, person=member, text=word, follow_up=word)
    stage.show("learnings", member, reverse("supervision:day", args=[held.pk]), fitting(words, LINE))


def import_rows(stage, words):
    """Rows with faults, which are shown with what stood in them."""
    cohort = SupervisionGroupFactory().cohort
    coordinator = person_with(Role.PROVIDER_COORDINATOR, cohort.course.provider)
    lines = fitting(words, LINE)
    columns = ("name", "email", "municipality", "title", "phone")
    rows = [Row(number, dict.fromkeys(columns, line)) for number, line in enumerate(lines, start=2)]
    draft = keep_draft(cohort=cohort, rows=rows, headings={}, by=coordinator, now=timezone.now())
    path = reverse("meetings:import_preview", args=[cohort.slug, draft.public_id])
    stage.show("rows of an import", coordinator, path, rows)


def day(stage, words):
    """What a provider's editor wrote: rich text as Wagtail keeps it, titles, files and their names."""
    held = TeachingDayFactory()
    page = held.page.specific
    texts = [word.replace("\0", "") for word in words]
    page.body = [("text", RichText(kept(word))) for word in words]
    page.body += [("quote", {"text": text, "source": text[:99]}) for text in texts]
    page.save_revision().publish()
    for word in fitting(words, NAME)[:10]:
        document = document_of(held.cohort.course.provider, title=word)
        Material.objects.create(page=page, document=document, title=word, licence=word[:60], source=word[:100])
    agency = person_with(Role.PROGRAMME_MANAGER)
    stage.show("teaching day", agency, held.get_absolute_url(), words)


def kept(word):
    """What Wagtail's editor makes of words, and of a link to them."""
    text = word.replace("\0", "")
    block = {"key": "aaaaa", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {}, "text": text}
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": text}}
    content = {
        "blocks": [{**block, "entityRanges": [{"offset": 0, "length": 1, "key": 0}]}],
        "entityMap": {"0": link},
    }
    return ContentstateConverter(RICH_TEXT_FEATURES).to_database_format(json.dumps(content))


def search(stage, words):
    """What was looked for stands on the page of what was found."""
    person = consultant_in()
    for word in words[:10]:
        stage.show("search", person, f"{reverse('home:search')}?{urlencode({'q': word})}", [word])
