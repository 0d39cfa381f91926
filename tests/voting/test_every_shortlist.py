"""Laws that every rule keeps, and what makes each of them the rule that it is."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from app.voting.shortlists import RULES, Candidate, Profiles, rule_of

Profile = dict[int, list[str]]

STORED: list[dict[str, Any]] = [
    {"rule": "top", "k": 3},
    {"rule": "top-per-theme", "k": 2},
    {"rule": "at-least", "n": 4},
    {"rule": "fair-share", "k": 3},
]
EVERY = pytest.mark.parametrize("stored", STORED, ids=[stored["rule"] for stored in STORED])
SEEDS = pytest.mark.parametrize("seed", range(40))


def test_every_rule_is_looked_at_here() -> None:
    assert {stored["rule"] for stored in STORED} == set(RULES)


def some_vote(seed: int) -> Profile:
    chance = random.Random(seed)
    proposals = [f"T-{number:04}" for number in range(chance.randint(1, 9))]
    return {
        person: chance.sample(proposals, chance.randint(0, min(4, len(proposals))))
        for person in range(chance.randint(0, 40))
    }


def candidates_of(profiles: Profiles, extra: Sequence[str] = ("T-9999",)) -> list[Candidate]:
    """Everything that somebody supports, and something that nobody does; three themes."""
    counts = Counter(one for choices in profiles.values() for one in choices)
    return [
        Candidate(one, counts[one], int(one[-1]) % 3 or None) for one in [*sorted(counts), *extra]
    ]


def choose(stored: dict[str, Any], profiles: Profiles) -> dict[str, int]:
    return rule_of(stored).choose(candidates_of(profiles), profiles, stored)


@EVERY
@SEEDS
def test_neither_the_order_of_people_nor_that_of_candidates_counts(
    stored: dict[str, Any], seed: int
) -> None:
    profiles, chance = some_vote(seed), random.Random(seed)
    people = chance.sample(sorted(profiles), len(profiles))
    mixed = {
        1000 - person: chance.sample(profiles[person], len(profiles[person])) for person in people
    }
    candidates = candidates_of(profiles)
    chance.shuffle(candidates)
    assert rule_of(stored).choose(candidates, mixed, stored) == choose(stored, profiles)


@EVERY
@SEEDS
def test_nobody_enters_whom_nobody_supports(stored: dict[str, Any], seed: int) -> None:
    profiles = some_vote(seed)
    supported = {one for choices in profiles.values() for one in choices}
    assert set(choose(stored, profiles)) <= supported


@EVERY
@SEEDS
def test_positions_begin_with_one_and_equal_ones_share_theirs(
    stored: dict[str, Any], seed: int
) -> None:
    chosen = choose(stored, some_vote(seed))
    positions = sorted(chosen.values())
    expected = [1 + sum(other < one for other in positions) for one in positions]
    assert positions == expected


@pytest.mark.parametrize("stored", [each for each in STORED if each["rule"] != "at-least"])
@SEEDS
def test_everybody_who_votes_twice_over_changes_nothing(stored: dict[str, Any], seed: int) -> None:
    profiles = some_vote(seed)
    doubled = profiles | {person + 5000: choices for person, choices in profiles.items()}
    assert choose(stored, doubled) == choose(stored, profiles)


@EVERY
def test_nobody_voted(stored: dict[str, Any]) -> None:
    assert choose(stored, {}) == {}


@EVERY
@pytest.mark.parametrize("number", [None, 0, -1, "3", 2.5, True, 10**9])
def test_a_number_that_cannot_be_meant_is_refused(stored: dict[str, Any], number: object) -> None:
    word = "n" if "n" in stored else "k"
    assert rule_of(stored).check(stored) is None
    assert rule_of(stored).check({**stored, word: number}) is not None
    assert rule_of(stored).check({"rule": stored["rule"]}) is not None


@SEEDS
def test_top_takes_the_most_supported_and_all_who_tie_for_the_last_place(seed: int) -> None:
    profiles = some_vote(seed)
    counts = {c.reference: c.supports for c in candidates_of(profiles) if c.supports}
    chosen = choose({"rule": "top", "k": 3}, profiles)
    if len(counts) <= 3:
        assert set(chosen) == set(counts)
        return
    third = sorted(counts.values(), reverse=True)[2]
    assert set(chosen) == {one for one, count in counts.items() if count >= third}


@SEEDS
def test_top_per_theme_is_top_in_each_theme(seed: int) -> None:
    profiles = some_vote(seed)
    stored = {"rule": "top-per-theme", "k": 2}
    by_theme: dict[int | None, list[Candidate]] = defaultdict(list)
    for candidate in candidates_of(profiles):
        by_theme[candidate.theme].append(candidate)
    expected = {
        reference
        for candidates in by_theme.values()
        for reference in RULES["top"].choose(candidates, profiles, stored)
    }
    assert set(choose(stored, profiles)) == expected


@SEEDS
def test_at_least_takes_whatever_enough_people_support(seed: int) -> None:
    profiles = some_vote(seed)
    expected = {c.reference for c in candidates_of(profiles) if c.supports >= 4}
    assert set(choose({"rule": "at-least", "n": 4}, profiles)) == expected


def plain_phragmen(profiles: Profile, seats: int) -> list[set[str]]:
    """Sequential Phragmén as the paper words it, round by round, with every cost reckoned anew.

    Gives for each seat all who are equal in cost and supporters; goes on with the lowest.
    """
    loads = dict.fromkeys(profiles, Fraction(0))
    left = {one for choices in profiles.values() for one in choices}
    rounds = []
    for _ in range(min(seats, len(left))):
        supporters = {one: [p for p in profiles if one in profiles[p]] for one in left}
        ranked = {
            one: (Fraction(1 + sum(loads[p] for p in people)) / len(people), -len(people))
            for one, people in supporters.items()
        }
        best = min(ranked.values())
        rounds.append({one for one in left if ranked[one] == best})
        first = min(rounds[-1])
        for person in supporters[first]:
            loads[person] = best[0]
        left.remove(first)
    return rounds


@SEEDS
@pytest.mark.parametrize("seats", [1, 2, 3, 6])
def test_fair_share_is_sequential_phragmen(seed: int, seats: int) -> None:
    profiles = some_vote(seed)
    rounds = plain_phragmen(profiles, seats)
    expected = {min(equal): place for place, equal in enumerate(rounds, 1)}
    if len(rounds) == seats:
        expected |= dict.fromkeys(rounds[-1], seats)
    assert choose({"rule": "fair-share", "k": seats}, profiles) == expected


@SEEDS
@pytest.mark.parametrize("seats", [2, 3, 5])
def test_fair_share_leaves_no_large_group_without_a_place(seed: int, seats: int) -> None:
    """Justified representation: of any n/k people who agree on something, one has a place."""
    profiles = some_vote(seed)
    chosen = set(choose({"rule": "fair-share", "k": seats}, profiles))
    without = [choices for choices in profiles.values() if choices and not chosen & set(choices)]
    voters = sum(bool(choices) for choices in profiles.values())
    agreed = Counter(one for choices in without for one in choices)
    assert all(count * seats < voters for count in agreed.values())


def test_fair_share_of_phragmens_own_example() -> None:
    """1034 voted ABC, 519 PQR, 90 ABQ, 47 APQ: A, then Q, then B (Janson 2016, example 3.2)."""
    groups = [(1034, "ABC"), (519, "PQR"), (90, "ABQ"), (47, "APQ")]
    people = [list(choices) for number, choices in groups for _ in range(number)]
    profiles = dict(enumerate(people))
    candidates = [Candidate(one, sum(one in c for c in people)) for one in "ABCPQR"]
    chosen = RULES["fair-share"].choose(candidates, profiles, {"rule": "fair-share", "k": 3})
    assert chosen == {"A": 1, "Q": 2, "B": 3}


def test_one_group_cannot_fill_all_places() -> None:
    profiles = dict(
        enumerate([["A", "B", "C"]] * 60 + [["X", "Y", "Z"]] * 40)  # a majority for A, B, C
    )
    candidates = [Candidate(one, 60 if one in "ABC" else 40) for one in "ABCXYZ"]
    assert set(RULES["top"].choose(candidates, profiles, {"k": 3})) == {"A", "B", "C"}
    assert {"X", "Y", "Z"} & set(RULES["fair-share"].choose(candidates, profiles, {"k": 3}))


def test_fair_share_of_a_large_vote_is_quick() -> None:
    """Exact fractions, 20 places, 300 proposals, 5,000 people with five choices each."""
    chance = random.Random(5)
    proposals = [f"T-{number:04}" for number in range(300)]
    profiles = {person: chance.sample(proposals, 5) for person in range(5_000)}
    chosen = choose({"rule": "fair-share", "k": 20}, profiles)
    assert len(chosen) >= 20
