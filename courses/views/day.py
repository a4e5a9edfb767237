from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from courses import actions, forms, queries, rules
from courses.models import TeachingDay


def day_or_404(user, slug, number):
    days = TeachingDay.objects.visible_to(user).with_meeting().with_own_work(user)
    return get_object_or_404(days, cohort__slug=slug, number=number)


@login_required
def day(request, slug, number):
    day = day_or_404(request.user, slug, number)
    now = timezone.now()
    context = {"page": day.page, "day": day, "now": now, **queries.day_for_person(day, request.user)}
    actions.note_reflections_opened(reflections=context["handed_in"], by=request.user, now=now)
    return render(request, "courses/teaching_day_page.html", context)


@login_required
@require_POST
def preparation(request, slug, number):
    """Keep which tasks are ticked off."""
    day = day_or_404(request.user, slug, number)
    if not day.page.live or not rules.can_write_own_work(request.user, day):
        raise Http404
    form = forms.PreparationForm(request.POST, tasks=queries.published_content(day.page).preparation)
    if form.is_valid():
        actions.tick_preparation(teaching_day=day, done=form.cleaned_data["done"], by=request.user, now=timezone.now())
    return redirect(day)


def page_in_tree(request, page):
    """Wagtail's own address of a day leads to the person's cohort day; editors without one see the page itself."""
    if own := queries.page_for_person(request.user, page.pk):
        return redirect(own)
    if not rules.can_read_unplanned(request.user, page):
        raise Http404
    return render(request, "courses/teaching_day_page.html", {"page": page})
