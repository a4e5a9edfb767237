"""Where Wagtail asks us: who is served what, and what an editor meets in the admin."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks, signals
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState

from courses import actions, rules
from courses.models import CoursePage, LibraryPage, TeachingDayPage
from courses.views import day, files

# What an editor works with; a provider's people have no reports, because reports name everybody's pages.
EDITOR_MENU = frozenset({"explorer", "documents", "images"})
AGENCY_MENU = EDITOR_MENU | {"snippets", "reports", "collections", "workflows", "work-accounts"}


# Our mails are notices: asked again before they go, and never with a draft's title. Wagtail's own would be neither;
# what waits, and what came of it, stands on the overview and on the admin's front page.
WAGTAILS_MAILS = (
    (signals.task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (signals.workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (signals.workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (signals.workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)
for signal, sender, name in WAGTAILS_MAILS:
    signal.disconnect(sender=sender, dispatch_uid=name)


@hooks.register("before_serve_page")
def serve_page(page, request, _args, _kwargs):
    """Pages are met at our own addresses; Wagtail's tree walk only leads there."""
    if isinstance(page, CoursePage):
        return redirect("courses:course", slug=page.course.slug)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if isinstance(page, TeachingDayPage):
        return day.page_in_tree(request, page)
    if isinstance(page, LibraryPage):
        return redirect("courses:library")
    raise Http404


@hooks.register("before_serve_document")
def serve_document(document, request):
    return files.document(request, document)


@hooks.register("after_create_page")
def set_up_new_course(_request, page):
    """A new course belongs to its provider from the first moment."""
    if isinstance(page, CoursePage):
        actions.set_up_provider(provider=page.course.provider, course_page=page)


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages, request):
    return pages.filter(pk__in=rules.explorable_pages(request.user).values("pk"))


@hooks.register("construct_main_menu")
def trim_menu(request, items):
    shown = AGENCY_MENU if rules.can_see_whole_admin(request.user) else EDITOR_MENU
    items[:] = [item for item in items if item.name in shown]


@hooks.register("construct_page_action_menu")
def next_step_first(items, request, context):
    """Those who cannot publish hand in, those who can approve what waits: that is the button they meet first."""
    page = context.get("page") or context.get("parent_page")
    can_publish = page.permissions_for_user(request.user).can_publish()
    first = "approve" if can_publish else "action-submit"
    items.sort(key=lambda item: item.name != first)


@hooks.register("construct_homepage_panels")
def trim_home(request, panels):
    """Wagtail's panels remember what a person once touched; a provider's people see what is theirs today."""
    if not rules.can_see_whole_admin(request.user):
        panels[:] = [OwnPagesPanel(request)]


# After Wagtail's own hooks have counted.
@hooks.register("construct_homepage_summary_items", order=1000)
def no_counting(_request, items):
    items.clear()


@hooks.register("insert_global_admin_css")
def own_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


class OwnPagesPanel(Component):
    """The courses and days a person may write, with what waits for approval."""

    name = "own_pages"
    template_name = "wagtailadmin/home/own_pages.html"
    order = 100

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        pages = rules.explorable_pages(self.request.user).filter(depth__gt=2).order_by("path")
        return {**super().get_context_data(parent_context), "pages": pages.prefetch_workflow_states()}
