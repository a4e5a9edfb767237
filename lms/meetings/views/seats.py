"""Seats, as those who wish for one meet them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from lms.meetings import actions, rules
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
