"""What citizens put forward, every revision of it, and what became of it in sorting."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.campaigns.models import Campaign, Theme
from app.comments.models import Thread
from app.foundation.db import Base
from app.foundation.lemmas import fold, lemmas


class State(StrEnum):
    """A proposal's own states. Whether it was shortlisted or answered is kept where it happens."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Value(StrEnum):
    """The open-government values: the three questions of Lithuania's call of 2020."""

    TRANSPARENCY = "transparency"
    PARTICIPATION = "participation"
    ACCOUNTABILITY = "accountability"


class Channel(StrEnum):
    ONLINE = "online"
    PAPER = "paper"


class Proposal(Base):
    """The current text stands here; ``Revision`` holds every one, this one too."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_list", "campaign_id", "state", "id"),
        Index("ix_proposal_newest", "campaign_id", "state", "published_at", "id"),
        UniqueConstraint("campaign_id", "external_reference"),
        UniqueConstraint("author_id", "draft_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey(Campaign.id))
    reference: Mapped[str | None] = mapped_column(unique=True)
    """``OGP5-0042``; given when it is first submitted."""
    external_reference: Mapped[str | None]
    """What it was called where it was imported from, such as ``polis:298``."""
    draft_key: Mapped[str | None]
    """Made by the empty form, so that two tabs, a double click and the automatic saving all
    mean the same draft."""
    theme_id: Mapped[int | None] = mapped_column(ForeignKey(Theme.id), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    on_behalf_of: Mapped[str | None]
    """The organisation it is proposed for."""
    language: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(default="")
    """The title in small letters without diacritics; follows the title by itself."""
    lemmas: Mapped[str] = mapped_column(default="")
    """The words of the title, a bar, and the words of the text, each once in its base form;
    what ``similarity`` compares. Empty while it is a draft."""
    situation: Mapped[str] = mapped_column(default="")
    solution: Mapped[str] = mapped_column(default="")
    values: Mapped[list[str]]
    """Which open-government values it serves: words of ``Value``."""
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    state_reason: Mapped[str | None]
    """Why it was last returned, hidden, merged or withdrawn."""
    current_revision: Mapped[int] = mapped_column(default=0)
    is_checked: Mapped[bool] = mapped_column(default=True)
    """False when it was published undecided, three days before voting."""
    was_restored_after_opening: Mapped[bool] = mapped_column(default=False)
    """It goes to the group without a count, and is marked so."""
    channel: Mapped[Channel] = mapped_column(default=Channel.ONLINE)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id))
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    votable_from: Mapped[datetime | None]
    """When it could first be supported; fixed as voting opens, or at publication side by side."""

    campaign: Mapped[Campaign] = relationship()
    theme: Mapped[Theme | None] = relationship()
    author: Mapped[Account] = relationship(foreign_keys=[author_id])
    thread: Mapped[Thread] = relationship()
    merged_into: Mapped["Proposal | None"] = relationship(remote_side=[id])


_WORDS = ("title", "situation", "solution", "language", "state")


@event.listens_for(Proposal, "before_insert")
@event.listens_for(Proposal, "before_update")
def _fold_words(mapper: object, connection: object, proposal: Proposal) -> None:
    """Whatever changes the text also changes what it is found and compared by."""
    attributes = inspect(proposal).attrs
    if not any(attributes[name].history.has_changes() for name in _WORDS):
        return
    proposal.title_folded = fold(proposal.title)
    if proposal.state is not State.DRAFT:
        proposal.lemmas = base_forms(
            proposal.title,
            f"{proposal.situation or ''} {proposal.solution or ''}",
            proposal.language,
        )


def base_forms(title: str, text: str, language: str) -> str:
    """The words of a title and of a text in their base forms, as ``Proposal.lemmas`` holds them."""
    words = (sorted(set(lemmas(part, language))) for part in (title, text))
    return "|".join(" ".join(each) for each in words)


class RevisionKind(StrEnum):
    AUTHOR = "author"
    MERGE = "merge"
    MODERATOR = "moderator"


class Revision(Base):
    """One state of the text, for ever readable unless it is withheld with a reason."""

    __tablename__ = "revision"

    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    situation: Mapped[str]
    solution: Mapped[str]
    values: Mapped[list[str]]
    kind: Mapped[RevisionKind] = mapped_column(default=RevisionKind.AUTHOR)
    note: Mapped[str] = mapped_column(default="")
    """What changed, in the words of who changed it."""
    written_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    written_at: Mapped[datetime]
    withheld_at: Mapped[datetime | None]
    withheld_reason: Mapped[str | None]

    written_by: Mapped[Account] = relationship()


class CoAuthorState(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class CoAuthor(Base):
    """Somebody who is named beside the author, if they agree."""

    __tablename__ = "co_author"

    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    state: Mapped[CoAuthorState] = mapped_column(default=CoAuthorState.INVITED)
    by_merge_id: Mapped[int | None] = mapped_column(ForeignKey("merge.id"))
    """Credited because their own proposal was merged into this one."""
    since: Mapped[datetime]

    account: Mapped[Account] = relationship()


class Merge(Base):
    """That one proposal went into another, why, and whether it was undone."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    revision: Mapped[int]
    """The number of the target's revision that the merge made."""
    reason: Mapped[str]
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    undo_reason: Mapped[str | None]

    source: Mapped[Proposal] = relationship(foreign_keys=[source_id])
    target: Mapped[Proposal] = relationship(foreign_keys=[target_id])
    merged_by: Mapped[Account] = relationship(foreign_keys=[merged_by_id])
    undone_by: Mapped[Account | None] = relationship(foreign_keys=[undone_by_id])


class Step(Base):
    """One change of a proposal's state: from what to what, when, by whom, why. Insert-only."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    was: Mapped[State | None]
    became: Mapped[State]
    reason: Mapped[str | None]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    """None: the system, by the clock."""

    taken_by: Mapped[Account | None] = relationship()
