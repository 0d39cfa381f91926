"""What happens to accounts. That somebody signed in is nobody's business, so no event says it."""

from dataclasses import dataclass

from app.foundation.events import Event


@dataclass(frozen=True)
class AccountOpened(Event, name="account.opened", about="account_id"):
    account_id: int


@dataclass(frozen=True)
class AccountErased(Event, name="account.erased", about="account_id"):
    """A person left. Every room forgets what it holds about them."""

    account_id: int


@dataclass(frozen=True)
class AccountSuspended(Event, name="account.suspended", about="account_id"):
    account_id: int


@dataclass(frozen=True)
class SuspensionLifted(Event, name="account.suspension_lifted", about="account_id"):
    account_id: int


@dataclass(frozen=True)
class HouseOfficeGiven(Event, name="account.office_given", about="account_id"):
    account_id: int
    appointment_id: int


@dataclass(frozen=True)
class HouseOfficeEnded(Event, name="account.office_ended", about="account_id"):
    account_id: int
    appointment_id: int
