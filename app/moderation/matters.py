"""What a report, a claim or a decision is about: a proposal, a comment, or somebody's account."""

from dataclasses import dataclass

from app.accounts.models import Account
from app.campaigns.models import Campaign
from app.comments.models import Comment
from app.commitments.models import Commitment
from app.foundation.events import subject
from app.proposals.models import Proposal, State


@dataclass(frozen=True)
class Matter:
    """One thing, with the campaign in which it is decided."""

    kind: str
    """``proposal``, ``comment`` or ``account``."""
    number: int
    campaign: Campaign
    thing: Proposal | Comment | Account
    proposal: Proposal | None
    """The proposal that it is, or that the comment stands under."""
    commitment: Commitment | None = None
    """The draft commitment that the comment stands under."""

    @property
    def subject(self) -> str:
        return subject(self.kind, self.number)

    @property
    def concerns_id(self) -> int:
        """The person whose content or account it is."""
        return self.thing.id if isinstance(self.thing, Account) else self.thing.author_id

    @property
    def language(self) -> str:
        return self.thing.language

    @property
    def is_public(self) -> bool:
        """Whether anybody can read it now, so that anybody may report it."""
        if isinstance(self.thing, Account):
            return False
        if self.proposal is not None and self.proposal.state not in SHOWN:
            return False
        return not (isinstance(self.thing, Comment) and self.thing.hidden_at is not None)


SHOWN = {State.PUBLISHED, State.MERGED}


def split(word: str) -> tuple[str, int]:
    """``proposal:17`` as its kind and number."""
    kind, _, number = word.partition(":")
    return kind, int(number)
