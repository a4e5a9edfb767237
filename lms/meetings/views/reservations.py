"""Seats without names, and the waiting list, as coordinators and local managers meet them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.meetings import actions, rules
from lms.meetings.forms.enrolments import NewPersonForm
from lms.meetings.forms.reservations import GiveBackForm, ReservationForm
from lms.meetings.models import Cohort, SeatReservation
from lms.meetings.queries import reservations as queries
from lms.meetings.queries.seats import free_seats

REFUSALS = {
    actions.CohortFull: gettext_lazy("There are not as many free seats."),
    actions.NotOpenForEnrolment: gettext_lazy("The cohort takes no new names now."),
    actions.DeadlineIsPast: gettext_lazy("The date is past."),
}


@login_required
def seats(request, slug):
    cohort, now = _cohort(request, slug), timezone.now()
    allowed, free = rules.reserves_for(request.user, cohort), free_seats(cohort, now)
    context = {
        "cohort": cohort,
        "reservations": queries.reservations_for(request.user, cohort),
        "waiting": queries.waiting_for(request.user, cohort, now, free=free),
        "offers": queries.offers_for(request.user, cohort),
        "free": max(0, free),
        "may_reserve": allowed is None or bool(allowed),
        "today": timezone.localdate(now),
        "now": now,
    }
    return render(request, "meetings/seats.html", context)


@login_required
def reserve(request, slug):
    """So many seats in all for a municipality; a manager's is the own one."""
    cohort, now = _cohort(request, slug), timezone.now()
    allowed = rules.reserves_for(request.user, cohort)
    if allowed is not None and not allowed:
        messages.info(request, _("The cohort takes no new names now."))
        return redirect("meetings:seats", slug)
    form = ReservationForm(request.POST or None, municipalities=queries.municipalities_among(allowed), now=now)
    if form.is_valid() and _reserved(request, cohort, form, now):
        return redirect("meetings:seats", slug)
    context = {"cohort": cohort, "form": form, "free": max(0, free_seats(cohort, now)), "now": now}
    return render(request, "meetings/reserve.html", context)


def _reserved(request, cohort, form, now):
    try:
        reservation = actions.reserve_seats(cohort=cohort, by=request.user, now=now, **form.cleaned_data)
    except tuple(REFUSALS) as error:
        field = "name_by_date" if isinstance(error, actions.DeadlineIsPast) else "seats"
        form.add_error(field, REFUSALS[type(error)])
        return False
    seats, name = reservation.seats, reservation.municipality.name
    words = ngettext("%(n)d seat is reserved for %(name)s.", "%(n)d seats are reserved for %(name)s.", seats)
    messages.success(request, words % {"n": seats, "name": name})
    return True


@login_required
def name_seat(request, slug, pk):
    """A person on one of the reserved seats."""
    reservation = _reservation(request, slug, pk)
    form = NewPersonForm(request.POST or None)
    if not _is_holding(reservation):
        return _nothing_left(request, slug)
    if form.is_valid():
        try:
            return _named(request, reservation, form)
        except actions.NoSeatsReserved:
            return _nothing_left(request, slug)
        except actions.RowRefused as error:
            form.refuse(error.checked)
    context = {"reservation": reservation, "cohort": reservation.cohort, "form": form, "now": timezone.now()}
    return render(request, "meetings/name_seat.html", context)


def _named(request, reservation, form):
    about = {"by": request.user, "now": timezone.now()}
    person = actions.name_seat(reservation=reservation, values=form.values(), **about).person
    messages.success(request, _("%(name)s has a seat and is invited by e-mail.") % {"name": person.name})
    return redirect("meetings:seats", reservation.cohort.slug)


@login_required
def give_back(request, slug, pk):
    reservation = _reservation(request, slug, pk)
    if not _is_holding(reservation):
        return _nothing_left(request, slug)
    form = GiveBackForm(request.POST or None, reservation=reservation)
    if form.is_valid():
        about = {"by": request.user, "now": timezone.now()}
        given = actions.give_back_seats(reservation=reservation, **about, **form.cleaned_data)
        _tell_given(request, given)
        return redirect("meetings:seats", slug)
    context = {"reservation": reservation, "cohort": reservation.cohort, "form": form}
    return render(request, "meetings/give_back.html", context)


def _tell_given(request, given):
    if given:
        words = ngettext("%(n)d seat is given back.", "%(n)d seats are given back.", given)
        messages.success(request, words % {"n": given})
    else:
        messages.info(request, _("The number of seats has changed meanwhile, so none was given back just now."))


def _nothing_left(request, slug):
    messages.info(request, _("No reserved seat is left to name: all have names, or the day is past."))
    return redirect("meetings:seats", slug)


def _is_holding(reservation):
    return reservation.is_holding(timezone.now()) and not reservation.cohort.is_cancelled


def _cohort(request, slug):
    cohorts = Cohort.objects.visible_to(request.user).select_related("course__provider")
    cohort = get_object_or_404(cohorts, slug=slug)
    if not rules.can_manage_seats(request.user, cohort):
        raise Http404
    return cohort


def _reservation(request, slug, pk):
    """Own ones of a manager, all of a coordinator; the agency looks on and changes nothing."""
    cohort = _cohort(request, slug)
    rows = SeatReservation.objects.visible_to(request.user).select_related("municipality", "cohort__course__provider")
    return get_object_or_404(rows, pk=pk, cohort=cohort)
