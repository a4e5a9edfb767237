from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from lms.forum import actions, forms, methods, rules
from lms.forum.models import Discussion
from lms.forum.views.doors import writers
from lms.forum.views.reading import round_at_practice


@writers
def new(request):
    return render(request, "forum/new.html", {"kinds": Discussion.Kind.choices})


@writers
def write(request, kind: str):
    form = forms.FORMS[kind](request.POST or None, is_draft=_is(request, "draft"))
    if form.is_valid() and not _is(request, "preview"):
        discussion = actions.start_discussion(
            kind=kind,
            author=request.user,
            organisation=rules.writes_for(request.user),
            now=timezone.now(),
            is_draft=_is(request, "draft"),
            **form.cleaned_data,
        )
        return redirect(discussion)
    return _form_page(request, form, is_draft=True)


@writers
def edit(request, pk: int):
    discussion = get_object_or_404(Discussion.objects.visible_to(request.user), pk=pk)
    if not rules.can_edit(request.user, discussion):
        raise Http404
    form_class = forms.FORMS[discussion.kind]
    is_draft = discussion.is_draft and _is(request, "draft")
    form = form_class(request.POST or None, initial=form_class.initial_of(discussion), is_draft=is_draft)
    if form.is_valid() and not _is(request, "preview"):
        changes = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}
        actions.edit_discussion(
            discussion=discussion, by=request.user, now=timezone.now(), is_draft=is_draft, **changes
        )
        return redirect(discussion)
    return _form_page(request, form, is_draft=discussion.is_draft, discussion=discussion)


def _is(request, button):
    return request.POST.get("do") == button


def _form_page(request, form, *, is_draft, discussion=None):
    context = {
        "form": form,
        "kind": form.kind,
        "discussion": discussion,
        "is_draft": is_draft,
        "preview": _preview(form) if _is(request, "preview") and form.is_valid() else None,
        "round": round_at_practice(),
    }
    return render(request, "forum/write.html", context)


def _preview(form):
    """What it will look like, through the same renderer as the page itself."""
    texts = {name: form.cleaned_data[name] for name in form.texts if name in Discussion.MARKDOWN_FIELDS}
    html = methods.rendered(texts)
    return {
        "title": form.cleaned_data["title"],
        "summary": form.cleaned_data.get("summary", ""),
        "sections": [{"heading": forms.PRACTICE_HEADINGS.get(name, ""), "html": html[name]} for name in html],
    }
