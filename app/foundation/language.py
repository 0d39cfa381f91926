"""The languages of the house: marking words for translation, and speaking one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from babel.support import NullTranslations
from flask_babel import Domain, force_locale, get_locale, lazy_gettext, lazy_ngettext

NAMES = {"lv": "Latviešu", "lt": "Lietuvių", "en": "English"}
"""Each language in its own words."""

_ = lazy_gettext
"""Mark a sentence: it is worded when it is shown, in the reader's language."""

_n = lazy_ngettext
"""Mark a sentence that counts: ``_n("%(num)d vote", "%(num)d votes", n)``."""

Sentence = Any
"""A sentence as ``_`` marks it: a str, or something that becomes one when it is shown."""


class Catalogues(Domain):  # type: ignore[misc]
    """Flask-Babel's catalogues, found by the two letters of a language.

    Its own way names the whole locale for every word, which was a tenth of the cost of a page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._by_language: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        found = self._by_language.get(locale.language)
        if found is None:
            found = self._by_language[locale.language] = super().get_translations()
        return found


def spoken() -> str:
    """The language in force, as the two letters of its code."""
    locale = get_locale()
    return locale.language if locale else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything inside in this language, whoever asked for the page or job."""
    with force_locale(language):
        yield
