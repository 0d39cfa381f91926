"""Who may read an inbox and choose what comes into it."""

from app.accounts.roles import THEMSELVES
from app.foundation.language import _
from app.foundation.permissions import Permission

READ_INBOX = Permission(
    "notifications.read",
    granted_to=[THEMSELVES],
    otherwise=_("You can do this with your own account only."),
)
CHOOSE_MAIL = Permission(
    "notifications.choose_mail",
    granted_to=[THEMSELVES],
    otherwise=_("You can do this with your own account only."),
)
