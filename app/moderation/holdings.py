"""What is held about whom: reports they made, decisions that concern them, their appeals."""

from sqlalchemy import select

from app.accounts.holdings import Holdings, rows
from app.accounts.models import Account
from app.moderation.models import Appeal, Decision, Report


def held_about(person: Account) -> Holdings:
    return {
        "reports": rows(
            select(Report.subject, Report.rule, Report.text, Report.reported_at)
            .where(Report.reporter_id == person.id)
            .order_by(Report.id)
        ),
        "decisions_concerning_them": rows(
            select(
                Decision.id,
                Decision.subject,
                Decision.act,
                Decision.rule,
                Decision.facts,
                Decision.decided_at,
                Decision.undone_at,
            )
            .where(Decision.concerns_id == person.id)
            .order_by(Decision.id)
        ),
        "appeals": rows(
            select(
                Appeal.decision_id,
                Appeal.text,
                Appeal.appealed_at,
                Appeal.outcome,
                Appeal.reasons,
                Appeal.decided_at,
            )
            .where(Appeal.appealed_by_id == person.id)
            .order_by(Appeal.decision_id)
        ),
    }
