"""What can be done with votes: given and taken back, counted, imported."""

from app.voting.actions.closing import close_voting
from app.voting.actions.importing import import_polis
from app.voting.actions.opening import open_register
from app.voting.actions.parting import give_one_place_more, let_go_of
from app.voting.actions.supporting import CONSENT_VERSION, receipt, support, withdraw_support

__all__ = [
    "CONSENT_VERSION",
    "close_voting",
    "give_one_place_more",
    "import_polis",
    "let_go_of",
    "open_register",
    "receipt",
    "support",
    "withdraw_support",
]
