from django import forms
from django.utils.translation import gettext_lazy as _

from lms.forum.forms.answering import SISTER_TEST
from lms.forum.forms.fields import ChoicesField, FormKeyField, LineField, TextField
from lms.forum.models import Discussion
from lms.people.forms import GuardedFormMixin
from lms.programme.models import Principle, Theme

Kind = Discussion.Kind


class DiscussionForm(GuardedFormMixin, forms.Form):
    """Title, themes and principles; each kind adds its texts. A draft needs a title and nothing else."""

    kind: str
    texts: tuple[str, ...] = ("body",)

    title = LineField(label=_("Title"), max_length=140, error_messages={"required": _("Give it a title.")})
    themes = ChoicesField(label=_("Themes"), queryset=Theme.objects.all(), required=False)
    principles = ChoicesField(label=_("IPS principles"), queryset=Principle.objects.all(), required=False)
    form_key = FormKeyField()

    def __init__(self, *args, is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_draft:
            for name in self.texts:
                self.fields[name].required = False
        self.order_fields(["title", *self.texts, "themes", "principles"])

    @property
    def main_fields(self):
        return [self[name] for name in ("title", *self.texts)]

    @property
    def has_choices(self) -> bool:
        """Whether themes or principles are chosen, or wrong: then they are not folded away."""
        return any(self[name].value() or self[name].errors for name in ("themes", "principles"))

    @classmethod
    def initial_of(cls, discussion: Discussion) -> dict:
        names = ["title", *cls.texts]
        initial = {name: getattr(discussion, name) for name in names}
        return initial | {"themes": discussion.themes.all(), "principles": discussion.principles.all()}


class PracticeForm(DiscussionForm):
    kind = Kind.PRACTICE
    texts = (
        *("summary", "setting", "context", "what_we_did", "who_took_part"),
        *("effect", "obstacles", "advice", "materials"),
    )

    summary = TextField(
        label=_("In short"),
        rows=2,
        max_length=400,
        help_text=_("Two lines: what you did, and what came of it."),
        error_messages={"required": _("Say in two lines what it is about.")},
    )
    setting = LineField(
        label=_("Setting"),
        required=False,
        max_length=200,
        help_text=_(
            "The size of the municipality, how you are organised, whether you sit together with the treatment team."
        ),
    )
    context = TextField(label=_("Where we are"), required=False, rows=3, help_text=_("The situation you started from."))
    what_we_did = TextField(
        label=_("What we did"),
        help_text=_(
            "Step by step, so that others can do it after you. Begin a line with »1.« or »-«, and it becomes a list."
        ),
        error_messages={"required": _("Describe what you did.")},
    )
    who_took_part = TextField(label=_("Who took part"), required=False, rows=2, help_text=_("Job titles, not names."))
    effect = TextField(
        label=_("What we saw"),
        required=False,
        rows=4,
        help_text=_("And how you know: numbers, what somebody said, an impression."),
    )
    obstacles = TextField(label=_("What was hard"), required=False, rows=3)
    advice = TextField(
        label=_("Our advice"), required=False, rows=3, help_text=_("What should others know before they begin?")
    )
    materials = TextField(label=_("Materials"), required=False, rows=2, help_text=_("Links to what others can use."))


PRACTICE_HEADINGS = {name: PracticeForm.base_fields[name].label for name in PracticeForm.texts}


class OneTextForm(DiscussionForm):
    hint = SISTER_TEST

    body = TextField(label=_("Text"), rows=10, error_messages={"required": _("Write a text.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = self.hint


class SuccessForm(OneTextForm):
    kind = Kind.SUCCESS
    hint = _("What went well, and what did you do yourself that made the difference?")


class ChallengeForm(OneTextForm):
    kind = Kind.CHALLENGE
    hint = _("What is hard, what have you tried already, and what would help you?")


class QuestionForm(OneTextForm):
    kind = Kind.QUESTION
    hint = _("What do you want to know, and what do you need it for?")


class ToolForm(OneTextForm):
    kind = Kind.TOOL
    hint = _("What is it, when do you use it, and how? Paste it here, or link to it.")


FORMS: dict[str, type[DiscussionForm]] = {
    str(form.kind): form for form in (PracticeForm, SuccessForm, ChallengeForm, QuestionForm, ToolForm)
}
