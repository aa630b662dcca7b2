"""Assessment centres: who sits which exercise before whom, and what was decided."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.models.people import Area, Staff
from selection.models.scoring import ExerciseOutcome, RatingForm
from selection.models.standards import Exercise, Standard
from selection.rules.outcomes import Decision as DecisionResult
from selection.rules.standards import ExerciseKind


class AssessorTraining(Base):
    """The days on which a staff member is current as an assessor."""

    __tablename__ = "assessor_training"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    valid_from: Mapped[Day]
    valid_to: Mapped[Day]
    note: Mapped[Prose]

    staff: Mapped[Staff] = relationship()

    __table_args__ = (in_order("valid_from", "valid_to"),)


class Centre(Base):
    """One event at which candidates sit the exercises, under one published standard for ever."""

    __tablename__ = "centre"

    id: Mapped[Key]
    title: Mapped[Name]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    standard_id: Mapped[int] = mapped_column(ForeignKey("standard.id"))
    chair_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    venue: Mapped[Name]
    held_on: Mapped[Day]
    closed_at: Mapped[Moment | None]
    version: Mapped[Version] = mapped_column()

    area: Mapped[Area] = relationship()
    standard: Mapped[Standard] = relationship()
    chair: Mapped[Staff] = relationship()
    candidacies: Mapped[list["Candidacy"]] = relationship(back_populates="centre", order_by="Candidacy.id")

    __mapper_args__ = {"version_id_col": version}


class Candidacy(Base):
    """A staff member put forward to one centre."""

    __tablename__ = "candidacy"

    id: Mapped[Key]
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    nominated_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    put_forward_on: Mapped[Day]

    centre: Mapped[Centre] = relationship(back_populates="candidacies")
    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
    nominated_by: Mapped[Staff | None] = relationship(foreign_keys=[nominated_by_id])
    sittings: Mapped[list["Sitting"]] = relationship(back_populates="candidacy", order_by="Sitting.id")
    decision: Mapped["Decision | None"] = relationship(
        back_populates="candidacy", primaryjoin="Candidacy.id == Decision.candidacy_id", uselist=False
    )

    __table_args__ = (UniqueConstraint("centre_id", "staff_id"), UniqueConstraint("id", "staff_id"))


class Sitting(Base):
    """One candidate's one exercise; its rating forms hang on it."""

    __tablename__ = "sitting"

    id: Mapped[Key]
    candidacy_id: Mapped[int] = mapped_column()
    staff_id: Mapped[int] = mapped_column(index=True)
    exercise_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    void_reason: Mapped[Prose]

    candidacy: Mapped[Candidacy] = relationship(back_populates="sittings")
    exercise: Mapped[Exercise] = relationship()
    forms: Mapped[list[RatingForm]] = relationship(back_populates="sitting", order_by="RatingForm.id")
    outcomes: Mapped[list[ExerciseOutcome]] = relationship(
        order_by="ExerciseOutcome.id", primaryjoin="Sitting.id == ExerciseOutcome.sitting_id"
    )

    __table_args__ = (
        ForeignKeyConstraint(["candidacy_id", "staff_id"], ["candidacy.id", "candidacy.staff_id"]),
        ForeignKeyConstraint(["exercise_id", "kind"], ["exercise.id", "exercise.kind"]),
        UniqueConstraint("candidacy_id", "exercise_id"),
        UniqueConstraint("id", "staff_id"),
        UniqueConstraint("id", "staff_id", "kind"),
    )


def _outcome_of(kind: ExerciseKind) -> tuple[SchemaItem, ...]:
    """Return the key by which a decision names the person's outcome in one kind of exercise, and its result."""
    return (
        ForeignKeyConstraint(
            [f"{kind}_id", "staff_id", f"{kind}_kind", f"{kind}_result"],
            [f"exercise_outcome.{column}" for column in ("id", "staff_id", "kind", "result")],
            name=f"fk_decision_{kind}",
        ),
        CheckConstraint(f"{kind}_kind = '{kind}'", name=f"{kind}_is_that_exercise"),
        Index(None, f"{kind}_id"),
    )


_ALL_COMPETENT = " AND ".join(
    f"{kind}_id IS NOT NULL AND {kind}_result IS NOT NULL AND {kind}_result = 'competent'" for kind in ExerciseKind
)


class Decision(Base):
    """What was decided of a candidate, signed by the chair; `selected` cannot be stored short of three competent."""

    __tablename__ = "decision"

    id: Mapped[Key]
    candidacy_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    result: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[Day]
    signed_at: Mapped[Moment]
    chair_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[Prose]
    standard_hash: Mapped[str] = mapped_column(String(64))
    role_play_id: Mapped[int | None]
    role_play_kind: Mapped[str] = mapped_column(String(20), default=ExerciseKind.ROLE_PLAY)
    role_play_result: Mapped[str | None] = mapped_column(String(20))
    presentation_id: Mapped[int | None]
    presentation_kind: Mapped[str] = mapped_column(String(20), default=ExerciseKind.PRESENTATION)
    presentation_result: Mapped[str | None] = mapped_column(String(20))
    formal_interview_id: Mapped[int | None]
    formal_interview_kind: Mapped[str] = mapped_column(String(20), default=ExerciseKind.FORMAL_INTERVIEW)
    formal_interview_result: Mapped[str | None] = mapped_column(String(20))

    candidacy: Mapped[Candidacy] = relationship(
        back_populates="decision", primaryjoin="Candidacy.id == Decision.candidacy_id", foreign_keys=[candidacy_id]
    )
    chair: Mapped[Staff] = relationship(foreign_keys=[chair_id])

    __table_args__ = (
        ForeignKeyConstraint(["candidacy_id", "staff_id"], ["candidacy.id", "candidacy.staff_id"]),
        *(item for kind in ExerciseKind for item in _outcome_of(kind)),
        one_of("result", DecisionResult),
        CheckConstraint(f"result <> 'selected' OR ({_ALL_COMPETENT})", name="selected_if_all_competent"),
        CheckConstraint("chair_id <> staff_id", name="chair_is_not_candidate"),
        UniqueConstraint("id", "staff_id", "result"),
    )


# A decision is stored after the moderations that it rests on: after it, nothing more is moderated.
Base.metadata.tables["decision"].add_is_dependent_on(Base.metadata.tables["moderation"])
