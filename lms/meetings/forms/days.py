from datetime import datetime

from django import forms
from django.forms.utils import from_current_timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from lms.meetings.models import Invitee, Meeting, MeetingDraft
from lms.people.forms import GuardedFormMixin
from lms.people.forms.fields import LineField, LongField

TEXTS = ("title", "place", "room", "address", "online_link", "notes")


class MeetingForm(GuardedFormMixin, forms.Form):
    """Title, time and place of a meeting, as a coordinator corrects them: it goes on from what is prepared already."""

    unasked = frozenset({"place", "room", "address"})

    title = LineField(
        label=_("Title"),
        max_length=160,
        help_text=_("It stands in calendars that people share: never the title of a case, and no names."),
    )
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = LineField(label=_("Place"), max_length=120, required=False)
    room = LineField(label=_("Room"), max_length=80, required=False)
    address = LineField(label=_("Address"), max_length=200, required=False)
    online_link = forms.URLField(label=_("Online link"), max_length=200, required=False, assume_scheme="https")
    notes = LongField(
        label=_("Notes for the kursister"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    # The revision the person saw: two people editing one day each hear of the other.
    version = forms.IntegerField(widget=forms.HiddenInput)
    # The same of the draft; empty where there was none.
    draft = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, meeting: Meeting, draft: MeetingDraft | None, **kwargs):
        shown = draft.applied() if draft else meeting
        start, end = localtime(shown.starts_at), localtime(shown.ends_at)
        initial = {"day": start.date(), "starts": start.time(), "ends": end.time()}
        seen = {"version": meeting.revision, "draft": draft.version if draft else None}
        texts = {name: getattr(shown, name) for name in TEXTS}
        super().__init__(*args, **kwargs | {"initial": initial | seen | texts})

    def clean(self):
        cleaned = super().clean()
        starts_at, ends_at = cleaned["starts_at"], cleaned["ends_at"] = self._moment("starts"), self._moment("ends")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", _("The day must end after it starts."))
        return cleaned

    def changes(self) -> dict:
        """What the action needs: facts by their names."""
        return {name: self.cleaned_data[name] for name in (*TEXTS, "starts_at", "ends_at")}

    def _moment(self, name: str) -> datetime | None:
        """The date with a time of day; an hour that a clock change skips or doubles is refused."""
        day, clock = self.cleaned_data.get("day"), self.cleaned_data.get(name)
        if day is None or clock is None:
            return None
        try:
            return from_current_timezone(datetime.combine(day, clock))
        except forms.ValidationError:
            self.add_error(name, _("The clocks change at that hour. Choose another time."))
            return None


class AnswerForm(GuardedFormMixin, forms.Form):
    answer = forms.ChoiceField(
        choices=[choice for choice in Invitee.Answer.choices if choice[0] != "none"], widget=forms.HiddenInput
    )
    reason = LineField(
        label=_("Why can you not come?"),
        help_text=_("A word is enough. The trainers and the coordinator see it. Write nothing about citizens."),
        max_length=200,
        error_messages={"required": _("Write a word about why.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not self.is_bound or self.data.get("answer") == Invitee.Answer.DECLINED

    @property
    def is_about_reason(self) -> bool:
        """A »no« that only lacks its words: the person is asked for them, with everything typed kept."""
        return self.errors.keys() == {"reason"}


class LeaveForm(GuardedFormMixin, forms.Form):
    reason = LineField(
        label=_("Why can you not take part?"),
        help_text=_("A word is enough. The coordinator sees it. Write nothing about citizens."),
        max_length=200,
    )
