"""Action plans: their period, languages and approval."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base
from app.foundation.text import LocalizedText, LocalizedTextType


class Plan(Base):
    """An action plan of this OGP member."""

    __tablename__ = "plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    ordinal: Mapped[int]
    title: Mapped[LocalizedText] = mapped_column(LocalizedTextType)
    goal: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    approved_on: Mapped[date | None]
    approval_act: Mapped[LocalizedText | None] = mapped_column(LocalizedTextType)
    approval_link: Mapped[str | None]
