"""Who may follow."""

from app.accounts.roles import SIGNED_IN
from app.foundation.language import _
from app.foundation.permissions import Permission

FOLLOW = Permission(
    "follows.follow",
    granted_to=[SIGNED_IN],
    otherwise=_("Sign in to hear what becomes of this."),
)
