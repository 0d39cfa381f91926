"""The languages of the house: marking words for translation, and speaking one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import force_locale, get_locale, lazy_gettext, lazy_ngettext

NAMES = {"lv": "Latviešu", "lt": "Lietuvių", "en": "English"}
"""Each language in its own words."""

_ = lazy_gettext
"""Mark a sentence: it is worded when it is shown, in the reader's language."""

_n = lazy_ngettext
"""Mark a sentence that counts: ``_n("%(num)d vote", "%(num)d votes", n)``."""

Sentence = Any
"""A sentence as ``_`` marks it: a str, or something that becomes one when it is shown."""


def spoken() -> str:
    """The language in force, as the two letters of its code."""
    locale = get_locale()
    return locale.language if locale else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything inside in this language, whoever asked for the page or job."""
    with force_locale(language):
        yield
