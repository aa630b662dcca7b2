"""Extraordinary extensions of certificates: from which last day to which, why, who asked and who approved."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Day, Key, Moment, Prose
from selection.core.db import Base


class CertificateExtension(Base):
    """One extension of one certificate; only added to, so that the history shows each."""

    __tablename__ = "certificate_extension"

    id: Mapped[Key]
    certificate_id: Mapped[int]
    staff_id: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    from_day: Mapped[Day]
    to_day: Mapped[Day]
    reason: Mapped[Prose]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage"], ["certificate.id", "certificate.staff_id", "certificate.stage"]
        ),
        CheckConstraint("from_day < to_day", name="lengthens"),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("approved_by_id <> staff_id", name="approver_is_not_the_person"),
        CheckConstraint("approved_by_id <> requested_by_id", name="approver_is_not_who_asked"),
        Index(None, "certificate_id"),
    )
