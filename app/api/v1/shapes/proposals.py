"""Proposals, their comments and revisions as JSON."""

from apiflask import Schema
from apiflask.fields import URL, AwareDateTime, Boolean, Integer, List, Nested, String
from apiflask.validators import Length, OneOf, Range

from app.comments.models import Position
from app.foundation.language import NAMES
from app.proposals.models import State
from app.proposals.queries import Order

_STATES = [State.PUBLISHED, State.MERGED, State.WITHDRAWN, State.HIDDEN]


class ProposalsAsked(Schema):
    """Which proposals are wanted."""

    theme = String(load_default="", validate=Length(max=100))
    state = String(
        load_default=State.PUBLISHED.value,
        validate=OneOf([*(state.value for state in _STATES), "all"]),
    )
    language = String(load_default="", validate=OneOf(["", *NAMES]))
    q = String(
        load_default="",
        validate=Length(max=200),
        metadata={"description": "Words of the title, with or without diacritics."},
    )
    order = String(
        load_default=Order.NEWEST.value,
        validate=OneOf([Order.NEWEST.value, Order.MOST_COMMENTED.value]),
    )
    page = Integer(load_default=1, validate=Range(1, 100_000))
    size = Integer(load_default=50, validate=Range(1, 200))


class PageAsked(Schema):
    page = Integer(load_default=1, validate=Range(1, 100_000))


class ProposalShape(Schema):
    """A proposal. What is hidden or withdrawn keeps its reason and has no words."""

    reference = String()
    external_reference = String(
        allow_none=True, metadata={"description": "What it was called where it was imported from."}
    )
    state = String(validate=OneOf([state.value for state in _STATES]))
    state_reason = String(allow_none=True)
    merged_into = String(allow_none=True, metadata={"description": "The reference of the target."})
    title = String(allow_none=True)
    situation = String(allow_none=True)
    solution = String(allow_none=True)
    values = List(String())
    language = String()
    theme = String(allow_none=True)
    author = String(allow_none=True, metadata={"description": "None: a person who has left."})
    on_behalf_of = String(allow_none=True)
    channel = String()
    is_checked = Boolean()
    was_restored_after_opening = Boolean()
    revision = Integer()
    comments = Integer()
    submitted_at = String(allow_none=True)
    published_at = String(allow_none=True)
    votable_from = String(allow_none=True)
    address = URL()


class ProposalsShape(Schema):
    proposals = List(Nested(ProposalShape))
    page = Integer()
    pages = Integer()
    total = Integer()


class StepShape(Schema):
    was = String(allow_none=True)
    became = String()
    reason = String(allow_none=True)
    at = AwareDateTime()


class OneProposalShape(ProposalShape):
    co_authors = List(String())
    merged_from = List(String(), metadata={"description": "References of what went into it."})
    steps = List(Nested(StepShape))


class RevisionShape(Schema):
    number = Integer()
    kind = String()
    note = String()
    title = String(allow_none=True)
    situation = String(allow_none=True)
    solution = String(allow_none=True)
    values = List(String())
    written_at = AwareDateTime()
    withheld_reason = String(allow_none=True)


class RevisionsShape(Schema):
    revisions = List(Nested(RevisionShape))


class CommentShape(Schema):
    """A comment; a hidden one keeps its place and the reason."""

    number = Integer()
    position = String(allow_none=True, validate=OneOf([position.value for position in Position]))
    language = String()
    text = String(allow_none=True)
    author = String(allow_none=True)
    written_at = AwareDateTime()
    edited_at = AwareDateTime(allow_none=True)
    version = Integer()
    hidden_reason = String(allow_none=True)


class ThreadShape(CommentShape):
    replies = List(Nested(CommentShape))


class CommentsShape(Schema):
    comments = List(Nested(ThreadShape))
    page = Integer()
    pages = Integer()
    total = Integer(metadata={"description": "Without replies."})
