"""Who may read what happened."""

from app.accounts.roles import ADMINISTRATOR, OBSERVER
from app.foundation.language import _
from app.foundation.permissions import Permission

READ_TRAIL = Permission(
    "audit.read_trail",
    granted_to=[OBSERVER, ADMINISTRATOR],
    otherwise=_("Only observers and administrators can read the trail of events."),
)
