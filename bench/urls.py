from django.http import HttpResponse
from django.urls import include, path

from lms.people.models import access_of


def bare(_request):
    """What the framework and the middleware cost on their own."""
    return HttpResponse("ok")


def bare_signed_in(request):
    """The least a page for one person costs: three queries, for the session, the user and what the user is today."""
    return HttpResponse(str(access_of(request.user).has_any))


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/bare-signed-in/", bare_signed_in),
    path("", include("lms.urls")),
]
