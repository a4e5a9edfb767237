"""Who belongs to an organisation: seen and looked after by its own manager, and by administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.people import actions
from lms.people.forms import EndMembershipForm, JobForm, NewMemberForm, OrganisationSearchForm
from lms.people.models import Membership, Organisation
from lms.people.queries import (
    ADMINISTRATORS,
    leaves_nobody_in_charge,
    member_for,
    members_of,
    organisations_to_manage,
    other_places_of,
)
from lms.people.rules import can_manage_members, can_move
from lms.people.templatetags.dates import day


@login_required
def organisations(request):
    """A manager of one organisation has nothing to look for; one of several has a short list."""
    sees_all = can_manage_members(request.user, None)
    form = OrganisationSearchForm(request.GET or None)
    words = form.cleaned_data["q"] if sees_all and form.is_valid() else ""
    found = list(organisations_to_manage(request.user, timezone.localdate(), words))
    if not sees_all and not found:
        raise Http404
    if not sees_all and len(found) == 1:
        return redirect("people:organisation", found[0].pk)
    context = {"found": found, "words": words, "sees_all": sees_all, "administrators": ADMINISTRATORS}
    return render(request, "people/organisations.html", context)


def _place(request, key):
    """The organisation in the address; ``None`` is where administrators belong."""
    place = None
    if key != ADMINISTRATORS:
        known = Organisation.objects.visible_to(request.user)
        place = get_object_or_404(known, pk=key) if key.isdecimal() else None
        if place is None:
            raise Http404
    if not can_manage_members(request.user, place):
        raise Http404
    return place


@login_required
def organisation(request, key):
    place, today = _place(request, key), timezone.localdate()
    context = {"place": place, "key": key, "members": members_of(place, today), "now": timezone.now()}
    context |= {"sees_all": can_manage_members(request.user, None)}
    return render(request, "people/organisation.html", context)


@login_required
def add_member(request, key):
    """The answer is the same whether the address is known or not: a mail goes out either way."""
    place = _place(request, key)
    form = NewMemberForm(request.POST or None, by=request.user, organisation=place, today=timezone.localdate())
    if request.method == "POST" and form.is_valid() and _added(request, place, form):
        email = form.cleaned_data["email"]
        messages.success(request, _("%(email)s has been added and gets an e-mail about it.") % {"email": email})
        return redirect("people:organisation", key)
    return render(request, "people/add_member.html", {"place": place, "key": key, "form": form})


def _added(request, place, form):
    try:
        actions.add_member(organisation=place, by=request.user, now=timezone.now(), **form.cleaned_data)
    except actions.NobodyThere:
        form.add_error(
            "email", _("Nobody with this address has signed in. Add the person at their organisation first.")
        )
    return not form.errors


def _membership(request, key, pk):
    """One that holds or is to come, of an organisation one looks after."""
    lasting = Membership.objects.visible_to(request.user).lasting(timezone.localdate())
    lasting = lasting.filter(organisation=_place(request, key))
    return get_object_or_404(lasting.select_related("person", "organisation"), pk=pk)


def _about(membership, form, leaves_nobody):
    today = timezone.localdate()
    return {
        "membership": membership,
        "member": member_for(membership),
        "key": membership.organisation_id or ADMINISTRATORS,
        "others": other_places_of(membership, today),
        "leaves_nobody": leaves_nobody,
        "form": form,
    }


@login_required
def end_membership(request, key, pk):
    membership, today = _membership(request, key, pk), timezone.localdate()
    leaves_nobody = leaves_nobody_in_charge(membership, today)
    form = EndMembershipForm(request.POST or None, membership=membership, today=today, leaves_nobody=leaves_nobody)
    if request.method == "POST" and form.is_valid() and _ended(request, membership, form):
        _tell_end(request, membership, form.cleaned_data["first_day_without"])
        return _back(request, membership)
    return render(request, "people/end_membership.html", _about(membership, form, leaves_nobody))


def _ended(request, membership, form):
    try:
        actions.end_membership(membership=membership, end_date=form.end_date, by=request.user, now=timezone.now())
    except actions.LastAdministrator:
        form.add_error(None, _("This is the last administrator. Make somebody else one first."))
    return not form.errors


def _tell_end(request, membership, first_day):
    words = {"name": member_for(membership).name, "day": day(first_day, timezone.now())}
    if membership.organisation is None:
        text = _("From %(day)s %(name)s is no longer an administrator.") % words
    else:
        words["organisation"] = membership.organisation.name
        text = _("From %(day)s %(name)s can no longer see what belongs to %(organisation)s.") % words
    messages.success(request, text)


def _back(request, membership):
    """Whoever has just ended their own right to the list has no way back to it."""
    request.user.__dict__.pop("_access", None)
    if can_manage_members(request.user, membership.organisation):
        return redirect("people:organisation", membership.organisation_id or ADMINISTRATORS)
    return redirect("people:account")


@login_required
def change_job(request, key, pk):
    membership, today = _membership(request, key, pk), timezone.localdate()
    if not can_move(request.user, membership):
        raise Http404
    leaves_nobody = leaves_nobody_in_charge(membership, today)
    form = JobForm(request.POST or None, by=request.user, today=today, leaves_nobody=leaves_nobody)
    if request.method == "POST" and form.is_valid() and _moved(request, membership, form):
        words = {"name": membership.person.name, "organisation": form.cleaned_data["organisation"].name}
        messages.success(request, _("%(name)s moves to %(organisation)s and gets an e-mail about it.") % words)
        return redirect("people:organisation", membership.organisation_id)
    return render(request, "people/change_job.html", _about(membership, form, leaves_nobody))


def _moved(request, membership, form):
    wanted = {name: form.cleaned_data[name] for name in ("organisation", "role", "start_date")}
    try:
        actions.change_job(membership=membership, by=request.user, now=timezone.now(), **wanted)
    except actions.BeginsTooEarly:
        form.add_error("start_date", _("The new job must begin after the first day of the old one."))
    return not form.errors
