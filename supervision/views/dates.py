from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.meetings import actions as meetings
from lms.meetings.models import DatePoll
from lms.meetings.queries import tally_for
from lms.people.templatetags.dates import day, hours
from supervision import actions
from supervision.forms import ChosenDateForm
from supervision.forms.dates import NOBODY_CAN
from supervision.views.doors import confidential

REFUSALS = {
    meetings.NobodyCanCome: ("is_meant", NOBODY_CAN),
    meetings.DateIsPast: ("option", gettext_lazy("The date is past.")),
}


@confidential
def choose_date(request, pk):
    """Whoever sets the group's dates ends the poll with one of them."""
    poll = get_object_or_404(DatePoll.objects.run_by(request.user).select_related("group__cohort"), pk=pk)
    now = timezone.now()
    tally = tally_for(poll, request.user)
    labels = [(row.option.pk, _label(row, now)) for row in tally.options]
    form = ChosenDateForm(request.POST or None, options=labels)
    if request.method == "POST" and form.is_valid():
        try:
            return _choose(request, poll, form, now)
        except tuple(REFUSALS) as error:
            form.add_error(*REFUSALS[type(error)])
    return render(request, "supervision/choose_date.html", {"poll": poll, "form": form, "now": now})


def _choose(request, poll, form, now):
    chosen = dict(form.cleaned_data)
    option = poll.options.get(pk=chosen.pop("option"))
    try:
        actions.choose_date(poll=poll, option=option, by=request.user, now=now, **chosen)
    except meetings.PollClosed:
        messages.error(request, _("The poll has been ended already."))
    else:
        messages.success(request, _("The date is set. Everybody in the group gets it in the calendar."))
    return redirect("meetings:poll", pk=poll.pk)


def _label(row, now) -> str:
    """»fredag 4. december kl. 9.00–15.00: 3 ja, 1 hvis nødvendigt, 1 nej«."""
    when = f"{day(row.option.starts_at, now)} {hours(row.option.starts_at, row.option.ends_at)}"
    counts = {"when": when, "yes": row.yes, "maybe": row.if_need_be, "no": row.no}
    return _("%(when)s: %(yes)d yes, %(maybe)d if need be, %(no)d no") % counts
