from lms.home.views.demo import demo_sign_in, mailbox, mailbox_message
from lms.home.views.health import healthz
from lms.home.views.overview import overview
from lms.home.views.public import (
    accessibility,
    contact,
    front,
    guidelines,
    information,
    privacy,
    security_txt,
)
from lms.home.views.search import search

__all__ = [
    "accessibility",
    "contact",
    "demo_sign_in",
    "front",
    "guidelines",
    "healthz",
    "information",
    "mailbox",
    "mailbox_message",
    "overview",
    "privacy",
    "search",
    "security_txt",
]
