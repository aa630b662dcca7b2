"""What assessors write and what becomes of it: rating forms, moderated values, exercise outcomes.

Triggers of the migration keep a sealed form's ratings and every moderation and outcome as they were written.
"""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Json, Key, Moment, Prose, Thousandths, Version, one_of
from selection.core.db import Base
from selection.models.people import Staff
from selection.models.standards import Competency, Indicator
from selection.rules.outcomes import Outcome
from selection.rules.scoring import GlobalJudgement
from selection.rules.standards import ExerciseKind

if TYPE_CHECKING:
    from selection.models.centres import Sitting


class RatingForm(Base):
    """One assessor's independent view of one candidate's one exercise, open until it is sealed."""

    __tablename__ = "rating_form"

    id: Mapped[Key]
    sitting_id: Mapped[int]
    staff_id: Mapped[int]
    assessor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    third: Mapped[bool] = mapped_column(default=False)
    global_judgement: Mapped[str | None] = mapped_column(String(20))
    critical_incident: Mapped[bool] = mapped_column(default=False)
    incident_note: Mapped[Prose]
    sealed_at: Mapped[Moment | None]
    version: Mapped[Version] = mapped_column()

    sitting: Mapped["Sitting"] = relationship(back_populates="forms")
    assessor: Mapped[Staff] = relationship(foreign_keys=[assessor_id])
    ratings: Mapped[list["Rating"]] = relationship(back_populates="form", order_by="Rating.competency_id")
    marks: Mapped[list["IndicatorMark"]] = relationship(back_populates="form")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(["sitting_id", "staff_id"], ["sitting.id", "sitting.staff_id"]),
        UniqueConstraint("sitting_id", "assessor_id"),
        Index("ix_rating_form_id_assessor_id", "id", "assessor_id", unique=True),
        CheckConstraint("assessor_id <> staff_id", name="nobody_assesses_themselves"),
        one_of("global_judgement", GlobalJudgement),
        CheckConstraint("sealed_at IS NULL OR global_judgement IS NOT NULL", name="sealed_with_judgement"),
    )


class Rating(Base):
    """An assessor's rating of one competency: points, or no opportunity with a reason, and the evidence."""

    __tablename__ = "rating"

    form_id: Mapped[int] = mapped_column(ForeignKey("rating_form.id"), primary_key=True)
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"), primary_key=True)
    points: Mapped[int | None]
    no_opportunity: Mapped[bool] = mapped_column(default=False)
    why_no_opportunity: Mapped[Prose]
    evidence: Mapped[Prose]

    form: Mapped[RatingForm] = relationship(back_populates="ratings")
    competency: Mapped[Competency] = relationship()

    __table_args__ = (
        CheckConstraint("points IS NULL OR NOT no_opportunity", name="rated_or_no_opportunity"),
        CheckConstraint("points IS NULL OR points BETWEEN 0 AND 100", name="points_in_bounds"),
    )


class IndicatorMark(Base):
    """What an assessor saw of one indicator."""

    __tablename__ = "indicator_mark"

    form_id: Mapped[int] = mapped_column(ForeignKey("rating_form.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    seen: Mapped[str] = mapped_column(String(10))

    form: Mapped[RatingForm] = relationship(back_populates="marks")
    indicator: Mapped[Indicator] = relationship()

    __table_args__ = (one_of("seen", ("seen", "contrary", "not_seen")),)


class Moderation(Base):
    """What the wash-up settled beside the originals; a later row on the same matter replaces it in use.

    `agreed`: points or no opportunity for a competency; `third_assessor`: a third form's rating joins, the median
    counts; `judgement`: the assessors' global judgements; `incident`: whether a reported incident is confirmed.
    """

    __tablename__ = "moderation"

    id: Mapped[Key]
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"), index=True)
    matter: Mapped[str] = mapped_column(String(20))
    competency_id: Mapped[int | None] = mapped_column(ForeignKey("competency.id"))
    points: Mapped[int | None]
    no_opportunity: Mapped[bool] = mapped_column(default=False)
    third_form_id: Mapped[int | None] = mapped_column(ForeignKey("rating_form.id"))
    global_judgement: Mapped[str | None] = mapped_column(String(20))
    incident_confirmed: Mapped[bool | None]
    reason: Mapped[Prose]
    evidence: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (
        one_of("matter", ("agreed", "third_assessor", "judgement", "incident")),
        one_of("global_judgement", GlobalJudgement),
        CheckConstraint(
            "matter <> 'agreed' OR (competency_id IS NOT NULL AND (points IS NOT NULL) <> no_opportunity)",
            name="agreed_value",
        ),
        CheckConstraint(
            "matter <> 'third_assessor' OR (competency_id IS NOT NULL AND third_form_id IS NOT NULL)",
            name="third_form_named",
        ),
        CheckConstraint("matter <> 'judgement' OR global_judgement IS NOT NULL", name="judgement_named"),
        CheckConstraint("matter <> 'incident' OR incident_confirmed IS NOT NULL", name="incident_settled"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )


class ExerciseOutcome(Base):
    """What one exercise came to for one person, with its arithmetic; append-only, the latest of a sitting counts."""

    __tablename__ = "exercise_outcome"

    id: Mapped[Key]
    sitting_id: Mapped[int]
    staff_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    result: Mapped[str] = mapped_column(String(20))
    mean: Mapped[Thousandths | None]
    working: Mapped[Json]
    resolution: Mapped[Prose]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    seconded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Moment]

    __table_args__ = (
        ForeignKeyConstraint(["sitting_id", "staff_id", "kind"], ["sitting.id", "sitting.staff_id", "sitting.kind"]),
        one_of("kind", ExerciseKind),
        one_of("result", Outcome),
        UniqueConstraint("id", "staff_id", "kind", "result"),
    )
