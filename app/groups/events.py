"""What happened in working groups."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class GroupCreated(Event, name="group.created", about="group_id"):
    group_id: int


@dataclass(frozen=True)
class GroupChanged(Event, name="group.changed", about="group_id"):
    group_id: int


@dataclass(frozen=True)
class MemberSeated(Event, name="group.member_seated", about="group_id"):
    group_id: int
    membership_id: int


@dataclass(frozen=True)
class ChairAppointed(Event, name="group.chair_appointed", about="group_id"):
    group_id: int
    membership_id: int


@dataclass(frozen=True)
class SeatEnded(Event, name="group.seat_ended", about="group_id"):
    group_id: int
    membership_id: int
