"""Who may report, decide, take back, appeal, and decide an appeal."""

from app.accounts.queries import house_offices_of
from app.accounts.roles import EVERYONE, OBSERVER
from app.campaigns.queries import appointments_of
from app.campaigns.roles import MODERATOR, ORGANISER
from app.foundation import clock
from app.foundation.language import _
from app.foundation.permissions import Condition, Permission
from app.moderation.matters import Matter
from app.moderation.models import Appeal
from app.moderation.roles import CONCERNED, IMPARTIAL, OTHER_MODERATOR, WHOEVER_DECIDED
from app.moderation.rules import APPEALABLE, UNDO_WITHIN

ONLY_MODERATORS = _("Only the moderators of this campaign can do this.")

SEE_DESK = Permission(
    "moderation.see_desk",
    granted_to=[MODERATOR, ORGANISER, OBSERVER],
    otherwise=_("Only those who run this campaign can see the moderator's desk."),
)
CLAIM = Permission("moderation.claim", granted_to=[MODERATOR], otherwise=ONLY_MODERATORS)
KEEP_PHRASES = Permission(
    "moderation.keep_phrases", granted_to=[MODERATOR], otherwise=ONLY_MODERATORS
)

DECIDE = Permission("moderation.decide", granted_to=[MODERATOR], otherwise=ONLY_MODERATORS)
BE_IMPARTIAL = Permission(
    "moderation.be_impartial",
    granted_to=[IMPARTIAL],
    otherwise=_("This is your own, so another moderator decides it."),
)


def _holds_no_office(matter: Matter) -> bool:
    return not appointments_of(matter.number) and not house_offices_of(matter.number)


SUSPEND = Permission(
    "moderation.suspend",
    granted_to=[MODERATOR],
    provided=[
        Condition(
            _holds_no_office,
            _("This person holds an office. Ask the administrator to end it first."),
        )
    ],
    otherwise=ONLY_MODERATORS,
)

UNDO = Permission(
    "moderation.undo",
    granted_to=[WHOEVER_DECIDED],
    provided=[
        Condition(
            lambda decision: clock.now() < decision.decided_at + UNDO_WITHIN,
            _("Ten minutes have passed, so this can only be changed by a new decision."),
        ),
        Condition(
            lambda decision: decision.appeal is None,
            _("The person concerned has appealed: another moderator decides now."),
        ),
    ],
    otherwise=_("Only the moderator who decided this can take it back."),
)

REPORT = Permission(
    "moderation.report",
    granted_to=[EVERYONE],
    provided=[
        Condition(
            lambda matter: matter.is_public,
            _("This cannot be read by the public any more, so there is nothing to report."),
        )
    ],
)

APPEAL = Permission(
    "moderation.appeal",
    granted_to=[CONCERNED],
    provided=[
        Condition(
            lambda decision: decision.act in APPEALABLE,
            _("This decision takes nothing from you, so there is nothing to appeal."),
        ),
        Condition(
            lambda decision: decision.undone_at is None,
            _("This decision has been taken back, so there is nothing to appeal."),
        ),
    ],
    otherwise=_("Only the person whom a decision concerns can appeal it."),
)


def _is_open(appeal: Appeal) -> bool:
    return appeal.decision.undone_at is None


DECIDE_APPEAL = Permission(
    "moderation.decide_appeal", granted_to=[MODERATOR], otherwise=ONLY_MODERATORS
)
JUDGE_ANOTHER = Permission(
    "moderation.judge_another",
    granted_to=[OTHER_MODERATOR],
    provided=[Condition(_is_open, _("This decision has been taken back."))],
    otherwise=_(
        "You took this decision, or it concerns you, so another moderator decides the appeal."
    ),
)
