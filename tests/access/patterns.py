"""Every address the site answers at, as the resolver knows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern

PLACE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@dataclass(frozen=True)
class Pattern:
    """``name`` is what a row of the matrix calls it; ``route`` tells two patterns of one name apart."""

    name: str
    route: str
    arguments: tuple[str, ...]
    is_regex: bool

    def __str__(self):
        return f"{self.name} {self.route}"

    def path(self, values: dict[str, object]) -> str:
        """The address with ``values`` in its places."""
        return "/" + PLACE.sub(lambda place: str(values[place[1]]), self.route.replace("^", ""))


def all_patterns(resolver=None, prefix: str = "", namespace: str = "") -> Iterator[Pattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield _pattern(entry, route, namespace)
        else:
            space = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from all_patterns(entry, route, space)


def _pattern(entry: URLPattern, route: str, namespace: str) -> Pattern:
    name = f"{namespace}{entry.name}" if entry.name else route
    return Pattern(name, route, tuple(PLACE.findall(route)), isinstance(entry.pattern, RegexPattern))
