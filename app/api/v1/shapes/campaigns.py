"""Campaigns as JSON."""

from apiflask import Schema
from apiflask.fields import URL, AwareDateTime, Boolean, Dict, Integer, List, Nested, Raw, String


def _text(description: str) -> Dict:
    return Dict(
        keys=String(),
        values=String(),
        metadata={
            "description": f"{description}, by language; `original` names the language it was "
            "written in."
        },
    )


class ThemeShape(Schema):
    key = String(metadata={"description": "Its word in addresses."})
    name = _text("Its name")
    hint = _text("What it is about")
    proposals = Integer(metadata={"description": "How many proposals stand published in it."})


class DatesShape(Schema):
    """Moments in UTC. A closing moment is the first that is too late."""

    submission_opens_at = AwareDateTime()
    submission_closes_at = AwareDateTime()
    voting_opens_at = AwareDateTime()
    voting_closes_at = AwareDateTime()
    review_closes_at = AwareDateTime()
    answers_due_at = AwareDateTime()


class DateChangeShape(Schema):
    which = String()
    was = AwareDateTime()
    now = AwareDateTime()
    reason = String()
    is_prolongation = Boolean()
    changed_at = AwareDateTime()


class PromisesShape(Schema):
    method = String()
    vote_limit = Integer(
        allow_none=True, metadata={"description": "None: as many as one finds right."}
    )
    shortlist_rule = Raw()
    minimum_age = Integer()
    to_propose = String()
    to_comment = String()
    to_support = String()
    conclusion_before_promotion = Boolean()


class ContactShape(Schema):
    organisation = _text("The responsible institution")
    person = String()
    email = String()


class CampaignLineShape(Schema):
    slug = String()
    title = _text("Its title")
    stage = String(
        metadata={
            "description": "announced, submission, sorting, voting, review, answering, concluded "
            "or cancelled."
        }
    )
    page = URL(metadata={"description": "The page for people."})
    announced_at = AwareDateTime()


class CampaignShape(CampaignLineShape):
    summary = _text("What it is about, in a few sentences")
    text = _text("What it is about, in Markdown")
    pacing = String(metadata={"description": "in_turn or side_by_side."})
    plan = String(allow_none=True, metadata={"description": "The action plan that it feeds."})
    dates = Nested(DatesShape)
    promises = Nested(PromisesShape)
    themes = List(Nested(ThemeShape))
    contact = Nested(ContactShape)
    date_changes = List(Nested(DateChangeShape))
    short_notice_reason = _text("Why it was announced less than 14 days ahead")
    concluded_at = AwareDateTime(allow_none=True)
    cancelled_at = AwareDateTime(allow_none=True)
    cancel_reason = String(allow_none=True)
    proposals_handed_in = Integer()
    proposals_published = Integer()
    people = Integer(metadata={"description": "How many have proposed or commented."})


class CampaignsShape(Schema):
    campaigns = List(Nested(CampaignLineShape))
