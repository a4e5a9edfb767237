"""What an error report may hold: where it happened and of what kind it was, never what anybody wrote."""

from typing import Any

from .masking import masked

# Of a request: how and where it was made. Bodies, cookies, headers, query strings and the environment are people's own.
REQUEST_PARTS = {"method", "url"}
CONTEXTS = {"runtime", "trace"}
CRUMB_PARTS = {"type", "category", "level", "timestamp"}
FRAME_PARTS = {
    "filename",
    "abs_path",
    "function",
    "module",
    "lineno",
    "in_app",
    "context_line",
    "pre_context",
    "post_context",
}


def options(dsn: str) -> dict[str, Any]:
    """How Sentry is started."""
    return {
        "dsn": dsn,
        "send_default_pii": False,
        "include_local_variables": False,
        "max_request_body_size": "never",
        "before_send": scrubbed,
        "before_send_transaction": scrubbed,
        "before_breadcrumb": only_kind,
    }


def scrubbed(event: dict, _hint: dict) -> dict:
    """The event without texts: an exception says its class, a log line who wrote it."""
    for part in ("user", "extra", "tags", "server_name", "modules"):
        event.pop(part, None)
    if contexts := event.get("contexts"):
        event["contexts"] = {name: value for name, value in contexts.items() if name in CONTEXTS}
    if request := event.get("request"):
        event["request"] = {name: _address(value) for name, value in request.items() if name in REQUEST_PARTS}
    if crumbs := event.get("breadcrumbs"):
        event["breadcrumbs"] = {"values": [only_kind(crumb, {}) for crumb in crumbs.get("values", [])]}
    if "logentry" in event:
        event["logentry"] = {"message": str(event.get("logger", ""))}
    for exception in (event.get("exception") or {}).get("values", []):
        _scrub_exception(exception)
    if "transaction" in event:
        event["transaction"] = _address(event["transaction"])
    return event


def only_kind(crumb: dict, _hint: dict) -> dict:
    """A step on the way to the error: that it was a query, a request or a log line."""
    return {name: value for name, value in crumb.items() if name in CRUMB_PARTS}


def _scrub_exception(exception):
    """What an exception says may quote what somebody typed: »invalid literal«, »duplicate key (name)=(…)«."""
    exception["value"] = ""
    frames = (exception.get("stacktrace") or {}).get("frames", [])
    for index, frame in enumerate(frames):
        frames[index] = {name: value for name, value in frame.items() if name in FRAME_PARTS}


def _address(value: str) -> str:
    return masked(str(value).partition("?")[0])
