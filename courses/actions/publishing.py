"""Who may do what in the editors' admin. Wagtail's groups follow our memberships; nobody is put into one by hand."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from courses import rules
from courses.models import CoursePage
from lms.people.models import Organisation
from lms.programme.models import Course, Principle, TargetGroup, Theme

# Stands in the middle of Wagtail's sentences: »Send til godkendelse i STAR«.
WORKFLOW = "godkendelse i STAR"
VOCABULARY = (Principle, Theme, TargetGroup)


@transaction.atomic
def set_up_provider(*, provider: Organisation, course_page: CoursePage) -> Group:
    """Give a provider's people its own page tree and its own files, and the agency the last word. Repeatable."""
    group = _group(rules.PROVIDER_GROUP.format(provider.pk))
    _allow_pages(group, course_page, ["add", "change"])
    collection = _collection(provider, group)
    _allow_files(group, collection, ["add", "change", "choose"])
    agency = _agency()
    _allow_pages(agency, course_page, ["change", "publish", "unlock"])
    _allow_files(agency, collection, ["choose"])
    _administrators()
    WorkflowPage.objects.update_or_create(page=course_page, defaults={"workflow": _workflow(agency)})
    return group


@transaction.atomic
def sync_groups(*, person) -> None:
    """Let a person's groups be what today's memberships say, and nothing else: not Wagtail's own either."""
    wanted = set(Group.objects.filter(name__in=rules.groups_of(person)))
    held = set(person.groups.all())
    if held - wanted:
        person.groups.remove(*(held - wanted))
    if wanted - held:
        person.groups.add(*(wanted - held))


def _group(name, permissions=()):
    """A group with the right to enter the admin and ``permissions``; whatever else it was given goes."""
    group, _created = Group.objects.get_or_create(name=name)
    enter = Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
    group.permissions.set([enter, *permissions])
    return group


def _agency():
    return _group(rules.AGENCY_GROUP, _vocabulary())


def _administrators():
    """They look after the whole tree; people and groups are not theirs to change here, because that is every right."""
    # The pages of text live above this app; they are worded, never made or deleted.
    texts = Permission.objects.filter(
        content_type__app_label="home", content_type__model="publicpage", codename="change_publicpage"
    )
    administrators = _group(rules.ADMINISTRATOR_GROUP, [*_vocabulary(), *_permissions(Course, ["change"]), *texts])
    _allow_pages(administrators, Page.get_first_root_node(), ["add", "change", "publish", "lock", "unlock"])
    _allow_files(administrators, Collection.get_first_root_node(), ["add", "change", "choose"])


def _vocabulary():
    return [right for model in VOCABULARY for right in _permissions(model, ("add", "change", "delete", "view"))]


def _allow_pages(group, page, verbs):
    _allow(GroupPagePermission, _permissions(Page, verbs), group=group, page=page)


def _allow_files(group, collection, verbs):
    rights = [right for model in (get_document_model(), get_image_model()) for right in _permissions(model, verbs)]
    _allow(GroupCollectionPermission, rights, group=group, collection=collection)


def _allow(model, rights, **where):
    """Exactly these rights on one page or collection, whatever was given there before."""
    model.objects.filter(**where).exclude(permission__in=rights).delete()
    for right in rights:
        model.objects.get_or_create(permission=right, **where)


def _permissions(model, verbs):
    names = [f"{verb}_{model._meta.model_name}" for verb in verbs]
    return Permission.objects.filter(content_type__app_label=model._meta.app_label, codename__in=names)


def _collection(provider, group):
    own = Collection.objects.filter(group_permissions__group=group).first()
    return own or Collection.get_first_root_node().add_child(name=provider.name)


def _workflow(agency):
    task, _created = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    task.groups.add(agency)
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow
