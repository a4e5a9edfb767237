from django.http import HttpResponse
from django.urls import include, path


def bare(_request):
    """What the framework and the middleware cost on their own."""
    return HttpResponse("ok")


urlpatterns = [path("bench/bare/", bare), path("", include("lms.urls"))]
