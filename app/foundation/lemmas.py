"""Words folded to their base form, for search and likeness.

Latvian and Lithuanian inflect heavily: "atklātības" and "atklātība" must meet. Each word is
brought to its lemma (simplemma), then loses case and diacritics, so that "sabiedriba" finds
"sabiedrība".
"""

import re
import unicodedata
from functools import lru_cache
from threading import Lock

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LEMMATIZER = Lemmatizer(
    cache_max_size=1, lemmatization_strategy=DefaultStrategy(low_memory=True)
)  # `lemma` below remembers words; the frugal dictionaries are a fifth of the others
_ONE_AT_A_TIME = Lock()
"""A dictionary is read when its language is first asked for: once, and not by each thread."""


def fold(text: str) -> str:
    """This text in small letters without diacritics."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(maxsize=50_000)
def lemma(word: str, language: str) -> str:
    """The base form of one word, folded."""
    with _ONE_AT_A_TIME:
        return fold(_LEMMATIZER.lemmatize(word, lang=language))


def lemmas(text: str, language: str) -> list[str]:
    """The base forms of the words of a text, in its order, folded."""
    return [lemma(word, language) for word in _WORD.findall(text.lower())]
