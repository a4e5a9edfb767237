"""Who is in the demo: organisations, people with their roles, and the programme they take part in."""

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from lms.home.management.demo.content import Clock, content, municipalities
from lms.people.models import Membership, MunicipalityRegion, Organisation, Role, User
from lms.programme.models import Participation, Principle, Programme, TargetGroup, Theme

PASSWORD = "fodfaeste-demo"  # noqa: S105 - the demo's password is printed on its sign-in page
PROVIDER, RIVAL, AGENCY = "Fjordbro Læring", "Havbred Kurser", "STAR"
EAST_STARTS = date(2027, 1, 1)
BECOME_EAST = {"Region Hovedstaden", "Region Sjælland"}

# Beyond the people of the file: names, titles and addresses made up for the demo.
INVENTED_CONSULTANTS = (
    ("Ditte Hvidkilde", "IPS-konsulent", "Randers", "Vest"),
    ("Mads Engdal", "Jobformidler", "Horsens", "Vest"),
    ("Freja Solbjerg", "Jobformidler", "Greve", "Øst"),
    ("Oskar Lindemark", "Jobkonsulent", "Lejre", "Øst"),
    ("Gitte Rosenlund", "IPS-konsulent", "Køge", "Øst"),
    ("Yasmin Karlsby", "Jobformidler", "Albertslund", "Øst"),
)
# Invited, and not here yet: what a coordinator has to follow up on.
NEWCOMER = ("Signe Overby Lund", "Jobformidler", "Odense", "signe.overby.lund@odense.example")
INVENTED_STAFF = (
    ("Helle Strandby", "Redaktør", PROVIDER, "helle.strandby@fjordbro.example", (Role.EDITOR,)),
    ("Bo Egelund", "Moderator", AGENCY, "bo.egelund@star.example", (Role.MODERATOR,)),
    ("Rikke Damgård", "Administrator", "", "rikke.damgaard@fodfaeste.example", (Role.ADMINISTRATOR,)),
    ("Ulla Brask", "Kursuskoordinator", RIVAL, "ulla.brask@havbred.example", (Role.PROVIDER_COORDINATOR,)),
    ("Anders Mosegaard", "Redaktør", RIVAL, "anders.mosegaard@havbred.example", (Role.EDITOR,)),
)
STAFF_ROLES = {
    "Karen Winther": (Role.INSTRUCTOR,),
    "Thomas Aagaard": (Role.INSTRUCTOR, Role.SUPERVISOR),
    "Inger Sand": (Role.SUPERVISOR,),
    "Line Falk": (Role.PROVIDER_COORDINATOR,),
    "Dorthe Grønbæk": (Role.LOCAL_MANAGER,),
    "Sara Klitgaard": (Role.IPS_AMBASSADOR,),
    "Peter Nørgaard": (Role.PSYCHIATRY_PARTNER,),
    "Jonas Eskesen": (Role.PROGRAMME_MANAGER,),
}
IN_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
PLACES = {"Regional psykiatri": "Region Midtjylland"}
# The short names are ours; the long ones are the programme's own wording.
PRINCIPLES = (
    (
        "Alle, der ønsker at arbejde eller komme i uddannelse, kan deltage i IPS (Ingen eksklusion)",
        "Ingen eksklusion",
        "Zero exclusion",
    ),
    (
        "Målet er job på det ordinære arbejdsmarked eller ordinær uddannelse",
        "Ordinært job eller uddannelse",
        "Focus on competitive employment",
    ),
    (
        "IPS-indsatsen er integreret med den psykiatriske behandling",
        "Integreret med behandlingen",
        "Integration of mental health and employment services",
    ),
    (
        "Vejledning i social- og beskæftigelseslovgivningen (Arbejdets betydning for sociale ydelser m.m.)",
        "Vejledning om ydelser",
        "Work incentives planning",
    ),
    ("Jobsøgning starter hurtigt efter henvisning til IPS-indsatsen", "Hurtig jobsøgning", "Rapid job search"),
    (
        "Indsatsen – og kontakten til arbejdsgiverne i lokalområdet - baseres på IPS-deltagerens præferencer og valg",
        "Arbejdsgiverkontakt ud fra ønsker",
        "Systematic job development",
    ),
    (
        "Den individualiserede støtte på arbejdspladsen/uddannelsen er tidsubegrænset",
        "Støtte uden tidsgrænse",
        "Time-unlimited, individualised job supports",
    ),
    ("Deltagerens egne præferencer tilgodeses", "Egne præferencer", "Attention to client preferences"),
)


@dataclass
class World:
    """What the later steps look things up in."""

    organisations: dict[str, Organisation]
    people: dict[str, User]
    programme: Programme
    themes: dict[str, Theme]
    principles: dict[int, Principle]
    cohort_of: dict[str, str]

    def home_of(self, person: User) -> Organisation:
        return Organisation.objects.filter(memberships__person=person).distinct().get()


