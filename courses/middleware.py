"""The editors' admin follows the memberships, at every request."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from courses import actions, rules
from lms.people.forms import guard_text

# Needed before anybody is signed in, and telling nothing.
OPEN_VIEWS = frozenset({"admin_door", "wagtailadmin_login", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})
# What a provider's people need. Everything else may name other providers' pages or files, whatever Wagtail's rights
# say: moving, copying, reports, usage, bulk actions, tags. A name that is not here is 404 for them.
PROVIDER_VIEWS = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_logout",
        "wagtailadmin_dismissibles",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_block_preview",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:workflow_history_detail",
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtaildocs:add",
        "wagtaildocs:add_multiple",
        "wagtaildocs:edit",
        "wagtaildocs:edit_multiple",
        "wagtaildocs:delete",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:chosen",
        "wagtaildocs_chooser:create",
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages:edit",
        "wagtailimages:edit_multiple",
        "wagtailimages:delete",
        "wagtailimages:preview",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:create",
        "wagtailimages_chooser:select_format",
        "wagtailsnippetchoosers_programme_principle:choose",
        "wagtailsnippetchoosers_programme_principle:choose_results",
        "wagtailsnippetchoosers_programme_principle:chosen",
    }
)
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "object_id")
# Their forms guard themselves and say so at the field; every other form of the admin is guarded here.
GUARDED_VIEWS = frozenset(
    {
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtaildocs:add",
        "wagtaildocs:add_multiple",
        "wagtaildocs:edit",
        "wagtaildocs:edit_multiple",
        "wagtaildocs_chooser:create",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages:edit",
        "wagtailimages:edit_multiple",
        "wagtailimages_chooser:create",
    }
)


class AdminFollowsMembership:
    """An ended membership loses the admin at the next request, and a provider's people stay on their own tree."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.root = reverse("wagtailadmin_home")

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(self.root):
            # A preview is a page of ours inside the admin's frame: the admin's policy holds, set by the outer layer.
            del response["Content-Security-Policy"]
        return response

    def process_view(self, request, _view, args, kwargs):
        match = request.resolver_match
        if not request.path.startswith(self.root) or match.view_name in OPEN_VIEWS:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        actions.sync_groups(person=request.user)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        if match.view_name == "wagtailadmin_account":
            return redirect("people:account")
        if not rules.can_see_whole_admin(request.user):
            keep_to_own_tree(request, match.view_name, args, kwargs)
        return refuse_numbers(request, match.view_name)


def keep_to_own_tree(request, view_name, args, kwargs):
    """:raises Http404: for what is not a provider's to do or to see."""
    if view_name not in PROVIDER_VIEWS:
        raise Http404
    if (
        view_name == "wagtailadmin_choose_page"
        and request.GET.get("page_type", "wagtailcore.page") != "wagtailcore.page"
    ):
        # Without a parent the chooser starts at the common ancestor of all pages of a type: maybe somebody else's.
        raise Http404
    if not all(_own(things, pk) for things, pk in _asked_for(request.user, view_name, args, kwargs)):
        raise Http404


def refuse_numbers(request, view_name):
    """Comments, names, snippets: a form of Wagtail's own is refused as a whole when it holds a CPR number."""
    if request.method != "POST" or view_name in GUARDED_VIEWS:
        return None
    try:
        for values in request.POST.lists():
            for value in values[1]:
                guard_text(value)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("wagtailadmin_home")
    return None


def _asked_for(user, view_name, args, kwargs):
    files = _files_of(user, view_name)
    for name, value in [*kwargs.items(), *_numbered(view_name, args)]:
        if name in PAGE_ARGUMENTS or (name == "pk" and view_name.startswith("wagtailadmin_api:pages")):
            yield rules.explorable_pages(user), value
        elif files is not None and name in {"document_id", "doc_id", "image_id", "pk"}:
            yield files, value


def _files_of(user, view_name):
    if view_name.startswith("wagtaildocs"):
        return rules.choosable_documents(user)
    return rules.choosable_images(user) if view_name.startswith("wagtailimages") else None


def _numbered(view_name, args):
    """The one old-style pattern of Wagtail's that has places instead of names."""
    return [("page_id", args[0])] if view_name == "wagtailadmin_pages:revisions_compare" else []


def _own(things, pk):
    return str(pk).isdecimal() and things.filter(pk=pk).exists()
