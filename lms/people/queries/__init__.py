"""What one page or mail needs to know about people."""

from lms.people.queries.accounts import SignInMethods, sign_in_methods_of
from lms.people.queries.invitations import invitation_for_token, words_for_invitee
from lms.people.queries.names import names_on_the_site

__all__ = ["SignInMethods", "invitation_for_token", "names_on_the_site", "sign_in_methods_of", "words_for_invitee"]
