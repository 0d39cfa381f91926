"""What happens to a campaign."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class CampaignCreated(Event, name="campaign.created", about="campaign_id"):
    campaign_id: int


@dataclass(frozen=True)
class CampaignChanged(Event, name="campaign.changed", about="campaign_id"):
    """Its words, themes, rules or, in preparation, its dates are different now."""

    campaign_id: int


@dataclass(frozen=True)
class CampaignAnnounced(Event, name="campaign.announced", about="campaign_id"):
    campaign_id: int


@dataclass(frozen=True)
class StageBegan(Event, name="campaign.stage_began", about="campaign_id"):
    """The clock reached a stage. Told by a job, which may run a minute late."""

    campaign_id: int
    stage: str
    """A word of ``stages.Stage``."""


@dataclass(frozen=True)
class DateMoved(Event, name="campaign.date_moved", about="campaign_id"):
    """A date was moved, or voting prolonged; the row says which, to when and why."""

    campaign_id: int
    date_change_id: int


@dataclass(frozen=True)
class CampaignCancelled(Event, name="campaign.cancelled", about="campaign_id"):
    campaign_id: int


@dataclass(frozen=True)
class OfficeGiven(Event, name="campaign.office_given", about="campaign_id"):
    campaign_id: int
    appointment_id: int


@dataclass(frozen=True)
class OfficeEnded(Event, name="campaign.office_ended", about="campaign_id"):
    campaign_id: int
    appointment_id: int
