"""Pages of text that administrators word: what anybody may read, and what is read at the first sign-in."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, RevisionMixin


class PublicPageQuerySet(models.QuerySet):
    def visible_to(self, _user):
        """They are for everybody."""
        return self


class PublicPage(RevisionMixin, models.Model):
    """One text in Danish, perhaps in English as well. Each kind exists once; every wording is kept as a revision."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("How we treat your information")
        INFORMATION = "information", _("Read at the first sign-in (article 13)")
        PROCESSORS = "processors", _("Data processors, at the end of the privacy page")
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        GUIDELINES = "guidelines", _("Guidelines for writing")
        CONTACT = "contact", _("Contact")

    kind = models.CharField(_("page"), max_length=16, choices=Kind, unique=True, editable=False)
    title = models.CharField(_("heading"), max_length=120)
    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = models.TextField(_("text, as Markdown"))
    title_en = models.CharField(_("heading in English"), max_length=120, blank=True)
    lead_en = models.CharField(_("lead in English"), max_length=300, blank=True)
    body_en = models.TextField(_("text in English, as Markdown"), blank=True)
    reviewed_date = models.DateField(_("last reviewed"), null=True, blank=True)
    # Rises when people are to read it again.
    edition = models.PositiveIntegerField(default=1, editable=False)

    _revisions = GenericRelation(
        Revision, content_type_field="content_type", object_id_field="object_id", for_concrete_model=False
    )
    objects = PublicPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
        ordering = ["id"]

    def __str__(self):
        return self.get_kind_display()

    def words_in(self, language: str) -> tuple[str, str, str, str]:
        """Heading, lead and text, and the language they are in: English where there is any, else Danish."""
        if language == "en" and self.title_en and self.body_en:
            return self.title_en, self.lead_en, self.body_en, "en"
        return self.title, self.lead, self.body, "da"
