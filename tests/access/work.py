"""Erasures on their way, which whoever holds the link may stop; and two organisations' work accounts, each of both kinds: administrators see all of them, and nobody else any."""

from allauth.socialaccount.models import SocialAccount

from lms.people import actions
from lms.people.models import Role
from tests.access.days import UNKNOWN_TOKEN


def make_erasures(world) -> dict[str, dict]:
    erasure = actions.ask_for_erasure(person=world.people["colleague"], now=world.now)
    return {"erasure": {"own": {"token": erasure.token}, "other": {"token": UNKNOWN_TOKEN}}}


def make_work_accounts(world) -> dict[str, dict]:
    by = world.people[Role.ADMINISTRATOR]
    things = {"work_account": {}, "work_link": {}, "work_oidc": {}, "work_saml": {}}
    for relation, organisation in (("own", world.places.municipality), ("other", world.places.other_provider)):
        oidc, saml = (
            actions.set_up_work_account(organisation=organisation, shape=shape, by=by, now=world.now)
            for shape in ("oidc", "saml")
        )
        link = SocialAccount.objects.create(user=world.people["colleague"], provider=oidc.key, uid=f"mark-{relation}")
        things["work_account"][relation] = {"public_id": oidc.public_id}
        things["work_link"][relation] = {"public_id": oidc.public_id, "pk": link.pk}
        things["work_oidc"][relation] = {"provider_id": oidc.key}
        things["work_saml"][relation] = {"organization_slug": saml.key}
    return things
