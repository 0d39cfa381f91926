"""Who keeps the list of action plans. Everybody reads them."""

from app.accounts.roles import ADMINISTRATOR
from app.foundation.language import _
from app.foundation.permissions import Permission

KEEP_PLANS = Permission(
    "plans.keep",
    granted_to=[ADMINISTRATOR],
    otherwise=_("Only an administrator can create and change action plans."),
)
