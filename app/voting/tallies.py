"""Places out of counts."""

from collections.abc import Collection, Mapping


def places(counts: Mapping[str, int], among: Collection[str]) -> dict[str, int]:
    """The place of each counted proposal among some, from 1; equal counts share a place.

    Whoever is counted but not among them (a hidden proposal keeps its count) takes no place
    from the others.
    """
    ahead: dict[int, int] = {}
    passed = 0
    scores = sorted((counts[reference] for reference in among), reverse=True)
    for score in sorted(set(counts.values()), reverse=True):
        while passed < len(scores) and scores[passed] > score:
            passed += 1
        ahead[score] = passed
    return {reference: ahead[score] + 1 for reference, score in counts.items()}
