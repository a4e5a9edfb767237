"""What only the demo has: one click to every role, and the mails it would have sent."""

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lms.home import queries
from lms.home.methods.mailbox import messages_in, read_message
from lms.people.adapter import list_session

PAGE = 30


def only_in_demo(view):
    """Anywhere but in the demo these addresses do not exist."""

    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_demo
@require_POST
def demo_sign_in(request):
    person = get_object_or_404(queries.demo_people(), email=request.POST.get("email", ""))
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    list_session(request)
    return redirect(settings.LOGIN_REDIRECT_URL)


@only_in_demo
def mailbox(request):
    page = Paginator(messages_in(settings.MAIL_FOLDER), PAGE).get_page(request.GET.get("side"))
    older = f"?side={page.next_page_number()}" if page.has_next() else ""
    newer = f"?side={page.previous_page_number()}" if page.has_previous() else ""
    shown = {"mails": page.object_list, "count": page.paginator.count, "older_url": older, "newer_url": newer}
    return render(request, "home/mailbox.html", shown)


@only_in_demo
def mailbox_message(request, key):
    mail = read_message(settings.MAIL_FOLDER, key)
    if mail is None:
        raise Http404
    return render(request, "home/mailbox_message.html", {"mail": mail})
