from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin

from lms.people.methods.claims import Identity


class WorkLogin(SocialLogin):
    """Somebody on the way in. Nothing of what the provider told is kept but the mark that never changes."""

    def __init__(self, *, provider, identity: Identity):
        account = SocialAccount(provider=provider.sub_id, uid=identity.subject, extra_data={})
        super().__init__(account=account, provider=provider)
        self.identity = identity

    def lookup(self):
        """Who this is, our own action decides; allauth's way would write to the link while only trying."""
        self._did_authenticate_by_email = None


class FromWork:
    """What our two kinds of provider share; first among the bases."""

    app: Any

    @property
    def account(self):
        return self.app.work_account

    def serialize(self):
        """For a sign-in that waits for a second factor: two organisations may have given us the same client id."""
        return {"id": self.app.provider_id}
