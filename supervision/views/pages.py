from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from lms.people.models import Role, access_of
from supervision import queries
from supervision.models import SupervisionDay
from supervision.views.doors import confidential, round_steps


@confidential
def home(request):
    now = timezone.now()
    cards = queries.groups_for(request.user, now)
    if not cards and not access_of(request.user).has(Role.JOB_CONSULTANT, Role.SUPERVISOR):
        raise Http404
    context = {
        "now": now,
        "as_member": [card for card in cards if card.is_member],
        "as_supervisor": [card for card in cards if not card.is_member],
    }
    return render(request, "supervision/home.html", context)


@confidential
def group(request, pk):
    now = timezone.now()
    card = next((card for card in queries.groups_for(request.user, now) if card.group.pk == pk), None)
    if card is None:
        raise Http404
    context = {"now": now, "card": card, "learnings": queries.learnings_of_group_for(request.user, card.group)}
    return render(request, "supervision/group.html", context)


@confidential
def day(request, pk):
    day = get_object_or_404(SupervisionDay.objects.visible_to(request.user).with_meeting(), pk=pk)
    return render(request, "supervision/day.html", day_context(request.user, day, timezone.now()))


def day_context(user, day, now) -> dict:
    colleagues = queries.colleagues_of(day.group)
    cases = queries.queue_for(user, day, colleagues)
    is_member = user.pk in colleagues and colleagues[user.pk].is_present
    return {
        "day": day,
        "now": now,
        "steps": round_steps(),
        "queue": [signed for signed in cases if signed.item.is_brought],
        "drafts": [signed.item for signed in cases if not signed.item.is_brought],
        "follow_up": queries.steps_to_follow_up_for(user, day, colleagues),
        "next_steps": queries.steps_of_day_for(user, day, colleagues),
        "learnings": queries.learnings_of_day_for(user, day, colleagues),
        "is_member": is_member,
        "can_write": is_member and day.is_open(now),
        "is_over": not day.is_open(now),
        "has_begun": day.has_begun(now),
    }
