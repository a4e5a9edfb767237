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
    """Let a person's Wagtail groups be what today's memberships say, and nothing else of ours."""
    wanted = set(Group.objects.filter(name__in=rules.groups_of(person)))
    held = set(person.groups.filter(name__startswith=rules.OUR_GROUPS))
    if held - wanted:
        person.groups.remove(*(held - wanted))
    if wanted - held:
        person.groups.add(*(wanted - held))


def _group(name):
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    return group


def _agency():
    agency = _group(rules.AGENCY_GROUP)
    _allow_vocabulary(agency)
    return agency


def _administrators():
    """They look after the whole tree; people and groups are not theirs to change here, because that is every right."""
    administrators = _group(rules.ADMINISTRATOR_GROUP)
    _allow_vocabulary(administrators)
    # The pages of text live above this app; they are worded, never made or deleted.
    texts = Permission.objects.filter(content_type__app_label="home", content_type__model="publicpage")
    administrators.permissions.add(*texts.filter(codename="change_publicpage"))
    administrators.permissions.add(*_permissions(Course, ["change"]))
    _allow_pages(administrators, Page.get_first_root_node(), ["add", "change", "publish", "lock", "unlock"])
    _allow_files(administrators, Collection.get_first_root_node(), ["add", "change", "choose"])


def _allow_vocabulary(group):
    names = [f"{verb}_{model._meta.model_name}" for model in VOCABULARY for verb in ("add", "change", "delete", "view")]
    group.permissions.add(*Permission.objects.filter(content_type__app_label="programme", codename__in=names))


def _allow_pages(group, page, verbs):
    for permission in _permissions(Page, verbs):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_files(group, collection, verbs):
    for model in (get_document_model(), get_image_model()):
        for permission in _permissions(model, verbs):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


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
