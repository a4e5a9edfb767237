"""Who has written, uploaded, approved and published, as Wagtail keeps it."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry, ReferenceIndex

from lms.people.actions.erasure import Erasing, erase_file, take_words_out
from lms.people.methods.privacy import Erasure, Keep, Line, keep_apart, register
from lms.people.methods.privacy.activities import CONTENT
from lms.people.models import User
from lms.people.queries.personal import all_rows, model_of, rows_of

YEAR = 365
PUBLISHED = _("it belongs to the provider's course, and not to the person")


def forget_uploads(line: Line, erasing: Erasing) -> None:
    """What no page uses goes, with its file and its renditions; the rest stays without the uploader."""
    for upload in rows_of(line, erasing.person):
        is_used = _is_used(upload)
        for rendition in upload.renditions.all() if hasattr(upload, "renditions") else ():
            rendition.purge_from_cache()  # it would remember its picture, and the picture its uploader
            if not is_used:
                erase_file(storage="renditions", name=rendition.file.name, now=erasing.now)
        if not is_used:
            erase_file(storage="default", name=upload.file.name, now=erasing.now)
            upload.delete()
    rows = rows_of(line, erasing.person)
    take_words_out(rows, [name for name in line.stays if name in {"title", "description"}], erasing.words)
    rows.update(uploaded_by_user=None)


def _is_used(upload) -> bool:
    by_a_day = getattr(upload, "materials", None)
    return ReferenceIndex.get_references_to(upload).exists() or bool(by_a_day and by_a_day.exists())


def forget_with_file(line: Line, erasing: Erasing) -> None:
    """Rows go with their file."""
    for row in rows_of(line, erasing.person):
        for name in line.files:
            if file := getattr(row, name):
                erase_file(storage="default", name=file.name, now=erasing.now)
        row.delete()


def log_of(person: User) -> QuerySet:
    kind = ContentType.objects.get_for_model(User)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


def forget_log(line: Line, erasing: Erasing) -> None:
    """Wagtail copies titles and names into its log: what is about the person goes, and the name elsewhere."""
    if line.find:
        rows_of(line, erasing.person).delete()
    rows = all_rows(model_of(line)).filter(user=erasing.person.pk)
    take_words_out(rows, ["label", "data"], erasing.words)
    for word in erasing.words.whole:
        named = all_rows(model_of(line)).filter(label__icontains=word)
        take_words_out(named, ["label", "data"], erasing.words)


def squeeze_search_index(_line: Line, _erasing: Erasing) -> None:
    """SQLite's full-text index marks words as deleted and keeps them; putting it together anew leaves them out."""
    if connection.vendor == "sqlite":
        table = connection.ops.quote_name("wagtailsearch_indexentry_fts")
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")


def _log(model: type[BaseLogEntry], **line) -> Line:
    return Line(
        model=model._meta.label,
        activity=CONTENT,
        holds=_("who did what to which page or entry in the back office, with its title"),
        by=("user",),
        erasure=Erasure.NOBODY,
        forget=forget_log,
        keep=Keep(2 * YEAR, "timestamp", _("after it was written")),
        **line,
    )


def _upload(model: str, **line) -> Line:
    return Line(
        model=model,
        activity=CONTENT,
        person=("uploaded_by_user",),
        files=("file",),
        erasure=Erasure.ANONYMOUS,
        because=PUBLISHED,
        forget=forget_uploads,
        **line,
    )


def _own(model: str, holds, **line) -> Line:
    return Line(model=model, activity=CONTENT, holds=holds, person=("user",), erasure=Erasure.DELETE, **line)


register(
    Line(
        model="wagtailcore.Page",
        activity=CONTENT,
        holds=_("who owns or has locked a page"),
        by=("owner", "locked_by"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="wagtailcore.Revision",
        activity=CONTENT,
        holds=_("versions of a page, and who saved them"),
        by=("user",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="wagtailcore.WorkflowState",
        activity=CONTENT,
        holds=_("who has submitted a page for approval"),
        by=("requested_by",),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="wagtailcore.TaskState",
        activity=CONTENT,
        holds=_("who has approved a page or sent it back, and with which words"),
        person=("finished_by",),
        blank=("comment",),
        erasure=Erasure.ANONYMOUS,
        because=PUBLISHED,
    ),
    _log(ModelLogEntry, find=log_of),
    _log(PageLogEntry),
    Line(
        model="wagtailcore.Comment",
        activity=CONTENT,
        holds=_("editors' comments on a page; not in use"),
        person=("user",),
        by=("resolved_by",),
        erasure=Erasure.DELETE,
    ),
    _own("wagtailcore.CommentReply", _("answers to comments on a page; not in use")),
    _own("wagtailcore.PageSubscription", _("whether somebody wants mail about comments on a page")),
    _own(
        "wagtailusers.UserProfile",
        _("settings of the back office, and a picture"),
        files=("avatar",),
        forget=forget_with_file,
    ),
    _own(
        "wagtailadmin.EditingSession",
        _("who is editing a page right now"),
        keep=Keep(1, "last_seen_at", _("after it was last used")),
    ),
    _own(
        "wagtailadmin.FormState",
        _("what somebody has typed into a page and not saved"),
        keep=Keep(30, "last_updated_at", _("after it was typed")),
    ),
    Line(
        model="wagtailcore.UploadedFile",
        activity=CONTENT,
        holds=_("a file on its way in"),
        person=("uploaded_by_user",),
        files=("file",),
        erasure=Erasure.DELETE,
        forget=forget_with_file,
    ),
    _upload(
        "wagtaildocs.Document",
        holds=_("files for course days, and who uploaded them"),
        stays=("title", "file", "file_hash"),
    ),
    _upload(
        get_image_model()._meta.label,
        holds=_("pictures, and who uploaded them"),
        stays=("title", "description", "file", "file_hash"),
    ),
    Line(
        model="wagtailimages.Rendition",
        activity=CONTENT,
        holds=_("the same picture in other sizes"),
        erasure=Erasure.FOLLOWS,
    ),
    Line(
        model="courses.Material",
        activity=CONTENT,
        holds=_("what belongs to a day, with its source as the publisher names it"),
        erasure=Erasure.NOBODY,
    ),
    Line(
        model="wagtailembeds.Embed",
        activity=CONTENT,
        holds=_("the title and maker of a film, as the film service tells"),
        erasure=Erasure.NOBODY,
    ),
    *(
        Line(
            model=model._meta.label,
            activity=CONTENT,
            holds=_("a copy of pages and shared texts, to search in"),
            erasure=Erasure.FOLLOWS,
            forget=squeeze_search_index,
        )
        for model in apps.get_app_config("wagtailsearch").get_models()
    ),
)

keep_apart(
    _("pages, rights and ways of approving, and no people"),
    "wagtailcore.Locale",
    "wagtailcore.Site",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.CollectionViewRestriction_groups",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.Collection",
    "wagtailcore.GroupCollectionPermission",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowTask",
    "wagtailcore.Task",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.PageViewRestriction_groups",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.WorkflowPage",
    "wagtailcore.ReferenceIndex",
    "wagtailadmin.Admin",
    "taggit.Tag",
    "taggit.TaggedItem",
)
