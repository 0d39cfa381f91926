"""What members score, from 1 to 5, and what a set of scores says: median, spread, disagreement."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from app.foundation.language import Sentence, _
from app.review.models import Assessment, Recommendation

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Criterion:
    """One question that every member answers with a number, published before anybody does."""

    key: str
    """The column of ``Assessment``."""
    name: Sentence
    question: Sentence
    lowest: Sentence
    highest: Sentence


CRITERIA = (
    Criterion(
        "impact",
        _("Impact"),
        _("How much would it change for people if it were done?"),
        _("very little"),
        _("very much"),
    ),
    Criterion(
        "feasibility",
        _("Feasibility"),
        _("Can it be done within the plan's time, money and powers?"),
        _("hardly"),
        _("certainly"),
    ),
    Criterion(
        "openness",
        _("Openness value"),
        _("How far does it serve transparency, participation or accountability?"),
        _("hardly"),
        _("very far"),
    ),
    Criterion(
        "clarity",
        _("Clarity"),
        _("Is it clear what is to be done, and when it would be done?"),
        _("unclear"),
        _("very clear"),
    ),
)

RECOMMENDATIONS: dict[Recommendation, Sentence] = {
    Recommendation.TAKE_UP: _("Take up"),
    Recommendation.TAKE_UP_IN_PART: _("Take up in part"),
    Recommendation.COMBINE: _("Combine with others"),
    Recommendation.BACKGROUND: _("Use as background"),
    Recommendation.ALREADY_DONE: _("Already done or promised"),
    Recommendation.REFER: _("Refer to someone else"),
    Recommendation.DO_NOT_TAKE_UP: _("Do not take up"),
    Recommendation.OUT_OF_SCOPE: _("Outside the campaign"),
}
"""The first column of DOMAIN.md's one vocabulary, in the order in which it is offered."""


@dataclass(frozen=True)
class Spread:
    """What a group thinks by one criterion, without saying who thinks what."""

    criterion: Criterion
    scores: tuple[int, ...]
    """Sorted, so that their order names nobody."""

    @property
    def median(self) -> float:
        """The middle score; between two middle ones, their mean, such as 3.5."""
        return float(median(self.scores))

    @property
    def lowest(self) -> int:
        return self.scores[0]

    @property
    def highest(self) -> int:
        return self.scores[-1]

    @property
    def width(self) -> int:
        """How far the two who differ most are apart: 0 to 4."""
        return self.highest - self.lowest


def spreads_of(assessments: Sequence[Assessment]) -> list[Spread]:
    """One spread for each criterion, in the published order; none while nobody has scored."""
    return [
        Spread(criterion, tuple(sorted(score_of(each, criterion) for each in assessments)))
        for criterion in CRITERIA
        if assessments
    ]


def score_of(assessment: Assessment, criterion: Criterion) -> int:
    score = getattr(assessment, criterion.key)
    assert isinstance(score, int)  # noqa: S101
    return score


def disagreement(assessments: Sequence[Assessment]) -> Fraction:
    """How far a group is from one mind: the mean distance between any two members' scores.

    Summed over the criteria, plus how many different outcomes were recommended beyond the
    first, which weighs as one whole step each. 0: they agree in everything.
    """
    pairs = len(assessments) * (len(assessments) - 1) // 2
    if not pairs:
        return Fraction(0)
    apart = sum(
        (2 * place - (len(spread.scores) - 1)) * score
        for spread in spreads_of(assessments)
        for place, score in enumerate(spread.scores)
    )
    return Fraction(apart, pairs) + len({each.recommendation for each in assessments}) - 1


def most_different_first(assessments: Sequence[Assessment]) -> list[Assessment]:
    """Those who stand furthest from the group's medians first: they have most to explain."""
    middles = {spread.criterion.key: spread.median for spread in spreads_of(assessments)}

    def distance(assessment: Assessment) -> float:
        return sum(
            abs(score_of(assessment, criterion) - middles[criterion.key]) for criterion in CRITERIA
        )

    return sorted(assessments, key=lambda each: (-distance(each), each.id))


def widest(assessments: Sequence[Assessment]) -> Spread | None:
    """The criterion that divides the group most; None where nothing does."""
    divided = [spread for spread in spreads_of(assessments) if spread.width >= 2]
    return max(divided, key=lambda spread: spread.width, default=None)
