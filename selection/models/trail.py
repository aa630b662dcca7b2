"""The audit trail; triggers of the migration let it grow and nothing else."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Json, Key, Moment, Name, Prose
from selection.core.db import Base


class TrailEntry(Base):
    """Who did or looked at what, when, before and after, and why; written in the transaction of the deed."""

    __tablename__ = "trail_entry"

    id: Mapped[Key]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    actor_name: Mapped[Name]
    event: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    reason: Mapped[Prose]

    __table_args__ = (Index(None, "staff_id", "id"), Index(None, "subject", "subject_id", "id"), Index(None, "at"))


class TrailSeal(Base):
    """Entries that were sealed together: those after one id up to another, how many, and the fingerprint at the end.

    A seal is only ever added, and rests on the one before: `rules.sealing` says how.
    """

    __tablename__ = "trail_seal"

    id: Mapped[Key]
    after_id: Mapped[int] = mapped_column(unique=True)
    last_id: Mapped[int] = mapped_column(unique=True)
    entries: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[Moment]

    __table_args__ = (
        CheckConstraint("last_id > after_id", name="goes_on"),
        CheckConstraint("entries > 0", name="not_empty"),
        CheckConstraint("length(digest) = 64", name="digest_whole"),
    )
