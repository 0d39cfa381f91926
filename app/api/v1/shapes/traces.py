"""Ways and flows as JSON."""

from apiflask import Schema
from apiflask.fields import AwareDateTime, Integer, List, Nested, Raw, String

from app.api.v1.shapes.commitments import OriginShape, wordings


class KnotShape(Schema):
    kind = String(metadata={"description": "What happened: submitted, merged, answered …"})
    at = AwareDateTime()
    by = String(
        allow_none=True,
        metadata={"description": "Null: a rule or the clock; empty: somebody who has left."},
    )
    why = String(allow_none=True)
    language = String(allow_none=True)
    facts = Raw(metadata={"description": "References, numbers and words of the vocabulary."})


class ProposalTraceShape(Schema):
    proposal = String()
    campaign = String()
    state = String()
    merged_into = String(allow_none=True)
    knots = List(Nested(KnotShape))


class CommitmentTraceShape(Schema):
    commitment = Integer()
    number = Integer()
    campaign = String()
    state = String()
    origins = List(Nested(OriginShape))
    knots = List(Nested(KnotShape))


class EndShape(Schema):
    kind = String(metadata={"description": "commitment, answered, waiting, withdrawn or hidden."})
    outcome = String(allow_none=True)
    commitment = Integer(allow_none=True)
    title = wordings("The commitment's title")
    own = Integer(metadata={"description": "Proposals that came here by themselves."})
    merged = Integer(metadata={"description": "Proposals merged into one of those."})
    shortlisted = Integer()


class CampaignTraceShape(Schema):
    """Every proposal that was ever public is in exactly one end: they add up to the total."""

    campaign = String()
    total = Integer()
    withdrawn = Integer()
    hidden = Integer()
    merged = Integer()
    shortlisted = Integer()
    adopted = Integer()
    answered_otherwise = Integer()
    waiting = Integer()
    ends = List(Nested(EndShape))
