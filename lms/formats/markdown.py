"""Markdown people write, as HTML that can do no harm."""

import re
from html import unescape

import nh3
from markdown_it import MarkdownIt

# Stored beside every rendered text: raise it when the rules below change, and texts are rendered anew.
SANITISER_VERSION = 1
HIGHEST_HEADING = 3
LOWEST_HEADING = 6
TAGS = {"p", "br", "hr", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
BLOCK_END = re.compile(r"</(?:p|li|h[3-6]|tr|blockquote|pre)>|<br>|<hr>")
CELL_END = re.compile(r"</t[hd]>\n?")
SAFE_LINK = re.compile(r"https?://|mailto:|/(?![/\\])|#", re.IGNORECASE)
WHITESPACE = re.compile(r"\s+")
ELLIPSIS = "…"


def _safe_attribute(_tag, attribute, value):
    """Links lead to the web, to mail or to our own pages; what is left over of a broken scheme leads nowhere."""
    return value if attribute != "href" or SAFE_LINK.match(value) else None


_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_parser.disable(["image", "html_block", "html_inline"])
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_safe_attribute,
    url_schemes=SCHEMES,
    link_rel="noopener nofollow",
    clean_content_tags={"script", "style"},
)


def to_html(text: str, *, highest: int = HIGHEST_HEADING) -> str:
    """Paragraphs, lists, links, tables, headings from ``highest`` down; never raw HTML or pictures from elsewhere."""
    tokens = _parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = _lowered(token.tag, highest)
    return _cleaner.clean(_parser.renderer.render(tokens, _parser.options, {}))


def to_text(text: str) -> str:
    """The words alone, one line per paragraph."""
    spaced = CELL_END.sub(" ", BLOCK_END.sub("\n", to_html(text)))
    lines = unescape(nh3.clean(spaced, tags=set())).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))


def excerpt(text: str, length: int) -> str:
    """The beginning of the words, cut between two of them, ``length`` characters at most."""
    words = WHITESPACE.sub(" ", to_text(text))
    if len(words) <= length:
        return words
    whole, _space, _cut = words[:length].rpartition(" ")
    return (whole or words[: length - 1]).rstrip(" ,;:–-") + ELLIPSIS


def _lowered(tag, highest):
    level = int(tag[1:]) + highest - 1
    return f"h{min(level, LOWEST_HEADING)}"
