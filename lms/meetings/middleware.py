"""Calendar programs ask every hour, for everybody: their answer needs no session, language or person."""

from django.http import Http404
from django.urls import resolve

FEEDS = "/kalender/"


def feeds_first(get_response):
    """Answer a feed before the other layers begin; an address that opens nothing takes the long way to our 404."""

    def middleware(request):
        if not request.path_info.startswith(FEEDS):
            return get_response(request)
        try:
            match = request.resolver_match = resolve(request.path_info)
            return match.func(request, *match.args, **match.kwargs)
        except Http404:
            return get_response(request)

    return middleware
