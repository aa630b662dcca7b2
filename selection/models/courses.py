"""Courses and their versions, and what a course asks for first."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment, Name, Prose, Version, one_of
from selection.core.db import Base
from selection.models.programmes import Programme
from selection.rules.courses import METHODS
from selection.rules.training import CourseKind


class Course(Base):
    """What is taught for a step: training for it, its refresher, or a conversion from another programme.

    What it asks for is in its versions. A refresher certifies its stage anew; a conversion certifies the programme
    training of one programme and builds on that of another.
    """

    __tablename__ = "course"

    id: Mapped[Key]
    title: Mapped[Name] = mapped_column(unique=True)
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default=CourseKind.TRAINING)
    from_programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    version: Mapped[Version] = mapped_column()

    programme: Mapped[Programme | None] = relationship(foreign_keys=[programme_id])
    from_programme: Mapped[Programme | None] = relationship(foreign_keys=[from_programme_id])
    versions: Mapped[list["CourseVersion"]] = relationship(back_populates="course", order_by="CourseVersion.number")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("stage", ("fundamental", "programme")),
        one_of("kind", CourseKind),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("(kind = 'conversion') = (from_programme_id IS NOT NULL)", name="conversion_from_a_programme"),
        CheckConstraint(
            "kind <> 'conversion' OR (stage = 'programme' AND from_programme_id <> programme_id)",
            name="conversion_to_another_programme",
        ),
        UniqueConstraint("id", "stage"),
    )

    @property
    def newest(self) -> "CourseVersion":
        """The version that new events are opened under; the versions must be loaded."""
        return self.versions[-1]


class CourseVersion(Base):
    """What a course asks for and gives, from one change that matters to the next; never changed, all local settings.

    Periods are whole months, marks whole per cent; a part without a mark is judged passed or not yet. `trainers_years`
    is for how many years a trainer must have been certified in the step, `trainers_authorised` that they must be
    authorised for the programme (for fundamental training: for any) on every day of the event.
    """

    __tablename__ = "course_version"

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    days: Mapped[int]
    attendance_percent: Mapped[int]
    valid_months: Mapped[int]
    months_after_step_before: Mapped[int]
    reassess_months: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=2)
    understanding_method: Mapped[Name] = mapped_column(default=METHODS["understanding"])
    understanding_mark: Mapped[int | None]
    competencies_method: Mapped[Name] = mapped_column(default=METHODS["competencies"])
    competencies_mark: Mapped[int | None]
    abilities_method: Mapped[Name] = mapped_column(default=METHODS["abilities"])
    abilities_mark: Mapped[int | None]
    trainers_authorised: Mapped[bool] = mapped_column(default=False)
    trainers_years: Mapped[int] = mapped_column(default=0)
    reason: Mapped[Prose]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    course: Mapped[Course] = relationship(back_populates="versions")
    prerequisites: Mapped[list[Course]] = relationship(secondary="course_prerequisite", order_by="Course.title")

    __table_args__ = (
        CheckConstraint("number > 0 AND attempts > 0", name="counts_from_one"),
        CheckConstraint("attendance_percent BETWEEN 0 AND 100", name="attendance_is_share"),
        CheckConstraint("days > 0 AND valid_months > 0", name="takes_time"),
        CheckConstraint(
            "understanding_method <> '' AND competencies_method <> '' AND abilities_method <> ''",
            name="assesses_every_part",
        ),
        CheckConstraint(
            " AND ".join(f"({part}_mark IS NULL OR {part}_mark BETWEEN 1 AND 100)" for part in METHODS),
            name="marks_are_shares",
        ),
        UniqueConstraint("course_id", "number"),
        UniqueConstraint("id", "course_id"),
    )


class CoursePrerequisite(Base):
    """A course that must have been passed before a version of another is taken, beside the step before it."""

    __tablename__ = "course_prerequisite"

    course_version_id: Mapped[int] = mapped_column(ForeignKey("course_version.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True, index=True)
