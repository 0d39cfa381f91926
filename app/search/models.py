"""What can be found: one row of folded words for each proposal and commitment."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base


class SearchEntry(Base):
    """The lemmas of one text. Each database searches them in its own way (``backends/``)."""

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(unique=True)
    """``proposal:17`` or ``commitment:3``."""
    campaign_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    """Lemmas of the title, folded, separated by blanks."""
    body: Mapped[str]
    indexed_at: Mapped[datetime]
