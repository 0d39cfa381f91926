"""Answers as JSON."""

from apiflask import Schema
from apiflask.fields import AwareDateTime, Boolean, Dict, Float, Integer, List, Nested, String


class CoverageShape(Schema):
    """How far the campaign has kept its promise to answer everybody."""

    published = Integer(metadata={"description": "Proposals that are owed an answer."})
    answered = Integer()
    waiting = Integer()
    median_days = Float(allow_none=True, metadata={"description": "From the close of the review."})
    due_at = AwareDateTime()
    is_overdue = Boolean()


class AnswerShape(Schema):
    proposal = String(metadata={"description": "Its reference."})
    number = Integer(metadata={"description": "2 and more: revised; the earlier are kept."})
    outcome = String()
    text = String()
    language = String()
    referred_to = String(allow_none=True)
    on_behalf_of = String()
    answered_at = AwareDateTime()
    answered_by = String()


class AnswersShape(Schema):
    campaign = String()
    coverage = Nested(CoverageShape)
    outcomes = Dict(keys=String(), values=Integer())
    total = Integer()
    page = Integer()
    pages = Integer()
    answers = List(Nested(AnswerShape))
