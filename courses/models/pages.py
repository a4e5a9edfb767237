from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet
from wagtail.search import index

from courses.blocks import AgendaItemBlock, BodyBlock, PreparationBlock
from lms.programme.models import Course

AS_A_KURSIST = [("", _("As a kursist sees it"))]


class OwnTreePermissionTester(PagePermissionTester):
    """Only those who publish may move or copy a page, and nobody deletes what a cohort has planned."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self._is_planned()

    def _is_planned(self):
        return TeachingDayPage.objects.filter(path__startswith=self.page.path, days__isnull=False).exists()

    def can_move(self):
        return super().can_move() and self.can_publish()

    def can_copy(self):
        return super().can_copy() and self.can_publish()


class OwnTreeMixin:
    """For every page of a provider's tree."""

    def permissions_for_user(self, user):
        return OwnTreePermissionTester(user, self)


class CoursePageQuerySet(PageQuerySet):
    def visible_to(self, user):  # noqa: ARG002 - the same question everywhere, whoever asks
        """A published course's description is public."""
        return self.live()


class CoursePage(OwnTreeMixin, Page):
    """A course's public description; its teaching days lie below it."""

    course = models.OneToOneField(Course, on_delete=models.PROTECT, related_name="page", verbose_name=_("course"))
    introduction = models.TextField(_("introduction"), max_length=600)
    body = RichTextField(_("text"), blank=True, features=["h3", "bold", "italic", "ol", "ul", "link"])

    objects = PageManager.from_queryset(CoursePageQuerySet)()

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.TeachingDayPage", "courses.LibraryPage"]
    template = "courses/course_page.html"
    preview_modes = AS_A_KURSIST

    content_panels = [
        *Page.content_panels,
        FieldPanel("course", permission="programme.change_course"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    promote_panels: list = [FieldPanel("slug")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")


class TeachingDayPageQuerySet(PageQuerySet):
    def visible_to(self, user):
        """Published pages of the days one may see; a draft is seen in the editors' admin alone."""
        days = self.model._meta.get_field("days").related_model
        return self.live().filter(pk__in=days.objects.visible_to(user).values("page"))


class TeachingDayPage(OwnTreeMixin, Page):
    """One teaching day: aims, agenda, preparation, body and materials. Its dates belong to the cohorts."""

    number = models.PositiveSmallIntegerField(_("day number"))
    theme = models.CharField(_("theme"), max_length=160, blank=True)
    aims = StreamField(
        [("aim", blocks.CharBlock(label=_("learning aim"), max_length=300))],
        verbose_name=_("learning aims"),
        blank=True,
    )
    agenda = StreamField([("item", AgendaItemBlock())], verbose_name=_("agenda"), blank=True)
    preparation = StreamField([("task", PreparationBlock())], verbose_name=_("preparation"), blank=True)
    reflection_prompt = models.TextField(_("reflection assignment"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = PageManager.from_queryset(TeachingDayPageQuerySet)()

    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "courses/teaching_day_page.html"
    preview_modes = AS_A_KURSIST

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
    promote_panels: list = [FieldPanel("slug")]
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


class LibraryPage(OwnTreeMixin, Page):
    """Where a course's materials are searched across its days."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)

    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "courses/library_page.html"
    preview_modes = AS_A_KURSIST

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels: list = [FieldPanel("slug")]

    class Meta:
        verbose_name = _("material library")
        verbose_name_plural = _("material libraries")


class MaterialQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What belongs to the published pages one may read."""
        return self.filter(page__in=TeachingDayPage.objects.visible_to(user).values("pk"))


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
        related_name="materials",
        verbose_name=_("file"),
    )
    link = models.URLField(_("link"), blank=True, validators=[URLValidator(schemes=["https", "http"])])
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    source = models.CharField(_("source"), max_length=200)

    objects = MaterialQuerySet.as_manager()

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
