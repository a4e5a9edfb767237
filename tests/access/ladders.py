"""Ways up through the editors' admin, by name: what somebody sends who wants more than their role gives, and where one would see that it worked."""

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    TaskState,
    Workflow,
)

from courses.actions.publishing import WORKFLOW
from lms.people.models import Role, User
from lms.programme.models import Principle, TargetGroup, Theme
from tests.access.addresses import PAGE_FORM
from tests.access.climbing import AGENCY, SECRETS, SUPERUSER, Ladder, powers, rows
from tests.factories.courses import PDF, PNG
from tests.factories.people import UserFactory


def user_form(c):
    for pk in {getattr(c.person, "pk", 1), c.world.people["colleague"].pk}:
        data = {"email": "op@example.org", "name": "Op", "first_name": "Op", "last_name": "Op", "is_active": "on"}
        data |= {"is_superuser": "on", "groups": [group.pk for group in Group.objects.all()]}
        c.post("wagtailusers_users:edit", pk, **data)
    c.post(
        "wagtailusers_users:add",
        **data | {"email": "ny@example.org", "password1": "xk29-fyrtaarn", "password2": "xk29-fyrtaarn"},
    )


def group_form(c):
    every = [permission.pk for permission in Permission.objects.filter(codename__in=("change_user", "access_admin"))]
    counters = {f"{kind}-{name}": 0 for kind in ("page_permissions", "collection_permissions", "document_permissions", "image_permissions") for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}  # fmt: skip
    counters |= {f"collection-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    counters |= {name.replace("_permissions", ""): value for name, value in counters.items()}
    for group in Group.objects.all():
        c.post("wagtailusers_groups:edit", group.pk, name=group.name, permissions=every, **counters)
    c.post("wagtailusers_groups:add", name="Alle rettigheder", permissions=every, **counters)


def group_rights(_c):
    return rows(Group.objects, "name", "permissions__codename", "user")


def page_privacy(c):
    for things in (c.own, c.other):
        for page in (things["page"], things["course"]):
            c.post("wagtailadmin_pages:set_privacy", page, restriction_type="login")


def restrictions(_c):
    return rows(PageViewRestriction.objects, "page", "restriction_type")


def publish(c):
    for things in (c.own, c.other):
        page = Page.objects.get(pk=things["page"])
        data = {**PAGE_FORM, "title": "Smuglet", "slug": page.slug, "number": page.specific.number}
        c.post("wagtailadmin_pages:edit", page.pk, **data, **{"action-publish": "1"})
        c.post("wagtailadmin_pages:unpublish", page.pk)
        c.post("wagtailadmin_pages:revisions_revert", page.pk, things["revision"], **data, **{"action-publish": "1"})
        c.post_json("wagtailadmin_api:pages:action", page.pk, "publish")
        c.post_json("wagtailadmin_api:pages:action", page.pk, "unpublish")


def published(_c):
    return rows(Page.objects, "pk", "live", "title")


def into_another_tree(c):
    page, there = c.own["page"], c.other["course"]
    copied = {
        "new_title": "Kopi",
        "new_slug": "kopi",
        "new_parent_page": there,
        "copy_subpages": "",
        "publish_copies": "",
    }
    c.post("wagtailadmin_pages:copy", page, **copied)
    c.post("wagtailadmin_pages:copy", page, **copied, alias="on")
    for action in ("copy", "create_alias"):
        c.post_json(
            "wagtailadmin_api:pages:action", page, action, destination_page_id=there, recursive=False, slug=action
        )
    c.post(
        "wagtailadmin_pages:add", "courses", "teachingdaypage", there, **{**PAGE_FORM, "slug": "ny-dag", "title": "Ny"}
    )
    c.post("wagtailadmin_pages:move_confirm", page, there)
    c.post("wagtailadmin_pages:set_page_position", c.other["page"], position=0)


def tree(_c):
    return rows(Page.objects, "pk", "path")


def reserved_slug(c):
    roots = [Site.objects.get().root_page_id, Page.get_first_root_node().pk]
    for slug in ("admin", "konto"):
        data = {**PAGE_FORM, "title": "Log ind", "slug": slug, "introduction": "null", "course": 1}
        for model in ("coursepage", "librarypage", "teachingdaypage"):
            for parent in (*roots, c.own["course"]):
                c.post("wagtailadmin_pages:add", "courses", model, parent, **data, **{"action-publish": "1"})
        c.post("wagtailadmin_pages:edit", c.own["page"], **data, **{"action-publish": "1"})


def reserved(_c):
    return rows(Page.objects.filter(slug__in=("admin", "konto")), "pk", "slug")


def pages_of_both(c):
    return Page.objects.filter(pk__in=(c.own["page"], c.other["page"]))


def lock_both(c):
    pages_of_both(c).update(locked=True, locked_by=c.world.people["colleague"])


def anothers_lock(c):
    for page in pages_of_both(c):
        c.post("wagtailadmin_pages:unlock", page.pk)


def locks(c):
    return rows(pages_of_both(c).filter(locked=False), "pk")


def lock(c):
    for things in (c.own, c.other):
        c.post("wagtailadmin_pages:lock", things["page"])


def locked(_c):
    return rows(Page.objects.filter(locked=True), "pk")


def bulk_content(c):
    files = {"document": c.other["document"], "image": c.other["image"]}
    c.bulk("wagtailcore", "page", "unpublish", c.other["page"], c.own["page"])
    c.bulk("wagtailcore", "page", "publish", c.other["page"], c.own["page"])
    for model, pk in files.items():
        app = get_document_model()._meta.app_label if model == "document" else get_image_model()._meta.app_label
        c.bulk(app, model, "add_to_collection", pk, collection=c.own["collection"])
        c.bulk(app, model, "add_tags", pk, tags="overtaget")
        c.bulk(app, model, "delete", pk)
    c.bulk("wagtailcore", "page", "move", c.own["page"], chooser=c.other["course"])
    c.bulk("wagtailcore", "page", "delete", c.other["page"])


def content(_c):
    files = [
        rows(model.objects, "pk", "title", "collection", "tags__name")
        for model in (get_document_model(), get_image_model())
    ]
    return (*files, rows(Page.objects, "pk", "path", "live"))


def somebody_new(_c):
    UserFactory(email="ny@example.org")


def bulk_people(c):
    others = [User.objects.get(email="ny@example.org").pk]
    for action, data in (
        ("assign_role", {"role": Group.objects.first().pk}),
        ("set_active_state", {"mark_as_active": ""}),
        ("delete", {}),
    ):
        c.bulk("people", "user", action, *others, **data)


def submit_own(c):
    page = Page.objects.get(pk=c.own["page"]).specific
    page.title = "Smuglet"
    page.save_revision(user=c.person)
    page.get_workflow().start(page, c.world.people[Role.EDITOR])


def approve_own(c):
    page, task = Page.objects.get(pk=c.own["page"]).specific, TaskState.objects.get().pk
    c.post("wagtailadmin_pages:workflow_action", page.pk, "approve", task, comment="Godt")
    if not TaskState.objects.filter(pk=task, status="in_progress").exists():
        return
    data = {**PAGE_FORM, "title": "Smuglet", "slug": page.slug, "number": page.number}
    approval = {"action-workflow-action": "1", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    c.post("wagtailadmin_pages:edit", page.pk, **data, **approval)


def approved(_c):
    return rows(Page.objects.filter(title="Smuglet"), "pk"), rows(TaskState.objects.filter(status="approved"), "pk")


def collections_form(c):
    for things in (c.own, c.other):
        pk = things["collection"]
        c.post("wagtailadmin_collections:edit", pk, name="Min")
        c.post("wagtailadmin_collections:set_privacy", pk, restriction_type="login")
        c.post("wagtailadmin_collections:delete", pk)
    if c.role != SUPERUSER:  # whose new collection meets the factories' hand-made tree
        c.post("wagtailadmin_collections:add", name="Ny", parent=Collection.get_first_root_node().pk)


def collections(_c):
    return rows(Collection.objects, "pk", "name"), rows(CollectionViewRestriction.objects, "pk")


def vocabulary_form(c):
    for name in ("theme", "targetgroup"):
        c.post(f"wagtailsnippets_programme_{name}:edit", c.own[name], name="Overtaget", slug="overtaget")
        c.post(f"wagtailsnippets_programme_{name}:add", name="Ny", slug="ny")
    c.post("wagtailsnippets_programme_principle:delete", c.own["principle"])


def vocabulary(_c):
    return [rows(model.objects, "pk", "name") for model in (Theme, TargetGroup, Principle)]


def foreign_collection(c):
    into = c.other["collection"]
    documents, images = ({"title": "Smuglet", "collection": into, "file": SimpleUploadedFile(name, data)} for name, data in (("s.pdf", PDF), ("s.png", PNG)))  # fmt: skip
    for chooser, app, data in (("document", "wagtaildocs", documents), ("image", "wagtailimages", images)):
        c.post(f"{app}:add", **_fresh(data))
        c.post(
            f"{app}_chooser:create",
            **{f"{chooser}-chooser-upload-{name}": value for name, value in _fresh(data).items()},
        )
        c.post(f"{app}:add_multiple", **{"files[]": _fresh(data)["file"], "collection": into, "title": "Smuglet"})
        c.post(f"{app}:edit", c.own[chooser], **{name: value for name, value in _fresh(data).items() if name != "file"})


def _fresh(data):
    """A file is read once; each request gets one of its own."""
    data["file"].seek(0)
    return data | {"file": SimpleUploadedFile(data["file"].name, data["file"].read())}


def foreign_files(c):
    models = (get_document_model(), get_image_model())
    return [rows(model.objects.filter(collection=c.other["collection"]), "pk") for model in models]


def foreign_words(c):
    page, revision = c.other["page"], c.other["revision"]
    c.visitor.get(f"/admin/pages/{page}/revisions/compare/earliest...latest/")
    for name in ("edit", "view_draft", "history", "revisions_index", "preview_on_edit", "workflow_history", "usage", "copy", "move", "delete"):  # fmt: skip
        c.get(f"wagtailadmin_pages:{name}", page)
    for name in ("revisions_view", "revisions_revert", "revisions_unschedule"):
        c.get(f"wagtailadmin_pages:{name}", page, revision)
    c.get("wagtailadmin_explore", c.other["course"])
    c.get("wagtailadmin_choose_page_child", c.other["course"])
    c.get("wagtailadmin_choose_page_search", q="zebraen")
    c.get("wagtaildocs_chooser:chosen", c.other["document"])
    c.get("wagtailimages_chooser:chosen", c.other["image"])
    for name in ("page_types_usage", "site_history", "aging_pages", "locked_pages", "workflow"):
        c.get(f"wagtailadmin_reports:{name}")


def heard(c):
    # The question itself comes back in the search field, and in the address one might go on to.
    told = c.told
    for question in ('value="zebraen"', "“zebraen”", "q=zebraen"):
        told = told.replace(question, "")
    return [word for word in SECRETS if word in told]


def workflow_form(c):
    groups = [group.pk for group in Group.objects.filter(name__startswith="fodfaeste: provider")]
    task, workflow = (model.objects.get(name=WORKFLOW) for model in (GroupApprovalTask, Workflow))
    lists = {f"workflow_tasks-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    c.post("wagtailadmin_workflows:edit_task", task.pk, name="Alle", groups=groups)
    c.post("wagtailadmin_workflows:disable_task", task.pk)
    c.post("wagtailadmin_workflows:edit", workflow.pk, name="Ingen", **lists)
    c.post("wagtailadmin_workflows:remove", c.own["course"], workflow.pk)
    c.post("wagtailadmin_workflows:disable", workflow.pk)


def workflows(_c):
    tasks = rows(GroupApprovalTask.objects, "name", "groups", "active")
    return tasks, rows(Workflow.objects, "name", "active", "workflow_pages")


def site_form(c):
    site = Site.objects.get()
    data = {"hostname": "ondt.example", "port": 80, "site_name": "Ondt", "root_page": c.own["course"]}
    c.post("wagtailsites:edit", site.pk, **data, is_default_site="on")
    c.post("wagtailsites:add", **data)
    c.post("wagtailsites:delete", site.pk)


def sites(_c):
    return rows(Site.objects, "hostname", "root_page")


ADMIN_LADDERS = [
    Ladder("the user form of the admin", user_form, powers),
    Ladder("the group form of the admin", group_form, group_rights),
    Ladder("the privacy of a page", page_privacy, restrictions, AGENCY),
    Ladder("publishing past the approval", publish, published, AGENCY),
    Ladder("moving, copying, aliasing into another's tree", into_another_tree, tree, {Role.ADMINISTRATOR}),
    Ladder("a page under one of the site's own addresses", reserved_slug, reserved, control=""),
    Ladder("another's lock", anothers_lock, locks, AGENCY, foot=lock_both),
    Ladder("locking a page", lock, locked, {Role.ADMINISTRATOR}),
    Ladder("bulk actions on foreign pages and files", bulk_content, content, AGENCY),
    Ladder("bulk actions on people", bulk_people, powers, foot=somebody_new),
    Ladder("approving one's own change", approve_own, approved, AGENCY, foot=submit_own),
    Ladder("the collections' names, privacy and end", collections_form, collections),
    Ladder("the common vocabulary", vocabulary_form, vocabulary, AGENCY),
    Ladder("uploading into another's collection", foreign_collection, foreign_files, {Role.ADMINISTRATOR}),
    Ladder("revisions, previews, choosers and reports of foreign pages", foreign_words, heard, AGENCY),
    Ladder("the approval's own rules", workflow_form, workflows),
    Ladder("the site and where it begins", site_form, sites),
]
