"""Addresses of pages, for letters that are written where nobody asked for a page."""

from dataclasses import dataclass, field
from typing import Any

from flask import current_app

from app import config


@dataclass(frozen=True)
class Link:
    """A page by its endpoint, without a language yet."""

    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


def address(link: Link, language: str) -> str:
    """The whole address, as a letter needs it. Raises BuildError for a page that is not there."""
    return config.settings().site_address + path(link, language)


def path(link: Link, language: str) -> str:
    """The same without the site, for a page of ours."""
    pages = current_app.url_map.bind("talka.example")
    return pages.build(link.endpoint, {**link.values, "language": language})
