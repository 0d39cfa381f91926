"""What a set of scores says."""

from fractions import Fraction
from typing import Any

from app.review.criteria import (
    CRITERIA,
    RECOMMENDATIONS,
    disagreement,
    most_different_first,
    spreads_of,
    widest,
)
from app.review.models import Assessment, Recommendation


def scored(number: int, score: int, **changes: Any) -> Assessment:
    words = dict.fromkeys(("impact", "feasibility", "openness", "clarity"), score)
    return Assessment(id=number, **{**words, "recommendation": Recommendation.TAKE_UP, **changes})


def test_every_recommendation_has_its_words() -> None:
    assert set(RECOMMENDATIONS) == set(Recommendation)


def test_a_median_of_an_even_number_may_be_a_half() -> None:
    spreads = spreads_of([scored(1, 3), scored(2, 4)])
    assert [spread.median for spread in spreads] == [3.5] * 4
    assert [spread.criterion for spread in spreads] == list(CRITERIA)


def test_scores_are_given_in_an_order_that_names_nobody() -> None:
    spread = spreads_of([scored(1, 5), scored(2, 1), scored(3, 3)])[0]
    assert spread.scores == (1, 3, 5)
    assert (spread.lowest, spread.highest, spread.width) == (1, 5, 4)


def test_nobody_says_nothing() -> None:
    assert spreads_of([]) == []
    assert widest([]) is None
    assert disagreement([]) == disagreement([scored(1, 4)]) == 0


def test_disagreement_is_the_mean_distance_of_pairs_and_the_different_outcomes() -> None:
    assert disagreement([scored(1, 4), scored(2, 4)]) == 0
    assert disagreement([scored(1, 2), scored(2, 4)]) == 8
    three = [scored(1, 1, feasibility=3), scored(2, 1), scored(3, 1)]
    assert disagreement(three) == Fraction(4, 3)
    assert disagreement([scored(1, 4), scored(2, 4, recommendation=Recommendation.REFER)]) == 1


def test_those_furthest_from_the_medians_come_first() -> None:
    near, far, middle = scored(1, 3), scored(2, 5), scored(3, 3)
    assert most_different_first([near, far, middle]) == [far, near, middle]


def test_what_divides_most_is_named_only_where_something_does() -> None:
    assert widest([scored(1, 3), scored(2, 4)]) is None
    found = widest([scored(1, 3), scored(2, 3, feasibility=5)])
    assert found is not None
    assert found.criterion.key == "feasibility"
