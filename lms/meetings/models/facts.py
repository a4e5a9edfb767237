from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lms.meetings.methods.halves import halves_between

FACTS = (
    "title",
    "starts_at",
    "ends_at",
    "place",
    "room",
    "address",
    "online_link",
    "notes",
    "state",
    "sequence",
)
TIMES = frozenset({"starts_at", "ends_at"})


class MeetingFacts(models.Model):
    """What people are told about a meeting: the same columns for what holds now and for every earlier revision."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        CANCELLED = "cancelled", _("cancelled")

    # Shown in calendars that people share: never a case's title, a person or a group.
    title = models.CharField(_("title"), max_length=160)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    room = models.CharField(_("room"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    online_link = models.URLField(_("online link"), blank=True)
    notes = models.TextField(_("notes for the kursister"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SCHEDULED)
    # What a calendar program looks at (RFC 5546): rises with time and status, never used twice for a meeting.
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def short_title(self) -> str:
        """»Dag 4« of »Dag 4: Arbejdsgiveren«, for the head of a column."""
        return self.title.partition(":")[0]

    @property
    def location(self) -> str:
        """Place, room and address in one line, as a calendar shows it."""
        return ", ".join(part for part in (self.place, self.room, self.address) if part)

    @property
    def halves(self) -> list[str]:
        """The half days attendance is counted by."""
        return halves_between(localtime(self.starts_at), localtime(self.ends_at))
