"""Selection standards: versioned, and unchangeable once published (a trigger of the migration sees to it)."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment, Name, Prose, Thousandths, Version, one_of
from selection.core.db import Base
from selection.rules.standards import ExerciseKind


class Standard(Base):
    """One version of the nationally prescribed selection standard, with every number of its rules."""

    __tablename__ = "standard"

    id: Mapped[Key]
    title: Mapped[Name]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    scale_min: Mapped[int]
    scale_max: Mapped[int]
    scale_standard: Mapped[int]
    assessors_per_exercise: Mapped[int]
    mean_needed: Mapped[Thousandths]
    most_below_standard: Mapped[int]
    floor: Mapped[int]
    k: Mapped[Thousandths]
    sem: Mapped[Thousandths]
    rated_share_needed: Mapped[Thousandths]
    resit_wait_months: Mapped[int]
    standing_months: Mapped[int]
    attempts_allowed: Mapped[int]
    attempts_window_months: Mapped[int]
    pass_valid_months: Mapped[int]
    content_hash: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[Moment | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    anchors: Mapped[list["Anchor"]] = relationship(order_by="Anchor.point")
    exercises: Mapped[list["Exercise"]] = relationship(back_populates="standard", order_by="Exercise.position")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("title", "number"),
        one_of("state", ("draft", "published")),
        CheckConstraint("scale_min < scale_standard AND scale_standard <= scale_max", name="standard_on_scale"),
        CheckConstraint(
            "state = 'draft' OR (content_hash IS NOT NULL AND published_at IS NOT NULL)", name="published_whole"
        ),
    )


class Anchor(Base):
    """What a point of the rating scale means, in words."""

    __tablename__ = "anchor"

    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    point: Mapped[int]
    label: Mapped[Name]
    text: Mapped[Prose]

    __table_args__ = (UniqueConstraint("standard_id", "point"),)


class Exercise(Base):
    """Role play, presentation or formal interview, as one standard has it."""

    __tablename__ = "exercise"

    id: Mapped[Key]
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[Name]
    brief: Mapped[Prose]
    minutes: Mapped[int]

    standard: Mapped[Standard] = relationship(back_populates="exercises")
    competencies: Mapped[list["Competency"]] = relationship(order_by="Competency.position")

    __table_args__ = (
        one_of("kind", ExerciseKind),
        UniqueConstraint("standard_id", "kind"),
        UniqueConstraint("id", "kind"),
    )


class Competency(Base):
    """What an exercise looks for."""

    __tablename__ = "competency"

    id: Mapped[Key]
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercise.id"))
    position: Mapped[int]
    title: Mapped[Name]
    description: Mapped[Prose]

    indicators: Mapped[list["Indicator"]] = relationship(order_by="Indicator.position")

    __table_args__ = (UniqueConstraint("exercise_id", "position"), UniqueConstraint("id", "exercise_id"))


class Indicator(Base):
    """A behaviour that shows a competency, or (contrary) speaks against it."""

    __tablename__ = "indicator"

    id: Mapped[Key]
    competency_id: Mapped[int] = mapped_column(ForeignKey("competency.id"))
    position: Mapped[int]
    text: Mapped[Prose]
    contrary: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("competency_id", "position"),)
