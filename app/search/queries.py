"""What can be found by words, in any of the three languages, with or without diacritics."""

import re
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select

from app.foundation.lemmas import fold, lemma
from app.search import backends
from app.search.models import SearchEntry

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
LANGUAGES = ("lv", "lt", "en")
SHORTEST_BEGINNING = 5
ENDING = 2
"""Letters that an ending mostly has in Latvian and Lithuanian."""

MOST_WORDS = 12
"""Of a longer question only the first words are asked for."""


def forms_asked(question: str) -> list[list[str]]:
    """For each word of a question, the forms in which the index may hold it.

    A reader's language is not known from a word, so the word is taken as each of the three.
    """
    words = _WORD.findall(question.lower())[:MOST_WORDS]
    return [sorted(_forms(word)) for word in words]


def _forms(word: str) -> set[str]:
    """The word folded and its lemmas; of a word that no lemmatiser knows, also its beginning.

    Typed without diacritics, an inflected word is known to none: "vestulem" is found by
    "vestul".
    """
    plain = fold(word)
    forms = {plain, *(lemma(word, language) for language in LANGUAGES)}
    if forms == {plain} and len(plain) > SHORTEST_BEGINNING:
        forms.add(plain[: max(SHORTEST_BEGINNING, len(plain) - ENDING)])
    return forms


def found_proposals(question: str) -> Select[Any] | None:
    """(proposal id, rank) of what holds every word of the question; None if it has no words.

    Who may see them is not asked here: join it with ``proposals.queries.visible_to``.
    """
    return _found(question, "proposal")


def found_commitments(question: str) -> Select[Any] | None:
    """(commitment id, rank) of what holds every word of the question; None if it has no words."""
    return _found(question, "commitment")


def _found(question: str, kind: str) -> Select[Any] | None:
    words = forms_asked(question)
    if not words:
        return None
    matches = backends.in_use().matching(words).subquery("matches")
    number = cast(func.substr(SearchEntry.subject, len(kind) + 2), Integer).label("number")
    return (
        select(number, matches.c.rank)
        .join(matches, matches.c.id == SearchEntry.id)
        .where(SearchEntry.subject.startswith(f"{kind}:"))
    )
