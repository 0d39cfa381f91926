"""What happens at the end: answers, and the conclusion that needs them all."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class ProposalAnswered(Event, name="proposal.answered", about="proposal_id"):
    """A reasoned answer was published; also a revised one, which leaves the earlier readable."""

    proposal_id: int
    answer_id: int
    campaign_id: int


@dataclass(frozen=True)
class CampaignConcluded(Event, name="campaign.concluded", about="campaign_id"):
    """Every published proposal is answered, and nothing is missing."""

    campaign_id: int
