"""Finding action plans."""

from sqlalchemy import Select, select

from app.foundation.db import db
from app.plans.models import Plan


def by_slug(slug: str) -> Plan | None:
    return db.session.scalar(select(Plan).where(Plan.slug == slug))


def plans() -> Select[Plan]:
    """Every plan, the newest first."""
    return select(Plan).order_by(Plan.ordinal.desc(), Plan.id.desc())
