"""What decisions rest on: sealed forms and moderations, and outcomes that stand from an earlier centre."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selection.core.columns import Day, Key
from selection.core.db import Base


class StandingOutcome(Base):
    """An outcome that was not sat again because it still stood on the day of the centre, and until when it does.

    `earlier_id` is the decision that the exercise was sat for, `stands_from` its day, `counted_on` the day of the
    centre of the re-sit. Triggers of the migration hold all three to what they are copies of, and a decision to it.
    """

    __tablename__ = "standing_outcome"

    id: Mapped[Key]
    candidacy_id: Mapped[int]
    staff_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    outcome_id: Mapped[int]
    outcome_result: Mapped[str] = mapped_column(String(20))
    earlier_id: Mapped[int]
    earlier_result: Mapped[str] = mapped_column(String(20))
    stands_from: Mapped[Day]
    stands_to: Mapped[Day]
    counted_on: Mapped[Day]

    __table_args__ = (
        ForeignKeyConstraint(["candidacy_id", "staff_id"], ["candidacy.id", "candidacy.staff_id"]),
        ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            [f"exercise_outcome.{column}" for column in ("id", "staff_id", "kind", "result")],
            name="fk_standing_outcome_outcome",
        ),
        ForeignKeyConstraint(
            ["earlier_id", "staff_id", "earlier_result"],
            ["decision.id", "decision.staff_id", "decision.result"],
            name="fk_standing_outcome_earlier",
        ),
        CheckConstraint("stands_from <= counted_on AND counted_on <= stands_to", name="stands_on_the_day"),
        CheckConstraint("earlier_result <> 'selected'", name="nothing_stands_from_a_selection"),
        UniqueConstraint("candidacy_id", "kind"),
    )


class OutcomeGround(Base):
    """A sealed form (with the SHA-256 of what was on it) or a moderation that an exercise's outcome rests on."""

    __tablename__ = "outcome_ground"

    id: Mapped[Key]
    outcome_id: Mapped[int] = mapped_column(ForeignKey("exercise_outcome.id"))
    form_id: Mapped[int | None] = mapped_column(ForeignKey("rating_form.id"))
    content_hash: Mapped[str | None] = mapped_column(String(64))
    moderation_id: Mapped[int | None] = mapped_column(ForeignKey("moderation.id"))

    __table_args__ = (
        CheckConstraint("(form_id IS NULL) <> (moderation_id IS NULL)", name="form_or_moderation"),
        CheckConstraint("(form_id IS NULL) = (content_hash IS NULL)", name="form_with_its_hash"),
        UniqueConstraint("outcome_id", "form_id"),
        UniqueConstraint("outcome_id", "moderation_id"),
    )
