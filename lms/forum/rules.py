"""Who may do what in the community. Seeing is ``visible_to``; these are about doing."""

from lms.forum.models import FORUM_ROLES
from lms.people.models import Role, access_of

# Where an effort is carried out; they come first when somebody has two jobs.
MUNICIPAL_ROLES = (Role.JOB_CONSULTANT, Role.LOCAL_MANAGER)


def writes_for(user) -> int | None:
    """Id of the organisation a person writes from, or nothing: an administrator belongs to nobody and only reads."""
    access = access_of(user)
    places = access.organisations(*MUNICIPAL_ROLES) or access.organisations(*FORUM_ROLES)
    return places[0] if places else None


def can_read(user) -> bool:
    return access_of(user).has(*FORUM_ROLES)


def can_write(user) -> bool:
    return writes_for(user) is not None


def can_edit(user, thing) -> bool:
    """A discussion or a reply is changed by whoever wrote it, as long as that person takes part."""
    return thing.author_id == user.pk and not thing.is_hidden and can_write(user)


def can_try(user, discussion) -> bool:
    """Only another municipality can say whether a practice travels."""
    return (
        discussion.can_be_tried
        and not discussion.is_draft
        and discussion.author_id != user.pk
        and bool(access_of(user).organisations(*MUNICIPAL_ROLES))
        and writes_for(user) != discussion.organisation_id
    )


def can_moderate(user) -> bool:
    return access_of(user).has(Role.MODERATOR)
