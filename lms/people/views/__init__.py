"""The pages where people come in and look after their account."""

from lms.people.views.accounts import account, admin_login
from lms.people.views.invitations import invitation, new_invitation
from lms.people.views.passkeys import first_passkey

__all__ = ["account", "admin_login", "first_passkey", "invitation", "new_invitation"]
