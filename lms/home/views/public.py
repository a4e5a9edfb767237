"""The pages anybody may read, and the one everybody reads when they first come in."""

from datetime import UTC, timedelta

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lms.home import queries
from lms.home.rules import MUST_READ, must_read
from lms.people.actions import note_information_read

SECURITY_TXT_HOLDS = timedelta(days=180)


def front(request):
    return render(request, "home/front.html", queries.front_page(on=timezone.localdate()))


def privacy(request):
    text, processors = queries.privacy_texts(get_language())
    return render(
        request, "home/privacy.html", {"text": text, "processors": processors, "protection": settings.DATA_PROTECTION}
    )


def accessibility(request):
    return render(request, "home/text.html", {"text": queries.text_of("accessibility", get_language())})


def guidelines(request):
    return render(request, "home/text.html", {"text": queries.text_of("guidelines", get_language())})


def contact(request):
    return render(request, "home/text.html", {"text": queries.text_of("contact", get_language())})


@login_required
def information(request):
    """What article 13 asks us to tell. It is read, not agreed to; afterwards it can be read again at any time."""
    text = queries.text_of("information", get_language())
    target = get_next_redirect_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        note_information_read(person=request.user, edition=text.edition, now=timezone.now())
        request.session.pop(MUST_READ, None)
        return HttpResponseRedirect(target)
    is_due = must_read(request.user, text.edition)
    context = {"text": text, "is_due": is_due, "next": target, "protection": settings.DATA_PROTECTION}
    return render(request, "home/information.html", context)


@require_safe
def security_txt(_request):
    """Where somebody who has found a hole writes to (RFC 9116). It runs out half a year after it was fetched."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + SECURITY_TXT_HOLDS
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: da, en",
        f"Canonical: {settings.BASE_URL}{reverse('home:security_txt')}",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
