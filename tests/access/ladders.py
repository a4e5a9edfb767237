"""Ways up, by name: what somebody sends who wants more than their role gives, and where one would see that it worked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
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
from lms.people.models import Membership, Organisation, Role, User
from lms.people.queries import ADMINISTRATORS
from lms.programme.models import Principle, TargetGroup, Theme
from tests.access.addresses import PAGE_FORM
from tests.factories.courses import PDF, PNG
from tests.factories.people import UserFactory

AGENCY = {Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
SUPERUSER = "superuser"
# What a draft or a foreign page would say.
SECRETS = ("lemuren", "zebraen")


class Climber:
    """Somebody at the foot of the ladder, with a browser, and what the pages told them."""

    def __init__(self, world, role, visitor, person):
        self.world, self.role, self.visitor, self.person = world, role, visitor, person
        self.own, self.other = (world.things["admin"][relation] for relation in ("own", "other"))
        self.told = ""

    def get(self, where, /, *args, **query):
        return self._heard(self.visitor.get(reverse(where, args=args), query))

    def post(self, where, /, *args, **data):
        return self._heard(self.visitor.post(reverse(where, args=args), data))

    def post_json(self, where, /, *args, **data):
        return self._heard(
            self.visitor.post(reverse(where, args=args), json.dumps(data), content_type="application/json")
        )

    def bulk(self, app, model, action, *pks, **data):
        address = reverse("wagtail_bulk_action", args=[app, model, action])
        query = "&".join(f"id={pk}" for pk in pks)
        self._heard(self.visitor.post(f"{address}?{query}", data))

    def _heard(self, response):
        assert response.status_code < 500, response
        if not response.streaming:
            self.told += response.content.decode("utf-8", "replace").lower()
        return response


@dataclass(frozen=True)
class Ladder:
    name: str
    climb: Callable
    # What would be different at the top.
    top: Callable
    # Whose right it is: for them it is no ladder.
    rightful: set = field(default_factory=set)
    # Who does get up: proof that what is sent would work. Nobody, where no right at all leads there.
    control: str = SUPERUSER
    # What stands there before anybody climbs.
    foot: Callable = lambda _climber: None


def rows(manager, *names):
    return sorted(manager.values_list(*names), key=repr)


def user_form(c):
    for pk in {getattr(c.person, "pk", 1), c.world.people["colleague"].pk}:
        data = {"email": "op@example.org", "name": "Op", "first_name": "Op", "last_name": "Op", "is_active": "on"}
        data |= {"is_superuser": "on", "groups": [group.pk for group in Group.objects.all()]}
        c.post("wagtailusers_users:edit", pk, **data)
    c.post(
        "wagtailusers_users:add",
        **data | {"email": "ny@example.org", "password1": "xk29-fyrtaarn", "password2": "xk29-fyrtaarn"},
    )


def powers(_c):
    return rows(User.objects, "pk", "email", "is_superuser", "is_active", "groups"), rows(
        User.objects, "user_permissions"
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


def own_profile(c):
    more = dict.fromkeys(("is_superuser", "is_staff", "is_active"), "on") | {"role": "administrator"}
    groups = [group.pk for group in Group.objects.all()]
    c.post("people:account", name="Bo", language="da", email="op@example.org", groups=groups, **more)


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


def confirmed_addresses(c):
    """As everybody has one who came in by an invitation."""
    for person in {c.person, c.world.people[Role.ADMINISTRATOR]} - {None}:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)


def administrators_address(c):
    address = c.world.people[Role.ADMINISTRATOR].email
    for action in ("action_add", "action_primary", "action_send"):
        c.post("account_email", email=address, **{action: ""})
    c.post("people:account", name="Bo", language="da", email=address)


def addresses(c):
    theirs = c.world.people[Role.ADMINISTRATOR]
    # A row nobody has confirmed stands for nothing: it keeps secret whether the address was known.
    counting = EmailAddress.objects.filter(Q(verified=True) | Q(primary=True))
    taken = counting.filter(email=theirs.email).exclude(user=theirs)
    return rows(User.objects, "pk", "email"), rows(taken, "user", "email")


def keys(c):
    homes = Organisation.objects.filter(memberships__person=c.person).distinct() if c.person else ()
    foreign = (c.world.places.other_provider, c.world.places.agency, c.world.places.region)
    return [*(home.pk for home in homes), *(place.pk for place in foreign), ADMINISTRATORS]


def higher_role(c):
    today = localdate(c.world.now)
    for key in keys(c):
        for role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.MODERATOR):
            data = {"email": c.world.people["colleague"].email, "name": "Op", "role": role, "start_date": today}
            c.post("people:add_member", key, **data, organisation="")


def high_roles(_c):
    return rows(
        Membership.objects.with_role(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.MODERATOR), "person", "role"
    )


def foreign_role(c):
    """Every role, at every place but the own, and the own place's form with another one hidden in it."""
    today, other = localdate(c.world.now), c.world.places.other_provider
    for key in keys(c):
        for role in Role:
            data = {"email": f"{role}@example.org", "name": "Op", "role": role, "start_date": today}
            c.post("people:add_member", key, **data, organisation=other.pk, key=other.pk)
    staff = c.world.things["membership"]["other"]
    for name in ("end_membership", "change_job"):
        data = {"first_day_without": today, "organisation": other.pk, "role": Role.EDITOR, "start_date": today}
        c.post(f"people:{name}", staff["key"], staff["pk"], **data)
        c.post(f"people:{name}", keys(c)[0], staff["pk"], **data)


