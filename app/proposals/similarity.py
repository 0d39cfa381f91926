"""Which proposals say much the same, by the words they share.

Each word counts in its base form, once, and the more the rarer it is among the proposals
compared (a cosine in which a word's rarity weighs once, not squared as in plain tf-idf, which
found 13 of the 16 below); a word of the title counts double. Only texts of the same
language are compared: base forms of two languages never meet.

Measured on the demonstration's texts (tests/proposals/test_similarity.py): of the pairs that
moderators merged, 14 of 16 are among the first five. rapidfuzz's token_set_ratio over the same
words finds 9 of 16, on titles and on whole texts alike, so it is not used. The pair that is
missed ("rewrite Regulation No 970" and "in July only mosquitoes consult") shares no word.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

IN_TITLE, IN_TEXT = 2.0, 1.0
SHORTEST = 3
"""Letters: shorter words say nothing about what a text is about."""
LEAST = 0.12
"""Below this, what two texts share is chance."""


def most_alike(forms: str, others: Sequence[tuple[int, str]], *, most: int = 5) -> list[int]:
    """The ids of the others that are most like this one, the likest first.

    All are given as ``models.base_forms`` writes them.
    """
    mine = _weights(forms)
    theirs = [(number, _weights(each)) for number, each in others]
    spread = Counter(word for _, words in theirs for word in words)
    rarity = {word: log(1 + len(theirs) / spread[word]) for word in spread}
    found = [(_likeness(mine, words, rarity, len(theirs)), -number) for number, words in theirs]
    best = sorted((pair for pair in found if pair[0] >= LEAST), reverse=True)
    return [-number for _, number in best[:most]]


def _weights(forms: str) -> dict[str, float]:
    title, _, text = forms.partition("|")
    weights = {word: IN_TEXT for word in text.split() if len(word) >= SHORTEST}
    for word in title.split():
        if len(word) < SHORTEST:
            continue
        weights[word] = weights.get(word, 0.0) + IN_TITLE
    return weights


def _likeness(
    one: dict[str, float], other: dict[str, float], rarity: dict[str, float], among: int
) -> float:
    """The cosine between two weighted sets of words: from 0, nothing shared, to 1, the same."""
    unseen = log(1 + among)
    shared = sum(
        weight * other[word] * rarity.get(word, unseen)
        for word, weight in one.items()
        if word in other
    )
    if not shared:
        return 0.0
    lengths = (
        sqrt(sum(weight**2 * rarity.get(word, unseen) for word, weight in words.items()))
        for words in (one, other)
    )
    return shared / _product(lengths)


def _product(numbers: Iterable[float]) -> float:
    result = 1.0
    for number in numbers:
        result *= number
    return result
