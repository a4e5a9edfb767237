"""What is held of people here, in the outbox, and in the packages for sign-in that we build on."""

from django.utils.translation import gettext_lazy as _

from lms.people.actions.audit import KEPT, OPENINGS_KEPT
from lms.people.actions.erasure import forget_sessions
from lms.people.actions.erasure_requests import ask_unused_accounts, unused_accounts
from lms.people.methods.privacy import Erasure, Keep, Line, keep_apart, register
from lms.people.methods.privacy.activities import ACCOUNTS, MAIL, RIGHTS, SECURITY

YEAR = 365
UNUSED_FOR = 2 * YEAR

register(
    Line(
        model="people.User",
        activity=ACCOUNTS,
        holds=_(
            "name, e-mail, job title, phone number, language, when last signed in, which information was read when"
        ),
        person=("id",),
        secret=("password", "public_id"),
        erasure=Erasure.DELETE,
        keep=Keep(
            UNUSED_FOR,
            "last_login",
            _("after the last sign-in and the last membership: told 30 days ahead, then erased"),
            carry_out=lambda now: ask_unused_accounts(unused_for=UNUSED_FOR, now=now),
            waiting=lambda now: unused_accounts(unused_for=UNUSED_FOR, now=now).count(),
        ),
    ),
    Line(
        model="people.User_groups",
        activity=ACCOUNTS,
        holds=_("which rights in the editors' back office follow from the role"),
        person=("user",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="people.User_user_permissions",
        activity=ACCOUNTS,
        holds=_("rights given to one person; not in use"),
        person=("user",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="people.Membership",
        activity=ACCOUNTS,
        holds=_("whom somebody works for, in which role, from when until when"),
        person=("person",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="people.Invitation",
        activity=ACCOUNTS,
        holds=_("which address was invited, by whom, and when it was accepted"),
        person=("person",),
        by=("invited_by",),
        secret=("public_id", "rotation"),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="people.Organisation",
        activity=ACCOUNTS,
        holds=_("the shared e-mail and phone number of a municipality, provider, region or agency"),
        erasure=Erasure.NOBODY,
        because=_("an organisation's own, and no person's"),
    ),
    Line(
        model="account.EmailAddress",
        activity=ACCOUNTS,
        holds=_("e-mail addresses, and whether they are confirmed"),
        person=("user",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="account.EmailConfirmation",
        activity=ACCOUNTS,
        holds=_("that a link to confirm an address was sent"),
        person=("email_address__user",),
        secret=("key",),
        erasure=Erasure.DELETE,
        keep=Keep(30, "created", _("after it was made")),
    ),
    Line(
        model="mfa.Authenticator",
        activity=ACCOUNTS,
        holds=_("passkeys, code apps and recovery codes"),
        person=("user",),
        secret=("data",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="socialaccount.SocialAccount",
        activity=ACCOUNTS,
        holds=_("the link to the account at work"),
        person=("user",),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="socialaccount.SocialToken",
        activity=ACCOUNTS,
        holds=_("keys to the account at work; not stored"),
        person=("account__user",),
        secret=("token", "token_secret"),
        erasure=Erasure.DELETE,
    ),
    Line(
        model="socialaccount.SocialApp",
        activity=ACCOUNTS,
        holds=_("settings of a work account; not in use"),
        erasure=Erasure.NOBODY,
        because=_("an organisation's own, and no person's"),
    ),
    Line(
        model="usersessions.UserSession",
        activity=SECURITY,
        holds=_("where somebody is signed in: IP address and browser"),
        person=("user",),
        secret=("session_key", "data"),
        erasure=Erasure.DELETE,
        keep=Keep(30, "last_seen_at", _("after the session was last used")),
    ),
    Line(
        model="sessions.Session",
        activity=SECURITY,
        holds=_("what a browser needs while somebody is signed in"),
        secret=("session_key", "session_data"),
        erasure=Erasure.DELETE,
        forget=forget_sessions,
        keep=Keep(0, "expire_date", _("after the session has run out")),
    ),
    Line(
        model="people.AuditEntry",
        activity=SECURITY,
        holds=_("who did what to which row and when: numbers and moments, no names and no texts"),
        person=("actor_id",),
        erasure=Erasure.NUMBER,
        because=_("what others did must stay documented; the number of an erased account is never used again"),
        keep=Keep(KEPT.days, "moment", _("after it was done")),
    ),
    Line(
        model="people.Opening",
        activity=SECURITY,
        holds=_("who opened whose case or reflection within which hour, and as what: numbers and moments"),
        person=("owner_id",),
        by=("person_id",),
        erasure=Erasure.NUMBER,
        because=_(
            "those whose things were opened can still ask by whom; the number of an erased account leads to nobody"
        ),
        keep=Keep(OPENINGS_KEPT.days, "hour", _("after it was opened")),
    ),
    Line(
        model="people.ErasureRequest",
        activity=RIGHTS,
        holds=_("that somebody has asked for erasure, or has been told of it, and until when it can be regretted"),
        person=("person",),
        secret=("public_id",),
        erasure=Erasure.DELETE,
        keep=Keep(2 * YEAR, "regretted_at", _("after it was regretted"), only={"regretted_at__isnull": False}),
    ),
    Line(
        model="notifications.Notice",
        activity=MAIL,
        holds=_("that somebody was to be told something, and whether the mail went; never what it said"),
        person=("recipient",),
        secret=("message_key",),
        erasure=Erasure.DELETE,
        keep=Keep(
            YEAR, "created_at", _("after it was written"), only={"state__in": ["sent", "dropped", "bounced", "failed"]}
        ),
    ),
    Line(
        model="notifications.PausedOutbox",
        activity=MAIL,
        holds=_("who has held back mail"),
        by=("paused_by",),
        erasure=Erasure.NOBODY,
    ),
)

keep_apart(
    _("an organisation's, and no person's"),
    "people.MunicipalityRegion",
    "people.WorkAccount",
    "people.WorkAccountDomain",
)
keep_apart(_("a file that waits to be deleted"), "people.FileToErase")
keep_apart(_("numbers without a person"), "people.RetentionCount")
keep_apart(
    _("names of rights, kinds and roles"),
    "auth.Permission",
    "auth.Group_permissions",
    "auth.Group",
    "contenttypes.ContentType",
)
