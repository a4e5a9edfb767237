"""What a kursist writes on a day's page: the same three steps each time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import actions, forms, queries, rules
from courses.models import Reflection, Trial
from courses.views.day import day_or_404


@login_required
def reflection(request, slug, number):
    day = own_day_or_404(request.user, slug, number)
    own = Reflection.objects.own(request.user).filter(teaching_day=day).first()
    form = forms.ReflectionForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        actions.write_reflection(teaching_day=day, text=form.cleaned_data["text"], **_how(request))
        return _saved(request, day)
    content = queries.published_content(day.page) if day.page.live else None
    return render(request, "courses/reflection.html", {"day": day, "form": form, "own": own, "content": content})


@login_required
def trial(request, slug, number):
    day = own_day_or_404(request.user, slug, number)
    own = Trial.objects.own(request.user).filter(teaching_day=day).first()
    form = forms.TrialForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        actions.write_trial(teaching_day=day, **form.cleaned_data, **_how(request))
        return _saved(request, day)
    return render(request, "courses/trial.html", {"day": day, "form": form, "own": own})


@login_required
def trial_story(request, slug, number):
    day = own_day_or_404(request.user, slug, number)
    own = Trial.objects.own(request.user).filter(teaching_day=day).first()
    if own is None:
        raise Http404
    form = forms.TrialStoryForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        actions.tell_trial(trial=own, **form.cleaned_data, **_how(request))
        return _saved(request, day)
    return render(request, "courses/trial_story.html", {"day": day, "form": form, "own": own})


def own_day_or_404(user, slug, number):
    day = day_or_404(user, slug, number)
    if not rules.can_write_own_work(user, day):
        raise Http404
    return day


def _how(request):
    return {"share": "share" in request.POST, "by": request.user, "now": timezone.now()}


def _saved(request, day):
    if "share" in request.POST:
        messages.success(request, _("Saved and handed in. Your instructors can read it."))
    else:
        messages.success(request, _("Saved. Only you can read it."))
    return redirect(day)
