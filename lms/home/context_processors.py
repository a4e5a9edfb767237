"""What the frame around every page needs: at most the one query that reads a person's access."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.home.queries import demo_roles
from lms.people.models import Access, Role, access_of
from lms.people.models.membership import MANAGERS

CONSULTANT = {Role.JOB_CONSULTANT}
PROVIDER = {Role.INSTRUCTOR, Role.SUPERVISOR, Role.PROVIDER_COORDINATOR, Role.EDITOR}
LEADS = {Role.LOCAL_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
EDITORS = {Role.EDITOR, Role.PROVIDER_COORDINATOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR}
LOOK_AFTER_PEOPLE = {*MANAGERS.values(), Role.ADMINISTRATOR}
EVERYBODY_BUT_GUESTS = set(Role) - {Role.PSYCHIATRY_PARTNER}


def entries():
    """Each entry of the menu: its address, its words and the roles that see it."""
    return (
        (reverse("home:overview"), _("My overview"), set(Role)),
        (reverse("courses:mine"), _("My course"), CONSULTANT),
        (reverse("meetings:cohorts"), _("Cohorts"), PROVIDER | LEADS),
        (reverse("supervision:home"), _("Supervision"), CONSULTANT | {Role.SUPERVISOR}),
        (reverse("forum:discussions"), _("Community"), EVERYBODY_BUT_GUESTS),
        (reverse("courses:library"), _("Materials"), CONSULTANT | PROVIDER),
        (reverse("home:search"), _("Search"), EVERYBODY_BUT_GUESTS),
        (reverse("people:organisations"), _("Staff"), LOOK_AFTER_PEOPLE),
        (reverse("wagtailadmin_home"), _("Editing"), EDITORS),
    )


def menu_for(access: Access, path: str) -> list[dict]:
    return [
        {"url": url, "label": label, "current": path.startswith(url)}
        for url, label, roles in entries()
        if access.has(*roles)
    ]


def me_for(user, access: Access) -> dict:
    organisation = access.held[-1] if access.held else None
    return {
        "name": user.name,
        "organisation": organisation.organisation if organisation else "",
        "code": organisation.code if organisation else "",
        "url": reverse("people:account"),
    }


def site(request):
    context = {"demo": settings.DEMO, "contact": settings.CONTACT, "menu": [], "me": None}
    if settings.DEMO:
        context["demo_roles"] = demo_roles  # asked for by the sign-in page alone, so a query only there
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        access = access_of(user)
        context |= {"menu": menu_for(access, request.path), "me": me_for(user, access)}
    return context
