"""Seats, as those who wish for one meet them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.meetings import actions, rules
from lms.meetings.forms.days import LeaveForm
from lms.meetings.forms.seats import RefusalForm
from lms.meetings.models import Enrolment
from lms.meetings.queries import seats as queries


@never_cache
def offer_by_link(request, token):
    """Mail scanners open links, so looking changes nothing; only the buttons answer."""
    now = timezone.now()
    offer = queries.offer_for_link(token, now)
    if offer is None:
        raise Http404
    if request.method == "POST":
        _answer_offer(request, offer, offer.enrolment.person, now)
        return redirect(request.path)
    cohort = offer.enrolment.cohort
    context = {"offer": offer, "is_open": rules.can_accept(offer, now), "cohort": cohort, "now": now}
    return render(request, "meetings/offer.html", context | {"days": queries.coming_days(cohort, now)})


@login_required
def own_seat(request, slug):
    """State, place in line and history of one's own wish, and what can be done about it."""
    mine = Enrolment.objects.visible_to(request.user).select_related("cohort__course__provider", "person")
    seat = get_object_or_404(mine, person=request.user, cohort__slug=slug)
    now = timezone.now()
    leaves = request.POST.get("decision") == "leave"
    form = LeaveForm(request.POST if leaves else None)
    if leaves and form.is_valid() and seat.state in actions.STANDING:
        actions.withdraw(enrolment=seat, by=request.user, now=now, reason=form.cleaned_data["reason"])
        messages.success(request, _("You have given up your place."))
        return redirect(request.path)
    offer = seat.offers.open().select_related("enrolment__cohort").first()
    if request.method == "POST" and not leaves:
        _answer_if_any(request, offer, now)
        return redirect(request.path)
    return render(request, "meetings/own_seat.html", _about_seat(request, seat, offer, form, now))


def _answer_if_any(request, offer, now):
    if offer:
        _answer_offer(request, offer, request.user, now)
    else:
        messages.info(request, _("There is no offer to answer."))


def _about_seat(request, seat, offer, form, now):
    return {
        "seat": seat,
        "cohort": seat.cohort,
        "offer": offer if offer and rules.can_accept(offer, now) else None,
        "standing": queries.standing_of(seat, now),
        "days": queries.coming_days(seat.cohort, now),
        "history": queries.history_of(seat, request.user),
        "may_leave": seat.state in actions.STANDING,
        "form": form,
        "now": now,
    }


@login_required
def apply(request):
    """Open cohorts with a button each, and where one's own wishes stand."""
    if not rules.can_apply(request.user):
        raise Http404
    now = timezone.now()
    lines = queries.open_cohorts_for(request.user, now)
    if request.method == "POST":
        chosen = next((line.cohort for line in lines if str(line.cohort.pk) == request.POST.get("cohort")), None)
        return _apply(request, chosen, now)
    context = {"lines": lines, "wishes": queries.wishes_of(request.user), "now": now}
    return render(request, "meetings/apply.html", context)


def _apply(request, cohort, now):
    municipality = queries.employer_of(request.user)
    if cohort is None or municipality is None:
        return _not_open(request)
    wish = {"person": request.user, "cohort": cohort, "municipality": municipality}
    try:
        actions.apply_for_seat(**wish, by=request.user, now=now)
    except actions.NotOpenForEnrolment:
        return _not_open(request)
    return redirect("meetings:own_seat", cohort.slug)


def _not_open(request):
    messages.warning(request, _("You can not apply for that cohort now. You may have applied already."))
    return redirect("meetings:apply")


@login_required
def application(request, slug, pk):
    """The local manager's yes or no, the no with words."""
    wishes = Enrolment.objects.visible_to(request.user).select_related(
        "cohort__course__provider", "person", "municipality"
    )
    enrolment = get_object_or_404(wishes, pk=pk, cohort__slug=slug)
    if not rules.can_approve(request.user, enrolment):
        return _answered_already(request, enrolment)
    decision, now = request.POST.get("decision"), timezone.now()
    form = RefusalForm(request.POST if decision == "refuse" else None)
    if decision == "approve" or form.is_valid():
        return _decide(request, enrolment, form, now)
    days = queries.coming_days(enrolment.cohort, now)
    context = {"enrolment": enrolment, "cohort": enrolment.cohort, "days": days, "form": form, "now": now}
    return render(request, "meetings/application.html", context)


def _answered_already(request, enrolment):
    """A second click of who may answer meets the list; to anybody else there is no such page."""
    if not rules.is_manager_of(request.user, enrolment):
        raise Http404
    messages.info(request, _("The application has been answered, or the cohort takes no new names now."))
    return redirect("meetings:people", enrolment.cohort.slug)


def _decide(request, enrolment, form, now):
    about = {"enrolment": enrolment, "by": request.user, "now": now}
    try:
        if form.is_bound:
            actions.refuse_application(**about, reason=form.cleaned_data["reason"])
        else:
            actions.approve_application(**about)
    except (actions.NotAnApplication, actions.NotOpenForEnrolment):
        return _answered_already(request, enrolment)
    messages.success(request, _("Your answer to %(name)s has been saved.") % {"name": enrolment.person.name})
    return redirect("meetings:people", enrolment.cohort.slug)


def _answer_offer(request, offer, by, now):
    """Yes or no by the button that was pressed; anything else answers nothing."""
    answer = {"accept": actions.accept_offer, "decline": actions.decline_offer}.get(request.POST.get("decision", ""))
    if answer is None:
        messages.error(request, _("Press one of the two buttons to answer."))
        return
    try:
        answer(offer=offer, by=by, now=now)
    except actions.OfferGone:
        messages.warning(request, _("The seat could no longer be answered for. You see below why."))
    else:
        messages.success(request, _("Thank you. Your answer has been saved."))
