from lms.home.views.demo import demo_sign_in, mailbox, mailbox_message
from lms.home.views.health import healthz
from lms.home.views.overview import overview
from lms.home.views.public import accessibility, contact, front, guidelines, privacy
from lms.home.views.search import search

__all__ = [
    "accessibility",
    "contact",
    "demo_sign_in",
    "front",
    "guidelines",
    "healthz",
    "mailbox",
    "mailbox_message",
    "overview",
    "privacy",
    "search",
]
