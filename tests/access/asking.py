"""Asking as somebody, without leaving a trace, and judging the answer."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

SIGN_IN = "signin"
ANY = "any"
HTMX = "HTMX"
MISSING = "/findes-ikke/"
# What differs between two answers that say the same.
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="next" value="[^"]*"|nonce="[^"]+"| aria-current="page"'
)


@dataclass
class Answer:
    status: int
    location: str
    body: str
    route: str

    @property
    def kind(self) -> str:
        """What a row may expect: the status, or that one is asked to sign in."""
        is_sign_in = self.status == 302 and self.location.startswith(reverse("account_login"))
        return SIGN_IN if is_sign_in else str(self.status)

    def is_as(self, expected: str) -> bool:
        """»any« is whatever another package's page makes of it, as long as it does not break."""
        kinds = expected.split("|")
        return self.kind in kinds or (ANY in kinds and self.status < 500 and self.kind != SIGN_IN)

    @property
    def content(self) -> str:
        return PASSING.sub("", self.body)


class Visitor(RequestFactory):
    """Django's test client without its notes on templates, and with the cookies it came with for ever."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **environ):
        return self.handler(self._base_environ(**environ))


def ask(world, role: str, method: str, path: str, body: dict | None = None) -> Answer:
    """One request as ``role``; whatever it changed is undone. HTMX is a GET out of the middle of a page."""
    visitor = world.visitors[role]
    with transaction.atomic():
        if method == "POST":
            response = visitor.post(path, body or {})
        else:
            headers = {"HX-Request": "true"} if method == HTMX else {}
            response = visitor.generic("GET" if method == HTMX else method, path, headers=headers)
        answer = _answer(response)
        transaction.set_rollback(True)
    return answer


def _answer(response) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    match = response.wsgi_request.resolver_match
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, content.decode("utf-8", "replace"), match.route if match else "")


def leads_back_to(answer: Answer, path: str) -> bool:
    """After signing in one comes to where one wanted to go, or to the front of one's own pages."""
    sign_in = reverse("account_login")
    return answer.location in {sign_in, f"{sign_in}?next={path}", f"{sign_in}?{urlencode({'next': path})}"}
