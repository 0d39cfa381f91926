"""What happens at the moderator's desk."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class ContentReported(Event, name="content.reported", about="report_id"):
    """Somebody says that content breaks a rule. Who it was stands in no event."""

    report_id: int
    campaign_id: int


@dataclass(frozen=True)
class DecisionTaken(Event, name="decision.taken", about="decision_id"):
    """For the person concerned, ``Decision.concerns_id``, where there is one."""

    decision_id: int
    campaign_id: int


@dataclass(frozen=True)
class DecisionUndone(Event, name="decision.undone", about="decision_id"):
    """Taken back by whoever took it, within minutes: it was a slip."""

    decision_id: int
    campaign_id: int


@dataclass(frozen=True)
class ReportsDecided(Event, name="reports.decided", about="decision_id"):
    """For those who reported: ``queries.reporters_of(decision_id)``."""

    decision_id: int
    campaign_id: int


@dataclass(frozen=True)
class AppealMade(Event, name="appeal.made", about="decision_id"):
    decision_id: int
    campaign_id: int


@dataclass(frozen=True)
class AppealDecided(Event, name="appeal.decided", about="decision_id"):
    decision_id: int
    campaign_id: int
