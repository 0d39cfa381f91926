"""Laws that every way of voting keeps, whatever people choose."""

import random
from collections import Counter

import pytest

from app.voting.methods import METHODS
from app.voting.methods.base import VotingMethod

EVERY = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
SEEDS = pytest.mark.parametrize("seed", range(30))


def some_ballots(seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    proposals = [f"T-{number:04}" for number in range(chance.randint(1, 12))]
    return [
        chance.sample(proposals, chance.randint(0, len(proposals)))
        for _ in range(chance.randint(0, 60))
    ]


@EVERY
@SEEDS
def test_the_order_in_which_ballots_arrive_does_not_matter(method: VotingMethod, seed: int) -> None:
    ballots = some_ballots(seed)
    shuffled = random.Random(seed + 1).sample(ballots, len(ballots))
    assert method.tally(ballots) == method.tally(shuffled)


@EVERY
@SEEDS
def test_the_order_within_a_ballot_does_not_matter(method: VotingMethod, seed: int) -> None:
    ballots = some_ballots(seed)
    assert method.tally(ballots) == method.tally([sorted(ballot) for ballot in ballots])


@EVERY
@SEEDS
def test_counting_in_parts_and_adding_up_gives_the_same(method: VotingMethod, seed: int) -> None:
    ballots = some_ballots(seed)
    cut = random.Random(seed).randint(0, len(ballots))
    parts: Counter[str] = Counter()
    for part in (ballots[:cut], ballots[cut:]):
        parts.update(method.tally(part))
    assert +parts == +method.tally(ballots)


@EVERY
@SEEDS
def test_renaming_proposals_renames_the_counts(method: VotingMethod, seed: int) -> None:
    ballots = some_ballots(seed)
    renamed = [[f"X{one}" for one in ballot] for ballot in ballots]
    expected = {f"X{one}": count for one, count in method.tally(ballots).items()}
    assert dict(method.tally(renamed)) == expected


@EVERY
@SEEDS
def test_one_more_support_never_lowers_a_count(method: VotingMethod, seed: int) -> None:
    ballots = some_ballots(seed)
    before = method.tally(ballots)
    after = method.tally([*ballots, ["T-0000"]])
    assert after["T-0000"] > before["T-0000"]
    assert all(after[one] >= before[one] for one in before)


@EVERY
def test_nobody_voted(method: VotingMethod) -> None:
    assert method.tally([]).total() == 0


@EVERY
@pytest.mark.parametrize("most", [None, 1, 2, 5])
def test_what_fits_the_limit_is_taken_and_one_more_is_not(
    method: VotingMethod, most: int | None
) -> None:
    assert method.check([], most) is None
    assert method.check(["x"] * (most or 500), most) is None
    assert (method.check(["x"] * ((most or 500) + 1), most) is None) == (most is None)
