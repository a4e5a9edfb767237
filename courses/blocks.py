"""The building blocks of a teaching day's page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt_text = blocks.CharBlock(
        label=_("alternative text"), max_length=200, help_text=_("What the image shows, for those who cannot see it.")
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("image")
        template = "courses/blocks/picture.html"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=160)
    url = blocks.URLBlock(label=_("address of the film"))
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=240, required=False)

    class Meta:
        icon = "media"
        label = _("film")
        template = "courses/blocks/video.html"


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("title"), max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("file")
        template = "courses/blocks/file.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("who said it"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "courses/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "italic", "ul", "link"])

    class Meta:
        icon = "info-circle"
        label = _("fact box")
        template = "courses/blocks/fact.html"


class PrinciplesBlock(blocks.StructBlock):
    principles = blocks.ListBlock(
        SnippetChooserBlock("programme.Principle", label=_("principle")), label=_("principles"), min_num=1
    )

    class Meta:
        icon = "list-ol"
        label = _("IPS principles")
        template = "courses/blocks/principles.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES, icon="pilcrow")
    picture = PictureBlock()
    video = VideoBlock()
    file = FileBlock()
    quote = QuoteBlock()
    fact = FactBlock()
    principles = PrinciplesBlock()


class AgendaItemBlock(blocks.StructBlock):
    time = blocks.TimeBlock(label=_("time"))
    title = blocks.CharBlock(label=_("item"), max_length=200)
    is_break = blocks.BooleanBlock(label=_("a break"), required=False)

    class Meta:
        icon = "time"
        label = _("agenda item")


class PreparationBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("what to do"), max_length=300)
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=240, required=False)

    class Meta:
        icon = "tasks"
        label = _("preparation")
