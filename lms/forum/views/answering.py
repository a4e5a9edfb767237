from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.forum import actions, forms, queries, rules
from lms.forum.models import Post
from lms.forum.views.doors import community, writers
from lms.forum.views.reading import discussion_page


@writers
def reply(request, pk: int):
    discussion = _open_discussion(request, pk)
    form = forms.ReplyForm(request.POST or None)
    if form.is_valid():
        post = actions.reply(
            discussion=discussion,
            author=request.user,
            organisation=rules.writes_for(request.user),
            now=timezone.now(),
            **form.cleaned_data,
        )
        return redirect(post)
    return discussion_page(request, discussion, reply_form=form)


@writers
def edit_reply(request, pk: int):
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("discussion"), pk=pk)
    if not rules.can_edit(request.user, post):
        raise Http404
    form = forms.ReplyForm(request.POST or None, initial={"body": post.body})
    if form.is_valid():
        actions.edit_reply(post=post, by=request.user, body=form.cleaned_data["body"], now=timezone.now())
        return redirect(post)
    return render(request, "forum/edit_reply.html", {"form": form, "post": post})


@writers
def tried(request, pk: int):
    discussion = _open_discussion(request, pk)
    if not rules.can_try(request.user, discussion):
        raise Http404
    form = forms.TriedForm(request.POST or None)
    if form.is_valid():
        actions.mark_tried(
            discussion=discussion,
            person=request.user,
            organisation=rules.writes_for(request.user),
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("Thank you. Now others can see how it went with you."))
        return redirect(f"{discussion.get_absolute_url()}#proevet")
    return discussion_page(request, discussion, tried_form=form)


@require_POST
@community
def follow(request, pk: int):
    discussion = _open_discussion(request, pk)
    if request.POST.get("do") == "unfollow":
        actions.unfollow(discussion=discussion, person=request.user, now=timezone.now())
    else:
        actions.follow(discussion=discussion, person=request.user, now=timezone.now())
    return redirect(discussion)


def _open_discussion(request, pk):
    return get_object_or_404(queries.discussions_for_reading(request.user).shared(), pk=pk)
