"""What became of each session: held or not, how long, how many were present, where the recording is kept.

Who delivered it are the places of the session, which lean on assignments. Participants are a number; there is no
place for a name. A record is only ever added to: a correction is a row of its own.
"""

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    exists,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from selection.core.columns import Key, Moment, Name, Prose, one_of
from selection.core.db import Base
from selection.models.people import Account
from selection.models.sessions import GroupSession
from selection.rules.delivery import LONGEST, MOST_PRESENT
from selection.rules.sessions import SessionState


class SessionRecord(Base):
    """The record of a session; a correction names the record that it puts right, and the last of the line holds."""

    __tablename__ = "session_record"

    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[Prose]
    minutes: Mapped[int | None]
    present: Mapped[int | None]
    recording: Mapped[Name] = mapped_column(default="")
    corrects_id: Mapped[int | None]
    correction: Mapped[Prose]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)

    session: Mapped[GroupSession] = relationship(
        primaryjoin="SessionRecord.session_id == GroupSession.id", foreign_keys=[session_id]
    )
    recorded_by: Mapped[Account] = relationship(foreign_keys=[recorded_by_id])

    __table_args__ = (
        ForeignKeyConstraint(["session_id", "state"], ["group_session.id", "group_session.state"]),
        ForeignKeyConstraint(["corrects_id", "session_id"], ["session_record.id", "session_record.session_id"]),
        one_of("state", (SessionState.HELD, SessionState.NOT_HELD)),
        CheckConstraint(
            f"(state = 'held' AND minutes BETWEEN 1 AND {LONGEST} AND present BETWEEN 0 AND {MOST_PRESENT})"
            " OR (state = 'not_held' AND minutes IS NULL AND present IS NULL AND recording = '' AND reason <> '')",
            name="whole",
        ),
        CheckConstraint("state = 'not_held' OR (minutes IS NOT NULL AND present IS NOT NULL)", name="held_is_counted"),
        CheckConstraint("(corrects_id IS NULL) = (correction = '')", name="corrected_for_a_reason"),
        UniqueConstraint("id", "session_id"),
        Index(None, "corrects_id", unique=True),
        Index(
            "uq_session_record_only_one_is_first",
            "session_id",
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        Index(None, "session_id"),
    )


def standing() -> ColumnElement[bool]:
    """Return the condition that no later record of the session has put this one right."""
    later = aliased(SessionRecord)
    return ~exists().where(later.corrects_id == SessionRecord.id)
