"""A borderline outcome under review: by the chair and an assessor who did not sit the exercise, each on their own."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment, Prose, one_of
from selection.core.db import Base
from selection.models.people import Staff
from selection.rules.outcomes import Outcome


class BorderlineReview(Base):
    """Who reviews one borderline outcome; a later one of the same outcome replaces it, as when somebody falls ill.

    A trigger of the migration sees to it that the second person has no form of the exercise.
    """

    __tablename__ = "borderline_review"

    id: Mapped[Key]
    sitting_id: Mapped[int] = mapped_column(index=True)
    staff_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    outcome_id: Mapped[int] = mapped_column(index=True)
    outcome_result: Mapped[str] = mapped_column(String(20), default=Outcome.BORDERLINE)
    chair_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]

    chair: Mapped[Staff] = relationship(foreign_keys=[chair_id])
    second: Mapped[Staff] = relationship(foreign_keys=[second_id])
    views: Mapped[list["BorderlineView"]] = relationship(order_by="BorderlineView.id")

    __table_args__ = (
        ForeignKeyConstraint(["sitting_id", "staff_id", "kind"], ["sitting.id", "sitting.staff_id", "sitting.kind"]),
        ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            [f"exercise_outcome.{column}" for column in ("id", "staff_id", "kind", "result")],
            name="fk_borderline_review_outcome",
        ),
        CheckConstraint("outcome_result = 'borderline'", name="of_a_borderline"),
        CheckConstraint("chair_id <> second_id", name="two_people"),
        CheckConstraint("chair_id <> staff_id AND second_id <> staff_id", name="nobody_reviews_themselves"),
    )


class BorderlineView(Base):
    """What one of the two holds the exercise to be, and why; append-only, their latest view counts."""

    __tablename__ = "borderline_view"

    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("borderline_review.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (
        one_of("outcome", (Outcome.COMPETENT, Outcome.NOT_YET)),
        CheckConstraint("reason <> ''", name="has_reason"),
    )
