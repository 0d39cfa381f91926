"""What campaigns do when another room speaks."""

from app.accounts.events import AccountErased
from app.campaigns import queries
from app.foundation import clock
from app.foundation.events import listen


@listen(AccountErased)
def end_offices(event: AccountErased) -> None:
    """Whoever has left holds no office any more; their successors can be appointed."""
    for appointment in queries.held_by(event.account_id):
        appointment.ended_at = clock.now()
        appointment.end_reason = ""