def create(clock: Clock) -> World:
    organisations = _organisations()
    _regions(organisations)
    people, cohort_of = _people(organisations, clock)
    programme = _programme(organisations, clock)
    return World(organisations, people, programme, _themes(), _principles(), cohort_of)


def _organisations() -> dict[str, Organisation]:
    rows = municipalities()
    kind = Organisation.Kind
    wanted = [Organisation(kind=kind.MUNICIPALITY, name=row["name"], code=row["code"]) for row in rows]
    regions = {row["region_name"]: row["region_code"] for row in rows}
    wanted += [Organisation(kind=kind.REGION, name=name, code=code) for name, code in sorted(regions.items())]
    wanted += [
        Organisation(kind=kind.REGION, name="Region Østdanmark"),
        Organisation(kind=kind.PROVIDER, name=PROVIDER, email="kontakt@fjordbro.example", phone="70 10 00 00"),
        Organisation(kind=kind.PROVIDER, name=RIVAL, email="kontakt@havbred.example", phone="70 20 00 00"),
        Organisation(kind=kind.AGENCY, name=AGENCY),
    ]
    return {row.name: row for row in Organisation.objects.bulk_create(wanted)}


def _regions(organisations: dict[str, Organisation]) -> None:
    """Two regions become one at the turn of the year, so a municipality's region is a dated row."""
    rows = []
    for row in municipalities():
        municipality, region = organisations[row["name"]], organisations[row["region_name"]]
        ends = row["region_name"] in BECOME_EAST
        rows.append(
            MunicipalityRegion(
                municipality=municipality,
                region=region,
                start_date=date(2007, 1, 1),
                end_date=date(2026, 12, 31) if ends else None,
            )
        )
        if ends:
            east = organisations["Region Østdanmark"]
            rows.append(MunicipalityRegion(municipality=municipality, region=east, start_date=EAST_STARTS))
    MunicipalityRegion.objects.bulk_create(rows)


def _wanted_people():
    """(name, title, organisation, address, roles, cohort) of everybody."""
    for row in content()["people"]:
        place = row["place"].partition(" (")[0]
        roles = STAFF_ROLES.get(row["name"], (Role.JOB_CONSULTANT,))
        yield row["name"], row["role"], PLACES.get(place, place), row["email"], roles, row["cohort"].strip("–")
    for name, title, place, cohort in INVENTED_CONSULTANTS:
        domain = slugify(place.translate(IN_ASCII))
        address = f"{slugify(name).replace('-', '.')}@{domain}.example"
        yield name, title, place, address, (Role.JOB_CONSULTANT,), cohort
    for name, title, place, address, roles in INVENTED_STAFF:
        yield name, title, place, address, roles, ""


def _people(organisations, clock):
    wanted = list(_wanted_people())
    password = make_password(PASSWORD)
    created = User.objects.bulk_create(
        [
            # They have read what is kept of them, so that a click on a role leads to its overview.
            User(email=email, name=name, title=title, password=password, informed_edition=1, informed_at=clock.at(-7))
            for name, title, _place, email, _roles, _cohort in wanted
        ]
    )
    people = {person.name: person for person in created}
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in created]
    )
    Membership.objects.bulk_create(
        [
            Membership(
                person=people[name],
                organisation=organisations[place] if place else None,
                role=role,
                start_date=clock.day(-400),
            )
            for name, _title, place, _email, roles, _cohort in wanted
            for role in roles
        ]
    )
    return people, {name: cohort for name, _t, _p, _e, _r, cohort in wanted if cohort}


def _programme(organisations, clock) -> Programme:
    programme = Programme.objects.create(
        name="Flere skal med 3",
        slug="flere-skal-med-3",
        summary="En indsats, hvor kommuner kan arbejde med den udvidede, IPS-inspirerede indsatsmodel.",
    )
    taking_part = {place for _n, _t, place, _e, roles, _c in _wanted_people() if Role.JOB_CONSULTANT in roles}
    Participation.objects.bulk_create(
        [
            Participation(
                programme=programme,
                municipality=organisations[name],
                has_extended_model=True,
                start_date=clock.day(-400),
                is_invented=True,
            )
            for name in sorted(taking_part)
        ]
    )
    TargetGroup.objects.create(name="Unge under 30", slug="unge-under-30")
    TargetGroup.objects.create(name="Borgere med svære psykiske lidelser", slug="svaere-psykiske-lidelser")
    return programme


def _themes() -> dict[str, Theme]:
    names = sorted({tag for post in content()["posts"] for tag in post["tags"]})
    rows = [
        Theme(name=name, slug=slugify(name.translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))))
        for name in names
    ]
    return {theme.name: theme for theme in Theme.objects.bulk_create(rows)}


def _principles() -> dict[int, Principle]:
    rows = [
        Principle(number=number, name=name, short_name=short, english_name=english)
        for number, (name, short, english) in enumerate(PRINCIPLES, start=1)
    ]
    return {principle.number: principle for principle in Principle.objects.bulk_create(rows)}
