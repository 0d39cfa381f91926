"""Numbers as the reader writes them: "41 873" and "6,7" in Latvian, "41,873" and "6.7" in English.

Templates use these as filters, ``{{ tally.turnout|number }}``; `FILTERS` lists them. What goes
into an SVG's coordinates must stay a plain number.
"""

from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from jinja2 import pass_context
from jinja2.runtime import Context

Number = int | float | Decimal

LOCALES = {"lv": "lv", "lt": "lt", "en": "en_GB"}


def number(value: Number, *, language: str) -> str:
    """A count or a measure; thousands apart by a no-break space where the language does so.

    Four digits stay together in Latvian ("1204"), as CLDR's least grouping says.
    """
    apart = language != "lv" or not -10_000 < value < 10_000
    return format_decimal(value, locale=LOCALES[language], group_separator=apart)


def decimal(value: Number, *, language: str, places: int = 1) -> str:
    """A measure to so many places, trailing zeros kept, so that a column lines up: "6,7"."""
    pattern = f"#,##0.{'0' * places}" if places else "#,##0"
    return format_decimal(value, format=pattern, locale=LOCALES[language])


def percent(share: Number, *, language: str) -> str:
    """A share from 0 to 1 in whole per cent: "71 %" with a no-break space, in English "71%"."""
    words = format_percent(share, locale=LOCALES[language])
    return words if language == "en" else words.replace("\u00a0", "").replace("%", "\u00a0%")


def _bound(say: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def said(context: Context, value: Number, **wishes: int) -> str:
        return say(value, language=context["language"], **wishes)

    return said


FILTERS = {word.__name__: _bound(word) for word in (number, decimal, percent)}
