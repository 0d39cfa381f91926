"""Commitments as JSON."""

from apiflask import Schema
from apiflask.fields import AwareDateTime, Date, Dict, Integer, List, Nested, String


def wordings(description: str) -> Dict:
    return Dict(
        keys=String(),
        values=String(),
        metadata={
            "description": f"{description}, by language; `original` names the language it was "
            "written in."
        },
    )


class MilestoneShape(Schema):
    number = Integer()
    title = wordings("What is reached")
    output = wordings("What can be seen then")
    starts_on = Date(allow_none=True)
    ends_on = Date(allow_none=True)
    responsible = String()


class RetractionShape(Schema):
    at = AwareDateTime()
    by = String()
    reason = String()


class OriginShape(Schema):
    """From a version of a commitment, or a passage of it, to a revision of a proposal."""

    version = Integer()
    field = String(allow_none=True)
    passage = String(allow_none=True)
    proposal = String(allow_none=True, metadata={"description": "Its reference."})
    revision = Integer(allow_none=True)
    proposal_field = String(allow_none=True)
    proposal_passage = String(
        allow_none=True, metadata={"description": "None also where the text is not shown."}
    )
    relation = String(allow_none=True)
    source_kind = String(allow_none=True, metadata={"description": "When it is no proposal."})
    source = String(allow_none=True)
    reason = String()
    at = AwareDateTime()
    by = String()
    retraction = Nested(RetractionShape, allow_none=True)


class CommitmentLineShape(Schema):
    id = Integer()
    number = Integer()
    title = wordings("Its title")
    state = String()
    page = String()
    proposals = Integer(metadata={"description": "How many proposals it comes from."})


class CommitmentsShape(Schema):
    campaign = String()
    commitments = List(Nested(CommitmentLineShape))


class CommitmentShape(Schema):
    id = Integer()
    number = Integer()
    campaign = String()
    plan = String(allow_none=True)
    state = String()
    version = Integer()
    texts = Dict(keys=String(), values=Dict())
    lead_institution = String()
    supporting = String()
    starts_on = Date(allow_none=True)
    ends_on = Date(allow_none=True)
    milestones = List(Nested(MilestoneShape))
    origins = List(Nested(OriginShape))
    consultation_opens_at = AwareDateTime(allow_none=True)
    consultation_closes_at = AwareDateTime(allow_none=True)
    approved_on = Date(allow_none=True)
    approval_act = wordings("The act")
    approval_link = String(allow_none=True)
    page = String()
