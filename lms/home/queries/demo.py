from django.utils.translation import gettext as _

from lms.people.models import Membership, Role, User

# One door per role on the sign-in page: the people of the demo's story, grouped as they would sit.
GROUPS = (
    ("municipality", ("mette.lindholm", "camilla.brandt.nissen", "dorthe.groenbaek")),
    ("provider", ("karen.winther", "inger.sand", "line.falk", "helle.strandby")),
    ("agency", ("jonas.eskesen", "bo.egelund", "rikke.damgaard")),
    ("region", ("sara.klitgaard", "peter.noergaard")),
    ("rival", ("ulla.brask",)),
)


def demo_people():
    """Everybody the demo's one-click doors may open for."""
    return User.objects.filter(is_active=True, email__endswith=".example")


def group_titles() -> dict[str, str]:
    return {
        "municipality": _("In a municipality"),
        "provider": _("At the provider"),
        "agency": _("At STAR and in operations"),
        "region": _("In a region"),
        "rival": _("At another provider"),
    }


def demo_roles() -> list[dict]:
    """The sign-in page's doors: a role in words, who it is, and the address behind the button."""
    memberships = Membership.objects.current().filter(person__in=demo_people())
    held = {}
    for membership in memberships.select_related("person", "organisation").order_by("-id"):
        held[membership.person.email.partition("@")[0]] = membership
    titles = group_titles()
    return [
        {"title": titles[key], "roles": [_door(held[name]) for name in names if name in held]} for key, names in GROUPS
    ]


def _door(membership: Membership) -> dict:
    where = membership.organisation.name if membership.organisation else ""
    who = f"{membership.person.name}, {where}" if where else membership.person.name
    role = str(Role(membership.role).label)
    return {"role": role[:1].upper() + role[1:], "who": who, "email": membership.person.email}
