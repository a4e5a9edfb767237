"""What the community holds: written by the asking person, by the same municipality, by others; drafts; hidden ones."""

from lms.forum import actions, rules
from lms.forum.models import Post
from lms.people.models import Role
from tests.factories.forum import consultant_in, reply_by, shared_by

SILENT = {Role.PSYCHIATRY_PARTNER, Role.ADMINISTRATOR}


def make_forum(world) -> dict:
    neighbour, stranger = consultant_in(world.places.municipality), consultant_in()
    others = {
        "own": _shared(neighbour, world.now),
        "other": _shared(stranger, world.now),
        "draft": _shared(neighbour, world.now, "Ulven er en kladde", is_draft=True),
        "hidden": _shared(stranger, world.now, "Bisonen er skjult"),
    }
    actions.report(discussion=others["other"], by=neighbour, reason="Grævlingen kan kendes.", now=world.now)
    actions.hide(thing=others["hidden"], by=world.people[Role.MODERATOR], now=world.now)
    mine = {role: _shared(world.people[role], world.now) for role in writers(world)}
    return {
        "discussion": _addresses(mine, others),
        "reply": _addresses(*_replies(world, mine, others, neighbour, stranger)),
    }


def writers(world) -> list[str]:
    return [role for role, person in world.people.items() if role not in SILENT and rules.can_write(person)]


def _shared(author, now, title="Vi går ture", **fields):
    """A practice description: the kind that can be tried elsewhere."""
    return shared_by(author, f"{title} {author.pk}", kind="practice", now=now, **fields)


def _replies(world, mine, others, neighbour, stranger):
    under = others["other"]
    replies = {
        "own": reply_by(neighbour, under, now=world.now),
        "other": reply_by(stranger, under, now=world.now),
        "draft": reply_by(neighbour, under, "Ulven svarer.", now=world.now),
        "hidden": reply_by(stranger, under, "Bisonen svarer.", now=world.now),
    }
    actions.hide(thing=replies["hidden"], by=world.people[Role.MODERATOR], now=world.now)
    # A reply has no draft of its own: this one stands under a discussion that is one.
    Post.objects.filter(pk=replies["draft"].pk).update(discussion=others["draft"])
    return {role: reply_by(world.people[role], under, now=world.now) for role in mine}, replies


def _addresses(mine, others) -> dict:
    return {
        "mine": {role: {"pk": thing.pk} for role, thing in mine.items()},
        **{relation: {"pk": thing.pk} for relation, thing in others.items()},
    }
