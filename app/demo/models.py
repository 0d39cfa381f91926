"""What only a demonstration needs to keep."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.foundation.db import Base


class DemonstrationClock(Base):
    """How far ahead of the real time the demonstration is; one row."""

    __tablename__ = "demonstration_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    seconds_ahead: Mapped[int]


class DemonstrationPerson(Base):
    """Somebody whom a newcomer may be, to see what they see."""

    __tablename__ = "demonstration_person"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    position: Mapped[int]
    part: Mapped[str]
    """Which part they play: a word of ``people.PARTS``."""

    account: Mapped[Account] = relationship()
