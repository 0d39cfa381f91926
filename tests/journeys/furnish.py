"""What a story finds that does not begin at the beginning: made in the live installation.

``python -m tests.journeys.furnish`` with the environment of its processes.
"""

from app.campaigns.models import CampaignOffice
from app.campaigns.stages import Stage
from app.proposals.models import State
from tests.make.accounts import account
from tests.make.campaigns import appoint, campaign
from tests.make.proposals import proposal, proposals
from wsgi import app

VOTING, SUBMISSION = "balsojam", "iesniedzam"
CITIZEN, MODERATOR = "Zane Ozola", "Marta Moderatore"
CANDIDATE, SUBMITTED = "BALSS-0001", "IDEJA-0001"


def main() -> None:
    """A campaign with much to vote on, one that takes proposals, a citizen, a moderator."""
    account(CITIZEN, email="zane.ozola@people.example")
    moderator = account(MODERATOR, email="marta.moderatore@people.example")
    voting = campaign(Stage.VOTING, slug=VOTING, reference_prefix="BALSS")
    proposals(voting, 25)
    submission = campaign(Stage.SUBMISSION, slug=SUBMISSION, reference_prefix="IDEJA")
    proposal(submission, state=State.SUBMITTED)
    proposal(submission)
    for one in (voting, submission):
        appoint(moderator, one, CampaignOffice.MODERATOR)


if __name__ == "__main__":
    with app.app_context():
        main()
