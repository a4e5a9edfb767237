from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.forum import actions, forms
from lms.forum.models import Discussion, Post
from lms.forum.views.doors import community, moderators


@community
def report(request, pk: int):
    discussion = get_object_or_404(Discussion.objects.visible_to(request.user).shared(), pk=pk)
    return _report(request, discussion)


@community
def report_reply(request, pk: int):
    posts = Post.objects.visible_to(request.user).shown().select_related("discussion")
    post = get_object_or_404(posts, pk=pk)
    return _report(request, post.discussion, post)


@require_POST
@moderators
def hide(request, pk: int):
    discussion = get_object_or_404(Discussion.objects.visible_to(request.user).filter(is_draft=False), pk=pk)
    return _hide(request, discussion)


@require_POST
@moderators
def hide_reply(request, pk: int):
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("discussion"), pk=pk)
    return _hide(request, post)


def _report(request, discussion, post=None):
    form = forms.ReportForm(request.POST or None)
    if form.is_valid():
        actions.report(
            discussion=discussion, post=post, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )
        messages.success(request, _("Thank you. A moderator looks at it."))
        return redirect(discussion)
    return render(request, "forum/report.html", {"form": form, "discussion": discussion, "post": post})


def _hide(request, thing):
    change = actions.unhide if request.POST.get("do") == "unhide" else actions.hide
    change(thing=thing, by=request.user, now=timezone.now())
    return redirect(thing)