def foreign_memberships(c):
    """Of everybody but the own organisation's kind of people."""
    homes = Organisation.objects.filter(memberships__person=c.person) if c.person else Organisation.objects.none()
    return rows(Membership.objects.exclude(organisation__in=homes), "person", "role", "end_date"), _misfits(homes)


def _misfits(homes):
    """Roles that do not belong at an organisation of that kind."""
    consultants = {Role.JOB_CONSULTANT, Role.LOCAL_MANAGER}
    kinds = rows(Membership.objects.filter(organisation__in=homes), "organisation__kind", "role", "pk")
    return [row for row in kinds if (row[0] == "municipality") != (row[1] in consultants)]


def role_to_oneself(c):
    for key in keys(c):
        for role in Role:
            data = {"email": getattr(c.person, "email", "x@example.org").upper(), "name": "Op", "role": role}
            c.post("people:add_member", key, **data, start_date=localdate(c.world.now))


def own_memberships(c):
    return rows(Membership.objects.filter(person=c.person), "role", "organisation")


def ends_soon(c):
    Membership.objects.filter(person=c.person, end_date=None).update(end_date=next_week(c))


def next_week(c):
    return localdate(c.world.now) + timedelta(days=7)


def longer(c):
    """Somebody whose job ends next week would like to stay."""
    for row in Membership.objects.filter(person=c.person):
        data = {"first_day_without": next_week(c) + timedelta(days=300), "end_date": "", "understood": "on"}
        c.post("people:end_membership", row.organisation_id or ADMINISTRATORS, row.pk, **data)


def stays(c):
    return rows(Membership.objects.filter(person=c.person).lasting(next_week(c) + timedelta(days=1)), "pk")


def take_over_by_name(c):
    """An account that is known by its address gets another name, and with it another face."""
    email = c.world.people[Role.ADMINISTRATOR].email
    seat, cohort = c.world.things["enrolment"]["own"], c.world.things["cohort"]["own"]
    data = {"name": "En Anden", "email": email, "title": "Chef", "phone": "70101010"}
    c.post("meetings:substitute", seat["slug"], seat["pk"], **data)
    file = SimpleUploadedFile("liste.csv", f"Navn;E-mail;Kommune\nEn Anden;{email};Egen Kommune\n".encode())
    c.post("meetings:import", cohort["slug"], file=file)
    c.post("people:add_member", keys(c)[0], **data, role=Role.JOB_CONSULTANT, start_date=localdate(c.world.now))


def names(c):
    return rows(User.objects.filter(pk=c.world.people[Role.ADMINISTRATOR].pk), "name", "password")


def demo_door(c):
    for person in c.world.people.values():
        c.post("home:demo_sign_in", email=person.email, role="administrator", person=person.pk)


def sessions(c):
    return c.visitor.get(reverse("people:account")).status_code


LADDERS = [
    Ladder("the user form of the admin", user_form, powers),
    Ladder("the group form of the admin", group_form, group_rights),
    Ladder("is_superuser beside the own profile", own_profile, powers, control=""),
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
    Ladder(
        "an administrator's e-mail address", administrators_address, addresses, control="", foot=confirmed_addresses
    ),
    Ladder("inviting to a higher role", higher_role, high_roles, AGENCY, Role.ADMINISTRATOR),
    Ladder(
        "a role elsewhere or of another kind",
        foreign_role,
        foreign_memberships,
        {Role.ADMINISTRATOR},
        Role.ADMINISTRATOR,
    ),
    Ladder("a role to oneself", role_to_oneself, own_memberships, control=""),
    Ladder("a longer stay than was given", longer, stays, control="", foot=ends_soon),
    Ladder("a known account's name by list or seat", take_over_by_name, names, control=""),
    Ladder("the demo's door", demo_door, sessions, control=""),
]
