"""May this person…? Each sentence written once."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission
from wagtail.permissions import page_permission_policy

from courses.models import CoursePage, Material, TeachingDay, TeachingDayPage
from lms.meetings.models import Enrolment
from lms.people.models import Role, access_of

# A provider's people who write its pages; a supervisor's work is not in pages.
WRITING_ROLES = (Role.EDITOR, Role.PROVIDER_COORDINATOR, Role.INSTRUCTOR)
AGENCY_ROLES = (Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)
# Wagtail's groups, by the names of which we know our own.
AGENCY_GROUP = "fodfaeste: agency"
ADMINISTRATOR_GROUP = "fodfaeste: administrators"
PROVIDER_GROUP = "fodfaeste: provider {}"


def groups_of(person) -> list[str]:
    """The groups today's memberships give, whatever groups the person was put into before."""
    access = access_of(person)
    names = [PROVIDER_GROUP.format(pk) for pk in access.organisations(*WRITING_ROLES)]
    if access.has(Role.PROGRAMME_MANAGER):
        names.append(AGENCY_GROUP)
    if access.has(Role.ADMINISTRATOR):
        names.append(ADMINISTRATOR_GROUP)
    return names


def can_see_whole_admin(user) -> bool:
    """The agency approves every provider's pages; a provider's people must not learn of the others'."""
    return user.is_superuser or access_of(user).has(*AGENCY_ROLES)


def can_plan_cohorts(user, page: CoursePage) -> bool:
    """A course's cohorts are made by its provider's coordinators."""
    return page.course.provider_id in access_of(user).organisations(Role.PROVIDER_COORDINATOR)


def can_write_own_work(user, day: TeachingDay) -> bool:
    """Reflections and trials belong to those who sit in the day's cohort."""
    return Enrolment.objects.enrolled().filter(cohort=day.cohort_id, person=user).exists()


def can_read_document(user, document) -> bool:
    """A file is read through a published page that holds it, or by those who edit or approve such pages."""
    if choosable_documents(user).filter(pk=document.pk).exists():
        return True
    if Material.objects.visible_to(user).filter(document=document).exists():
        return True
    return _is_in_a_body(user, document)


def can_see_image(user, image) -> bool:
    """An image is seen on a published page that shows it, or by those who edit or approve such pages."""
    if choosable_images(user).filter(pk=image.pk).exists():
        return True
    return _is_in_a_body(user, image)


def can_read_unplanned(user, page) -> bool:
    """A published day that no cohort of one's own has yet: its writers and the agency."""
    own = CoursePage.objects.filter(course__provider__in=access_of(user).organisations(*WRITING_ROLES))
    return can_see_whole_admin(user) or own.ancestor_of(page).exists()


def choosable_documents(user):
    return _in_own_collections(user, get_document_model().objects.all())


def choosable_images(user):
    return _in_own_collections(user, get_image_model().objects.all())


def explorable_pages(user):
    """The pages Wagtail lets ``user`` walk in the admin."""
    return page_permission_policy.explorable_instances(user)


def _in_own_collections(user, things):
    """By the memberships, not by the groups Wagtail remembers: an ended one ends this too."""
    if can_see_whole_admin(user):
        return things
    own = GroupCollectionPermission.objects.filter(group__name__in=groups_of(user))
    return things.filter(collection__in=own.values("collection"))


def _is_in_a_body(user, thing) -> bool:
    body = TeachingDayPage._meta.get_field("body")
    pages = TeachingDayPage.objects.visible_to(user).only("body")
    wanted = (type(thing), str(thing.pk))
    return any(wanted == (model, str(pk)) for page in pages for model, pk, *_ in body.extract_references(page.body))
