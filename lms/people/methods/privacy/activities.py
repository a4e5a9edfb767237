"""The processing activities that every app's lines belong to."""

from django.utils.translation import gettext_lazy as _

from lms.people.methods.privacy.lines import Activity

PUBLIC_TASK = _("GDPR article 6(1)(e): a task in the public interest")
SECURITY_BASIS = _("GDPR article 6(1)(c) and (e): the security that article 32 asks for")
DUTY = _("GDPR article 6(1)(c): the rights of articles 12 to 22")
EVERYBODY = _("Everybody who has an account or is invited to one")
KURSISTER = _("Kursister, and those who teach and supervise them")
WRITERS = _("Those who write and answer in the community")

ACCOUNTS = Activity(
    "konto",
    _("Accounts and sign-in"),
    _("To know who somebody is, whom they work for, and to let in those who were invited and nobody else."),
    PUBLIC_TASK,
    EVERYBODY,
    _("Own manager, own coordinator, administrators; the own cohort sees name, title and municipality."),
)
COURSE = Activity(
    "kursus",
    _("Seats, days and attendance"),
    _("To give seats, call people to days, and document who attended."),
    PUBLIC_TASK,
    KURSISTER,
    _("The provider of the course, own manager, the agency; the own cohort sees who has a seat."),
)
LEARNING = Activity(
    "laering",
    _("Own work in the course"),
    _("To let kursister reflect, try things in own practice and see what they have learned."),
    PUBLIC_TASK,
    _("Kursister"),
    _("Nobody until it is handed in; then the instructors of the own course."),
)
SUPERVISION = Activity(
    "supervision",
    _("Supervision in groups"),
    _("To supervise anonymised cases in a closed group, and to keep what was learned in general."),
    PUBLIC_TASK,
    _("Members and supervisors of supervision groups. No citizen is registered."),
    _("The own group and its supervisor, and nobody else."),
)
SHARING = Activity(
    "faellesskab",
    _("Sharing across municipalities"),
    _("To let municipalities learn from what others have tried."),
    PUBLIC_TASK,
    WRITERS,
    _("Everybody in the community, with name and municipality."),
)
MAIL = Activity(
    "mail",
    _("E-mail and calendar"),
    _("To tell people about their own days and answers. What a mail said is not kept, only that it was sent."),
    PUBLIC_TASK,
    EVERYBODY,
    _("The receiver's own mail and calendar; the mail server of the operator."),
)
CONTENT = Activity(
    "indhold",
    _("Writing and publishing course material"),
    _("To write, approve and publish course material, and to know who did."),
    PUBLIC_TASK,
    _("Editors and those who approve"),
    _("Other editors of the same provider, the agency, administrators."),
)
SECURITY = Activity(
    "sikkerhed",
    _("Security and documentation"),
    _("To find out afterwards who did what, and to end sessions."),
    SECURITY_BASIS,
    EVERYBODY,
    _("Administrators; each person sees the own sessions."),
)
RIGHTS = Activity(
    "rettigheder",
    _("Rights of the persons registered"),
    _("To carry out erasure, access and time limits, and to show that it was done."),
    DUTY,
    EVERYBODY,
    _("Administrators."),
)
