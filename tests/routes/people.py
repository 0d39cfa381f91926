"""Those who ask, one of each kind."""

from dataclasses import astuple, dataclass, fields

from app.accounts.models import Account, HouseAppointment, HouseOffice
from app.campaigns.models import Campaign, CampaignOffice
from app.foundation import clock
from app.foundation.db import db
from app.groups.models import Group
from tests.make.accounts import account, administrator
from tests.make.campaigns import appoint
from tests.make.groups import seat


@dataclass(frozen=True)
class People:
    """Whoever asks, besides a visitor. The table says what each of them is told."""

    stranger: Account
    """Signed in, and nothing else."""
    author: Account
    """Wrote the proposals, the comments and the draft; what is decided concerns them."""
    suspended: Account
    """Holds every office there is, and is named beside the author: all of it sleeps."""
    moderator: Account
    organiser: Account
    elsewhere: Account
    """Moderator, organiser and chair, but of another campaign and another group."""
    member: Account
    chair: Account
    observer: Account
    administrator: Account

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(astuple(self))

    def by_name(self) -> dict[str, Account | None]:
        return {"visitor": None} | {each.name: getattr(self, each.name) for each in fields(self)}


OFFICES = (CampaignOffice.MODERATOR, CampaignOffice.ORGANISER)


def gathered() -> People:
    """All of them, with the offices of the whole house; a campaign's are given by ``settle``."""
    people = People(
        stranger=account("Stranger"),
        author=account("Author"),
        suspended=administrator("Suspended"),
        moderator=account("Moderator"),
        organiser=account("Organiser"),
        elsewhere=account("Elsewhere"),
        member=account("Member"),
        chair=account("Chair"),
        observer=_observer(),
        administrator=administrator("Administrator"),
    )
    people.suspended.suspended_at = clock.now()
    db.session.commit()
    return people


def _observer() -> Account:
    person = account("Observer")
    db.session.add(
        HouseAppointment(
            account_id=person.id,
            office=HouseOffice.OBSERVER,
            reason="Testam",
            given_at=clock.now(),
        )
    )
    return person


def settle(people: People, campaign: Campaign, group: Group) -> None:
    """Give them their offices in this campaign and their seats in this group."""
    appoint(people.moderator, campaign, CampaignOffice.MODERATOR)
    appoint(people.organiser, campaign, CampaignOffice.ORGANISER)
    for office in OFFICES:
        appoint(people.suspended, campaign, office)
    seat(group, people.member)
    seat(group, people.chair, chair=True)
    seat(group, people.suspended)
