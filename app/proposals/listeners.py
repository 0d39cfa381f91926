"""What proposals do when another room speaks."""

from app.accounts.events import AccountErased
from app.campaigns.events import StageBegan
from app.campaigns.queries import campaign
from app.campaigns.stages import Stage
from app.foundation.actors import SYSTEM
from app.foundation.events import listen
from app.proposals.actions import fix_what_is_votable, let_go_of_proposals


@listen(StageBegan)
def fix_moments_as_voting_opens(event: StageBegan) -> None:
    """The job has done so for three days; this is for a campaign whose clock stood still."""
    if event.stage == Stage.VOTING and (begun := campaign(event.campaign_id)):
        fix_what_is_votable(begun, by=SYSTEM)


@listen(AccountErased)
def let_go_of_what_they_wrote(event: AccountErased) -> None:
    let_go_of_proposals(event.account_id, by=SYSTEM)
