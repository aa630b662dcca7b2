"""How a rating form is filled: each change as an operation, the devices that hold it, who typed it from paper."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Moment, Name, Prose, one_of
from selection.core.db import Base

UUID_LENGTH = 36
DOORS = ("device", "page", "paper")
ENDS = ("handed_back", "sealed", "given_up")


class FormOperation(Base):
    """One change of a rating form, stored once and in the transaction of the change; only ever added to.

    The device names the operation before it sends it, so that the same one twice is one. Each leads from the version
    that was on screen to the next, and no two lead to the same: what is on a form is one chain of operations.
    """

    __tablename__ = "form_operation"

    op_id: Mapped[str] = mapped_column(String(UUID_LENGTH), primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("rating_form.id"))
    base_version: Mapped[int]
    version: Mapped[int]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    door: Mapped[str] = mapped_column(String(10))
    payload_hash: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[Moment]

    __table_args__ = (
        UniqueConstraint("form_id", "version"),
        CheckConstraint("version = base_version + 1", name="one_version_on"),
        one_of("door", DOORS),
    )


class FormHold(Base):
    """A device on which a form was opened, until the form is sealed or handed back there, or it is given up as lost.

    `unsent` is how many changes it last said it had that were not yet acknowledged; `how` says how the hold ended.
    """

    __tablename__ = "form_hold"

    form_id: Mapped[int] = mapped_column(ForeignKey("rating_form.id"), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(UUID_LENGTH), primary_key=True)
    device: Mapped[Name]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    opened_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    unsent: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[Moment | None]
    how: Mapped[str | None] = mapped_column(String(20))
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[Prose]

    __table_args__ = (
        one_of("how", ENDS),
        CheckConstraint("(ended_at IS NULL) = (how IS NULL)", name="ended_somehow"),
        CheckConstraint("unsent >= 0", name="unsent_not_negative"),
        CheckConstraint("how IS NULL OR how <> 'given_up' OR reason <> ''", name="given_up_with_reason"),
    )


class Transcription(Base):
    """That a form was typed by somebody else from the assessor's paper form; only ever added to."""

    __tablename__ = "transcription"

    form_id: Mapped[int] = mapped_column(primary_key=True)
    assessor_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    paper_kept: Mapped[Name]
    begun_at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["form_id", "assessor_id"], ["rating_form.id", "rating_form.assessor_id"]),
        CheckConstraint("by_staff_id <> assessor_id", name="by_another_person"),
    )
