"""What can be wrong with a sign-in at work, each in words that tell an administrator what to do about it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Problem(TextChoices):
    """The value is what a person reads out on the phone; the label is what an administrator reads."""

    UNREACHABLE = "unreachable", _("The provider did not answer within five seconds, or not with what was asked for.")
    ADDRESS_REFUSED = (
        "address-refused",
        _("The address is not allowed: it must be https, on the public network, and answer without leading elsewhere."),
    )
    WRONG_ISSUER = (
        "wrong-issuer",
        _("The answer names another issuer than the one written here. Copy the issuer letter for letter."),
    )
    WRONG_AUDIENCE = (
        "wrong-audience",
        _("The answer was meant for another site: client id or entity id differ from what the provider has for us."),
    )
    CLOCK = (
        "clock",
        _("The answer is not valid yet or not any more. Compare the clock of the provider with the right time."),
    )
    NOT_SIGNED = "not-signed", _("The answer was not signed. The provider must sign what it says of a person.")
    BAD_SIGNATURE = (
        "bad-signature",
        _("The signature does not fit the key or certificate we have. Has the provider got a new one?"),
    )
    CERTIFICATE_EXPIRED = "certificate-expired", _("The provider's certificate has run out. Put the new one in.")
    CODE_REFUSED = (
        "code-refused",
        _("The provider would not exchange the code. The client secret is wrong or has run out, most often."),
    )
    REFUSED_THERE = "refused-there", _("The provider refused: the account is closed there, or sign-in was cancelled.")
    NOT_ASKED = "not-asked", _("The answer fits no question of ours: it came late, twice, or from somewhere else.")
    WRONG_PLACE = "wrong-place", _("The answer was meant for another address than ours. Copy the addresses once more.")
    UNREADABLE = "unreadable", _("The answer cannot be read.")
    NO_SUBJECT = "no-subject", _("The answer lacks a mark of the person that never changes.")
    FLEETING_SUBJECT = (
        "fleeting-subject",
        _("The person's mark is a new one each time (transient). Choose a persistent NameID at the provider."),
    )
    NO_EMAIL = "no-email", _("The answer lacks an e-mail address. Let the provider send it along.")
    EMAIL_DENIED = "email-denied", _("The provider says itself that it has not verified the e-mail address.")
    OTHER_DOMAIN = "other-domain", _("The e-mail address belongs to none of the domains written here.")
    OTHER_CVR = "other-cvr", _("The CVR number is missing, or is not that of this organisation.")
    ANOTHER_SUBJECT = (
        "another-subject",
        _("The person is linked to another account at the same provider. Remove that link if the new one is right."),
    )
    NOT_INVITED = "not-invited", _("Nobody with this address is invited by the organisation or belongs to it.")
    NOT_ACTIVE = "not-active", _("The work account is not switched on.")


class SignInRefused(Exception):  # noqa: N818 - it states a fact, as all our exceptions do
    """Nobody comes in with this answer."""

    def __init__(self, problem: Problem):
        super().__init__(problem.value)
        self.problem = problem
