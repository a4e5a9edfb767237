from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses import rules
from courses.methods import texts_of_stream
from lms.people.forms import guard_text

# First words of our own addresses: a page must not look like one of them.
# fmt: off
RESERVED_SLUGS = frozenset({
    "admin", "afviste-mails", "api", "arbejdskonti", "billede", "dag", "datoer", "demo", "dine-oplysninger",
    "dokumenter", "faellesskab", "feed", "forloeb", "gruppe", "healthz", "hold", "indhentning", "indstillinger",
    "invitation", "kalender", "kontakt", "konto", "log-ind", "log-ind-med-arbejdskonto", "log-ind-til-redaktionen",
    "log-ud", "login", "logout", "materiale", "materialer", "media", "min-kalender", "min-konto", "mit-forloeb",
    "mit-fremmoede", "moede", "nulstil", "organisationer", "overblik", "plads", "privatliv", "proevehandling",
    "refleksion", "retningslinjer", "robots", "sider", "signup", "sitemap", "soeg", "sprog", "static", "supervision",
    "tilgaengelighed", "was",
})
# fmt: on
# The comment of an approval travels with the page's own form.
APPROVAL_COMMENT = "workflow-action-extra-data"
FOREIGN_FILE = _("Choose a file or an image of your own. This one is not yours to use.")
FOREIGN_PAGE = _("Link to one of your own pages. This one is not yours to see.")


class GuardedPageForm(WagtailAdminPageForm):
    """Every text of a page, its blocks and materials passes the writing guard; every file in it is the editor's own."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("This address is taken by the site itself. Choose another."), code="reserved")
        return slug

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            self._check(self, name, value)
        self._check(self, None, self.data.get(APPROVAL_COMMENT, ""))
        return cleaned

    def is_valid(self):
        is_valid = super().is_valid()
        for formset in self.formsets.values():
            for form in formset.forms:
                self._check_row(form)
        return is_valid and not any(any(formset.errors) for formset in self.formsets.values())

    def _check_row(self, form):
        for name, value in list(getattr(form, "cleaned_data", {}).items()):
            self._check(form, name, value)

    def _check(self, form, name, value):
        try:
            for text in texts_of_stream(_plain(value)):
                guard_text(text)
            self._refuse_foreign(form, name, value)
        except ValidationError as error:
            form.add_error(name, error)

    def _refuse_foreign(self, form, name, value):
        for model, pk in _references(form, name, value):
            if not _choosable(model, self.for_user).filter(pk=pk).exists():
                raise ValidationError(FOREIGN_PAGE if issubclass(model, Page) else FOREIGN_FILE, code="foreign")


def _plain(value):
    return value.get_prep_value() if isinstance(value, StreamValue) else value


def _references(form, name, value):
    """The files, images and pages a value leads to."""
    kinds = (get_document_model(), get_image_model(), Page)
    if isinstance(value, kinds[:2]):
        yield type(value), value.pk
    field = next((field for field in form.instance._meta.get_fields() if field.name == name), None)
    if value and field is not None and hasattr(field, "extract_references"):
        yield from ((model, pk) for model, pk, *_place in field.extract_references(value) if issubclass(model, kinds))


def _choosable(model, user):
    if issubclass(model, Page):
        return rules.explorable_pages(user)
    return rules.choosable_documents(user) if model is get_document_model() else rules.choosable_images(user)
