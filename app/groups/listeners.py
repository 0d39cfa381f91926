"""What groups do when another room speaks."""

from app.accounts.events import AccountErased
from app.accounts.queries import account
from app.foundation.actors import SYSTEM
from app.foundation.events import listen
from app.groups import actions


@listen(AccountErased)
def vacate_seats(event: AccountErased) -> None:
    if person := account(event.account_id):
        actions.vacate_seats(person, by=SYSTEM)
