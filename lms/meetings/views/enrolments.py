"""One person's seat, as those who look after it meet it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.meetings import actions, rules
from lms.meetings.forms.enrolments import NewPersonForm, WithdrawForm
from lms.meetings.models import Enrolment
from lms.meetings.queries import seats as queries


@login_required
def enrolment(request, slug, pk):
    """State and history of a seat, and giving it up on the person's behalf."""
    enrolment, now = _looked_after(request, slug, pk), timezone.now()
    form = WithdrawForm(request.POST or None)
    may_withdraw = enrolment.state in actions.STANDING
    if may_withdraw and form.is_valid():
        actions.withdraw(enrolment=enrolment, by=request.user, now=now, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s no longer takes part.") % {"name": enrolment.person.name})
        return redirect(request.path)
    context = {
        "enrolment": enrolment,
        "cohort": enrolment.cohort,
        "standing": queries.standing_of(enrolment, now),
        "history": queries.history_of(enrolment, request.user),
        "days": queries.coming_days(enrolment.cohort, now),
        "may_withdraw": may_withdraw,
        "may_hand_over": rules.can_hand_over(enrolment),
        "form": form,
        "now": now,
    }
    return render(request, "meetings/enrolment.html", context)


@login_required
def substitute(request, slug, pk):
    """Somebody else of the same municipality's on the same seat."""
    enrolment = _looked_after(request, slug, pk)
    if not rules.can_hand_over(enrolment):
        return _nothing_to_hand_over(request, enrolment)
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        try:
            return _hand_over(request, enrolment, form)
        except actions.NoSeatToHandOver:
            return _nothing_to_hand_over(request, enrolment)
        except actions.RowRefused as error:
            form.refuse(error.checked)
    context = {"enrolment": enrolment, "cohort": enrolment.cohort, "form": form}
    return render(request, "meetings/substitute.html", context)


def _hand_over(request, enrolment, form):
    about = {"by": request.user, "now": timezone.now(), "reason": _("Has got a substitute.")}
    new = actions.name_substitute(enrolment=enrolment, values=form.values(), **about)
    names = {"new": new.person.name, "old": enrolment.person.name}
    messages.success(request, _("%(new)s has the seat now. %(old)s's days leave the calendar.") % names)
    return redirect("meetings:enrolment", enrolment.cohort.slug, new.pk)


def _nothing_to_hand_over(request, enrolment):
    messages.info(request, _("There is no seat to hand over: it has been given up, or the cohort is over."))
    return redirect("meetings:enrolment", enrolment.cohort.slug, enrolment.pk)


def _looked_after(request, slug, pk):
    enrolments = Enrolment.objects.visible_to(request.user)
    about = enrolments.select_related("cohort__course__provider", "person", "municipality")
    enrolment = get_object_or_404(about, pk=pk, cohort__slug=slug)
    if not rules.can_look_after(request.user, enrolment):
        raise Http404
    return enrolment
