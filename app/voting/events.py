"""What voting tells. Nothing here names a voter or what somebody supported (TRUST.md)."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class TallyPublished(Event, name="tally.published", about="campaign_id"):
    """Voting has closed and was counted: once per campaign."""

    campaign_id: int


@dataclass(frozen=True)
class ConsultationImported(Event, name="campaign.imported", about="campaign_id"):
    """A published consultation was replayed into a campaign of its own."""

    campaign_id: int
