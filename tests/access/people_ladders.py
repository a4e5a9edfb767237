"""Ways up through the pages about people, by name: what somebody sends who wants more than their role gives, and where one would see that it worked."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from lms.people.models import Membership, Organisation, Role, User
from lms.people.queries import ADMINISTRATORS
from tests.access.climbing import AGENCY, Ladder, powers, rows


def own_profile(c):
    more = dict.fromkeys(("is_superuser", "is_staff", "is_active"), "on") | {"role": "administrator"}
    groups = [group.pk for group in Group.objects.all()]
    c.post("people:account", name="Bo", language="da", email="op@example.org", groups=groups, **more)


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


PEOPLE_LADDERS = [
    Ladder("is_superuser beside the own profile", own_profile, powers, control=""),
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
