from lms.people.models import Invitation


def invitation_for_token(token: str) -> Invitation | None:
    """The invitation behind a link, open or not, with whom it names."""
    return Invitation.objects.select_related("person", "organisation", "invited_by").with_token(token)


def words_for_invitee(invitation: Invitation) -> dict:
    """What the mail and its preview say. Never the link: only the mail itself may carry that."""
    return {
        "person": invitation.person,
        "organisation": invitation.organisation,
        "invited_by": invitation.invited_by,
        "expires_at": invitation.expires_at,
    }
