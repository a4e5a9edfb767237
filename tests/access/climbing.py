"""Somebody at the foot of a ladder, and what a ladder is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse

from lms.people.models import Role, User

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


def powers(_c):
    return rows(User.objects, "pk", "email", "is_superuser", "is_active", "groups"), rows(
        User.objects, "user_permissions"
    )
