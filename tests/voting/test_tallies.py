import random

from app.voting.tallies import places


def test_equal_counts_share_a_place_and_the_next_one_is_skipped() -> None:
    counts = {"a": 5, "b": 3, "c": 3, "d": 0}
    assert places(counts, list(counts)) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_who_is_hidden_takes_no_place_from_others() -> None:
    assert places({"a": 5, "hidden": 4, "b": 3}, ["a", "b"]) == {"a": 1, "hidden": 2, "b": 2}


def test_nobody_stands() -> None:
    assert places({}, []) == {}


def test_a_place_is_one_more_than_those_ahead() -> None:
    for seed in range(200):
        chance = random.Random(seed)
        counts = {str(number): chance.randint(0, 5) for number in range(chance.randint(0, 12))}
        among = chance.sample(sorted(counts), chance.randint(0, len(counts)))
        expected = {one: 1 + sum(counts[other] > counts[one] for other in among) for one in counts}
        assert places(counts, among) == expected
