"""The one vocabulary of recommendation and origin: DOMAIN.md's table, its first two columns.

Its third column, the answer's outcome, joins in ``answers/vocabulary.py``: answers lie downstream.
"""

from app.commitments.models import CommitmentState, Field, Relation, SourceKind
from app.foundation.language import Sentence, _
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

RELATIONS: dict[Relation, Sentence] = {
    Relation.ADOPTED: _("Adopted"),
    Relation.ADOPTED_IN_PART: _("Adopted in part"),
    Relation.COMBINED: _("Adopted together with others"),
    Relation.INSPIRED: _("Taken into account"),
}
"""How we say each relation; the answer that rests on it is called the same."""

SOURCES: dict[SourceKind, Sentence] = {
    SourceKind.SURVEY: _("A survey"),
    SourceKind.MEETING: _("A meeting"),
    SourceKind.INSTITUTION: _("An institution"),
    SourceKind.EXISTING_DUTY: _("An existing duty"),
}

FIELDS: dict[Field, Sentence] = {
    Field.TITLE: _("Title"),
    Field.PROBLEM: _("Problem"),
    Field.CAUSES: _("Causes"),
    Field.DONE: _("What has been done so far"),
    Field.SOLUTION: _("Solution"),
    Field.RESULTS: _("Expected results"),
    Field.TRANSPARENCY: _("How it promotes transparency"),
    Field.ACCOUNTABILITY: _("How it promotes accountability"),
    Field.PARTICIPATION: _("How it promotes participation"),
}

STATES: dict[CommitmentState, Sentence] = {
    CommitmentState.DRAFT: _("Draft commitment"),
    CommitmentState.CONSULTATION: _("Public consultation"),
    CommitmentState.REVISED: _("Revised"),
    CommitmentState.FINAL: _("Final"),
    CommitmentState.APPROVED: _("Approved"),
}
