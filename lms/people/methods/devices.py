"""A browser's own description of itself, in words a person recognises."""

# The first that is found counts: nearly every browser also calls itself Safari, and an Android phone Linux.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def browser_and_system(user_agent: str) -> tuple[str, str]:
    """The two names, each empty when it is none of the common ones."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def _first(names, text):
    return next((name for mark, name in names if mark in text), "")
