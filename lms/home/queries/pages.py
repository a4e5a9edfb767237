"""The pages of text, rendered for whoever reads them."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from lms.formats.markdown import to_html
from lms.home.models import PublicPage

UNDER_HEADING, UNDER_SECTION = 2, 3


@dataclass(frozen=True)
class Text:
    """A page in one language. ``language`` says which: where there is no English, the Danish is shown as Danish."""

    title: str
    lead: str
    html: SafeString
    language: str
    reviewed_date: date | None
    edition: int


def text_of(kind: str, language: str) -> Text:
    return _text(PublicPage.objects.get(kind=kind), language, UNDER_HEADING)


def privacy_texts(language: str) -> tuple[Text, Text]:
    """The privacy page, and the list of data processors that ends it."""
    pages = {page.kind: page for page in PublicPage.objects.filter(kind__in=("privacy", "processors"))}
    return _text(pages["privacy"], language, UNDER_HEADING), _text(pages["processors"], language, UNDER_SECTION)


def edition_to_read() -> int:
    """Which edition of the page of the first sign-in holds now."""
    return PublicPage.objects.values_list("edition", flat=True).get(kind=PublicPage.Kind.INFORMATION)


def _text(page, language, highest):
    title, lead, body, spoken = page.words_in(language)
    html = mark_safe(to_html(body, highest=highest))  # noqa: S308 - made by the sanitiser
    return Text(title, lead, html, spoken, page.reviewed_date, page.edition)


def old_statements(*, before: date) -> bool:
    """Whether the accessibility statement was last gone through before that day, or never."""
    page = PublicPage.objects.filter(kind=PublicPage.Kind.ACCESSIBILITY)
    return not page.filter(reviewed_date__gte=before).exists()
