"""People's Markdown to safe HTML."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "code", "fence", "html_block", "html_inline"]
)

ALLOWED_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
_ALLOWED_ATTRIBUTES = {"a": {"href"}}


def to_html(text: str) -> Markup:
    """This text as HTML that is safe to show: only plain marks of writing survive.

    Links are followed by no search engine and say nothing of where the reader came from.
    """
    rendered = _markdown.render(text)
    safe = nh3.clean(
        rendered,
        tags=ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return Markup(safe)  # noqa: S704  nh3 has just cleaned it
