"""The outbox: letters that a change has promised, written with it and delivered afterwards."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import EMAIL_LENGTH, Day, Key, Moment, Name, Prose, one_of
from selection.core.db import Base
from selection.rules.reminders import Ahead

KEY_LENGTH = 200


class Notice(Base):
    """A letter to one address; its unique key makes sure that the same news is sent once."""

    __tablename__ = "notice"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
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


class Reminder(Base):
    """One thing that one address was reminded of: that a certificate ends on a day, so many days before; told once."""

    __tablename__ = "reminder"

    id: Mapped[Key]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    ends_on: Mapped[Day]
    days_before: Mapped[int]
    to_address: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    made_at: Mapped[Moment]

    __table_args__ = (
        UniqueConstraint("certificate_id", "ends_on", "days_before", "to_address", name="uq_reminder_once"),
        CheckConstraint("days_before >= 0", name="before_the_end"),
    )


class DeliveryReminder(Base):
    """One thing that one address was reminded of: that somebody's right lapses, or a first delivery is expected."""

    __tablename__ = "delivery_reminder"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    what: Mapped[str] = mapped_column(String(20))
    on_day: Mapped[Day]
    days_before: Mapped[int]
    to_address: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    made_at: Mapped[Moment]

    __table_args__ = (
        one_of("what", Ahead),
        UniqueConstraint(
            *("staff_id", "programme_id", "what", "on_day", "days_before", "to_address"),
            name="uq_delivery_reminder_once",
        ),
        CheckConstraint("days_before >= 0", name="before_the_day"),
    )
