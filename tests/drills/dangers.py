"""What in a page could run, or fetch from elsewhere: read from the page itself, not from what went into it."""

import re
from urllib.parse import urlsplit

from lxml import html

NEVER = {"iframe", "object", "embed", "applet", "base", "marquee", "math", "video", "audio", "style", "frame", "portal"}
# Addresses a page fetches by itself or sends a form to; those of a link are only followed.
FETCHED = {"src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}
FOLLOWED = {"href"}
RUNS = re.compile(r"(?:javascript|vbscript|livescript|feed|data(?!:image/))[^/]*:|data:(?!image/)", re.IGNORECASE)
NO_SIGN = re.compile(r"[\x00-\x20\x7f-\xa0]+")


def dangers_in(page: str, *, host: str = "testserver", is_mail: bool = False) -> list[str]:
    if not page.strip("\0 \n"):
        return []
    tree = html.document_fromstring(page.replace("\0", "\ufffd"))
    return [
        danger
        for element in tree.iter()
        if isinstance(element.tag, str)
        for danger in _of(element, host)
        if not (is_mail and danger == "style")
    ]


def _of(element, host):
    tag = element.tag.lower()
    if tag in NEVER:
        yield tag
    if tag == "script" and not _is_ours(element):
        yield "script"
    if tag == "meta" and "refresh" in element.get("http-equiv", "").lower():
        yield "refresh"
    for name, value in element.attrib.items():
        yield from _of_attribute(tag, name.lower(), NO_SIGN.sub("", value), host)


def _of_attribute(tag, name, value, host):
    if name.startswith("on") or name == "srcdoc":
        yield f"{tag} {name}"
    if name not in FETCHED | FOLLOWED:
        return
    if RUNS.match(value):
        yield f"{tag} {name}={value[:30]}"
    is_fetched = name in FETCHED or tag == "link"
    if is_fetched and urlsplit(value).netloc not in {"", host}:
        yield f"{tag} {name}={value[:40]}"


def _is_ours(script):
    if script.get("type") == "application/json":
        return True
    return script.get("src", "").startswith("/static/") and not (script.text or "").strip()
