"""What every page of supervision has in common: who is let in, and that nothing of it is kept on the way."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from supervision.models import Case


def confidential(view):
    """Signed in only, stored by no browser or proxy, and what was typed stands in no error report."""

    @wraps(view)
    @login_required
    @sensitive_post_parameters()
    @sensitive_variables()
    @cache_control(private=True, no_store=True)
    def wrapped(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return wrapped


def round_steps() -> list[dict]:
    """The round with supervision as the step all these pages belong to."""
    names = [_("Teaching day"), _("Trial"), _("Supervision"), _("Practice description"), _("Tried by others")]
    states = ["done", "done", "here", "next", "next"]
    return [{"name": name, "state": state} for name, state in zip(names, states, strict=True)]


def prompts_of(case: Case) -> list[tuple[str, str]]:
    """The answers of a case under their prompts, without those left empty."""
    labels = [
        ("setting", _("The setting")),
        ("situation", _("The situation")),
        ("tried", _("This I have tried")),
        ("effect_on_me", _("What it does to me")),
    ]
    return [(label, getattr(case, name)) for name, label in labels if getattr(case, name)]
