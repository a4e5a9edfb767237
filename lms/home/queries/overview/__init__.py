"""*Mit overblik*: one screen per role, the next thing to do on top."""

from datetime import datetime

from lms.home.queries.overview import agency, consultant, manager, provider, region
from lms.people.models import Role, access_of
from lms.people.models.membership import PROVIDER_ROLES

# The first role that fits decides; somebody with two sees the one with more to do.
BUILDERS = (
    ({Role.JOB_CONSULTANT}, consultant.build),
    (PROVIDER_ROLES, provider.build),
    ({Role.LOCAL_MANAGER}, manager.build),
    ({Role.PROGRAMME_MANAGER}, agency.build),
    ({Role.MODERATOR}, agency.build_for_moderator),
    ({Role.IPS_AMBASSADOR}, region.build),
    ({Role.PSYCHIATRY_PARTNER}, region.build_for_partner),
    ({Role.ADMINISTRATOR}, agency.build_for_administrator),
)


def overview_for(person, now: datetime) -> dict:
    """What the overview shows ``person``; empty for somebody whose memberships have all ended."""
    access = access_of(person)
    for roles, build in BUILDERS:
        if access.has(*roles):
            return {"now": now, **build(person, now)}
    return {"now": now}
