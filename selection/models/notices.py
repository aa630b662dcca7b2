"""The outbox: letters that a change has promised, written with it and delivered afterwards."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import EMAIL_LENGTH, Key, Moment, Name, Prose
from selection.core.db import Base


class Notice(Base):
    """A letter to one address; its unique key makes sure that the same news is sent once."""

    __tablename__ = "notice"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    to_address: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    subject: Mapped[Name]
    body: Mapped[Prose]
    queued_at: Mapped[Moment]
    due_at: Mapped[Moment]
    sent_at: Mapped[Moment | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[Prose]

    __table_args__ = (Index(None, "sent_at", "due_at"),)
