"""What one page or mail needs to know about people."""

from lms.people.queries.accounts import SignInMethods, sign_in_methods_of
from lms.people.queries.invitations import invitation_for_token, words_for_invitee

__all__ = ["SignInMethods", "invitation_for_token", "sign_in_methods_of", "words_for_invitee"]
