"""Templates obey the strict content security policy, and never trust what people wrote."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted(
    path
    for folder in Path("app").rglob("templates")
    for path in folder.rglob("*")
    if path.is_file()
)

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(
        r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE
    ),
    "a script in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "text that is trusted": re.compile(r"\|\s*safe\b|{%-?\s*autoescape\s+false"),
}


def faults(template: str) -> list[str]:
    """What a template must not hold, in words."""
    return [fault for fault, pattern in FORBIDDEN.items() if pattern.search(template)]


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_holds_no_inline_style_or_script_and_trusts_nobody(path: Path) -> None:
    # A mail has no style sheet to link to, so that it may carry styles; nothing else.
    is_mail = {"notifications", "mail"} & set(path.parts)
    allowed = {"a style attribute", "a style element"} if is_mail else set()
    assert set(faults(path.read_text())) - allowed == set()


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('<p class="a" style="color: red">', "a style attribute"),
        ("<style>p {}</style>", "a style element"),
        ("<script>alert(1)</script>", "a script in the page"),
        ('<button type="button" onclick="x()">', "a script in an attribute"),
        ('<a href="javascript:x()">', "a script as an address"),
        ("{{ proposal.text | safe }}", "text that is trusted"),
        ("{%- autoescape false %}", "text that is trusted"),
    ],
)
def test_a_fault_is_found(template: str, fault: str) -> None:
    assert faults(template) == [fault]


def test_a_script_file_is_welcome() -> None:
    assert faults('<script type="module" src="/static/js/page.js"></script>') == []
