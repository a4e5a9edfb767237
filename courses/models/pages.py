from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from courses.blocks import AgendaItemBlock, BodyBlock, PreparationBlock
from lms.programme.models import Course


class CoursePage(Page):
    """A course's public description; its teaching days lie below it."""

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="page", verbose_name=_("course"))
    introduction = models.TextField(_("introduction"), max_length=600)
    body = RichTextField(_("text"), blank=True, features=["h3", "bold", "italic", "ol", "ul", "link"])

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.TeachingDayPage", "courses.LibraryPage"]
    template = "courses/course_page.html"

    content_panels = [*Page.content_panels, FieldPanel("course"), FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")


class TeachingDayPage(Page):
    """One teaching day: aims, agenda, preparation, body and materials. Its dates belong to the cohorts."""

    number = models.PositiveSmallIntegerField(_("day number"))
    theme = models.CharField(_("theme"), max_length=160, blank=True)
    aims = StreamField([("aim", blocks.CharBlock(label=_("learning aim"), max_length=300))], verbose_name=_("learning aims"), blank=True)
    agenda = StreamField([("item", AgendaItemBlock())], verbose_name=_("agenda"), blank=True)
    preparation = StreamField([("task", PreparationBlock())], verbose_name=_("preparation"), blank=True)
    reflection_prompt = models.TextField(_("reflection assignment"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/teaching_day_page.html"

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("number"), FieldPanel("theme")], heading=_("The day")),
        FieldPanel("aims"),
        FieldPanel("agenda"),
        FieldPanel("preparation"),
        FieldPanel("body"),
        FieldPanel("reflection_prompt"),
        InlinePanel("materials", heading=_("Materials"), label=_("material")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("theme"),
        index.SearchField("aims"),
        index.SearchField("agenda"),
        index.SearchField("preparation"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("teaching day")
        verbose_name_plural = _("teaching days")


class LibraryPage(Page):
    """Where a course's materials are searched across its days."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "courses/library_page.html"

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("material library")
        verbose_name_plural = _("material libraries")


class Material(Orderable):
    """A file, film, sound or text that belongs to a day, with how long it takes and where it comes from."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("document")
        TEMPLATE = "template", _("template")
        SLIDES = "slides", _("slides")
        VIDEO = "video", _("film")
        AUDIO = "audio", _("sound")
        LINK = "link", _("link")

    page = ParentalKey(TeachingDayPage, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("type"), max_length=10, choices=Kind, default=Kind.DOCUMENT)
    document = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
    )
    link = models.URLField(_("link"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    source = models.CharField(_("source"), max_length=200)

    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("document"),
        FieldPanel("link"),
        FieldPanel("minutes"),
        FieldPanel("licence"),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self):
        return self.title
