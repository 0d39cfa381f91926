"""What happens to an action plan."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class PlanCreated(Event, name="plan.created", about="plan_id"):
    plan_id: int


@dataclass(frozen=True)
class PlanChanged(Event, name="plan.changed", about="plan_id"):
    plan_id: int


@dataclass(frozen=True)
class PlanApproved(Event, name="plan.approved", about="plan_id"):
    """The government took a decision; the plan names the act and where to read it."""

    plan_id: int
