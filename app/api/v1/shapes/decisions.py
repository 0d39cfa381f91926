"""A decision as data: what the register shows, and nothing of what was hidden."""

from apiflask import Schema
from apiflask.fields import DateTime, Integer, List, Nested, String


class AppealShape(Schema):
    appealed_at = DateTime()
    outcome = String(allow_none=True, metadata={"description": "upheld, rejected, or none yet"})
    reasons = String(allow_none=True)
    reasons_language = String(allow_none=True)
    decided_at = DateTime(allow_none=True)


class DecisionShape(Schema):
    number = Integer()
    act = String(metadata={"description": "hide, keep, return, restore, withhold, suspend or lift"})
    about = String(metadata={"description": "proposal, comment or account"})
    proposal = String(allow_none=True, metadata={"description": "reference, such as OGP5-0042"})
    revision = Integer(allow_none=True)
    rule = String()
    facts = String()
    language = String()
    decided_at = DateTime()
    taken_back_at = DateTime(allow_none=True)
    appeal = Nested(AppealShape, allow_none=True)


class RegisterShape(Schema):
    campaign = String()
    total = Integer()
    page = Integer()
    pages = Integer()
    decisions = List(Nested(DecisionShape))
