"""The one vocabulary of recommendation, origin and answer: DOMAIN.md's table as it stands there."""

from dataclasses import dataclass

from app.answers.models import Outcome
from app.commitments.models import Relation
from app.commitments.vocabulary import RELATION_OF
from app.foundation.language import Sentence, _
from app.review.models import Recommendation


@dataclass(frozen=True)
class Row:
    """What a group recommends, what the origin then says, and what the proposal is answered."""

    recommendation: Recommendation
    relation: Relation | None
    outcome: Outcome


_OUTCOMES = (
    (Recommendation.TAKE_UP, Outcome.ADOPTED),
    (Recommendation.TAKE_UP_IN_PART, Outcome.ADOPTED_IN_PART),
    (Recommendation.COMBINE, Outcome.ADOPTED_TOGETHER),
    (Recommendation.BACKGROUND, Outcome.TAKEN_INTO_ACCOUNT),
    (Recommendation.ALREADY_DONE, Outcome.ALREADY_COVERED),
    (Recommendation.REFER, Outcome.REFERRED),
    (Recommendation.DO_NOT_TAKE_UP, Outcome.NOT_ADOPTED),
    (Recommendation.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE),
)
VOCABULARY = tuple(Row(word, RELATION_OF[word], outcome) for word, outcome in _OUTCOMES)

OUTCOME_OF = {row.recommendation: row.outcome for row in VOCABULARY}
RELATION_BEHIND: dict[Outcome, Relation | None] = {row.outcome: row.relation for row in VOCABULARY}
"""The origin that an answer of this kind rests on; None: it rests on none."""

OUTCOMES: dict[Outcome, Sentence] = {
    Outcome.ADOPTED: _("Adopted"),
    Outcome.ADOPTED_IN_PART: _("Adopted in part"),
    Outcome.ADOPTED_TOGETHER: _("Adopted together with others"),
    Outcome.TAKEN_INTO_ACCOUNT: _("Taken into account"),
    Outcome.ALREADY_COVERED: _("Already covered"),
    Outcome.REFERRED: _("Referred"),
    Outcome.NOT_ADOPTED: _("Not adopted"),
    Outcome.OUT_OF_SCOPE: _("Out of scope"),
}
"""How we say each outcome."""
