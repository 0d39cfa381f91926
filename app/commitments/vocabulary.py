"""The one vocabulary of recommendation and origin: DOMAIN.md's table, its first two columns.

Its third column, the answer's outcome, joins in ``answers/vocabulary.py``: answers lie downstream.
"""

from app.commitments.models import Relation
from app.review.models import Recommendation

RELATION_OF: dict[Recommendation, Relation | None] = {
    Recommendation.TAKE_UP: Relation.ADOPTED,
    Recommendation.TAKE_UP_IN_PART: Relation.ADOPTED_IN_PART,
    Recommendation.COMBINE: Relation.COMBINED,
    Recommendation.BACKGROUND: Relation.INSPIRED,
    Recommendation.ALREADY_DONE: None,
    Recommendation.REFER: None,
    Recommendation.DO_NOT_TAKE_UP: None,
    Recommendation.OUT_OF_SCOPE: None,
}
"""How a proposal lives on when the group recommends this; None: it lives on in no commitment."""

PROMOTABLE = frozenset(word for word, relation in RELATION_OF.items() if relation is not None)
"""The first four kinds: only these lead into a commitment."""
