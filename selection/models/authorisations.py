"""The upper half of the chain of proof: certificates, appointments, and the authorisations that lean on them."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import SchemaItem

from selection.core.columns import Day, Key, Moment, Prose, Version, one_of
from selection.core.db import Base
from selection.core.proof import VALID, leans_on, may_be_leaned_on
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.rules.eligibility import ActingRole, StopKind
from selection.rules.programmes import Stage


class Certificate(Base):
    """The dated record that a person passed a step or had it recognised; it names the fact that it stands on.

    A certificate of selection stands on a decision `selected`, one of training on a passed result, either on a
    recognition instead: exactly one, of the same person, stage and programme, held by foreign keys.
    """

    __tablename__ = "certificate"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    valid_from: Mapped[Day]
    valid_to: Mapped[Day]
    issued_at: Mapped[Moment]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decision_id: Mapped[int | None]
    decision_result: Mapped[str | None] = mapped_column(String(20))
    result_id: Mapped[int | None]
    result_passed: Mapped[bool | None]
    recognition_id: Mapped[int | None]
    withdrawn_on: Mapped[Day | None]
    withdrawn_reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
    programme: Mapped[Programme | None] = relationship(foreign_keys=[programme_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("certificate", ("staff_id", "stage"), ("staff_id", "stage", "programme_id"), days=VALID),
        one_of("stage", Stage),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        ForeignKeyConstraint(
            ["decision_id", "staff_id", "decision_result"], ["decision.id", "decision.staff_id", "decision.result"]
        ),
        ForeignKeyConstraint(
            ["result_id", "staff_id", "stage", "result_passed"],
            [f"course_result.{column}" for column in ("id", "staff_id", "stage", "passed")],
        ),
        ForeignKeyConstraint(["result_id", "programme_id"], ["course_result.id", "course_result.programme_id"]),
        ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"], ["recognition.id", "recognition.staff_id", "recognition.stage"]
        ),
        ForeignKeyConstraint(["recognition_id", "programme_id"], ["recognition.id", "recognition.programme_id"]),
        CheckConstraint(
            "(CASE WHEN decision_id IS NULL THEN 0 ELSE 1 END + CASE WHEN result_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN recognition_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="stands_on_one_fact",
        ),
        CheckConstraint(
            "decision_id IS NULL OR (stage = 'selection' AND decision_result IS NOT NULL"
            " AND decision_result = 'selected')",
            name="decision_was_selected",
        ),
        CheckConstraint(
            "result_id IS NULL OR (stage <> 'selection' AND result_passed IS NOT NULL AND result_passed)",
            name="result_was_passed",
        ),
        Index(None, "staff_id", "stage"),
        Index("uq_certificate_begins", "id", "valid_from", unique=True),
        Index(None, "decision_id", unique=True),
        Index(None, "result_id", unique=True),
        Index(None, "recognition_id", unique=True),
    )


class Appointment(Base):
    """A named person's appointment as treatment manager or designated supervisor of one programme."""

    __tablename__ = "appointment"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    role: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[Day]
    valid_to: Mapped[Day]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approver_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[Moment]
    reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("appointment", ("staff_id", "programme_id", "role"), days=VALID),
        one_of("role", (ActingRole.TREATMENT_MANAGER, ActingRole.DESIGNATED_SUPERVISOR)),
        CheckConstraint(
            "approver_staff_id IS NULL OR approver_staff_id <> staff_id", name="approver_is_not_the_person"
        ),
        CheckConstraint("reason <> ''", name="has_reason"),
    )


def _step(by: str, stage: Stage, **same: str) -> tuple[SchemaItem, ...]:
    """Return what makes an authorisation lean, at all times, on the certificate of one stage."""
    identity = {"staff_id": "staff_id", f"{by}_stage": "stage"} | same
    return (
        *leans_on("authorisation", table="certificate", by=by, same=identity, its=VALID, own=VALID),
        CheckConstraint(f"{by}_stage = '{stage}'", name=f"{by}_is_that_step"),
    )


_SUPERVISES = "role <> 'facilitator'"


class Authorisation(Base):
    """The dated right to act on a programme; it cannot outlast any of the certificates that justify it.

    To supervise takes an appointment as well (docs/decisions/0004-who-may-supervise.md). One whose last day lies
    before its first was ended before it began: nothing can lean on it.
    """

    __tablename__ = "authorisation"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    role: Mapped[str] = mapped_column(String(30))
    valid_from: Mapped[Day]
    valid_to: Mapped[Day]
    selection_id: Mapped[int]
    selection_stage: Mapped[str] = mapped_column(String(20), default=Stage.SELECTION)
    selection_from: Mapped[Day]
    selection_to: Mapped[Day]
    fundamental_id: Mapped[int]
    fundamental_stage: Mapped[str] = mapped_column(String(20), default=Stage.FUNDAMENTAL)
    fundamental_from: Mapped[Day]
    fundamental_to: Mapped[Day]
    training_id: Mapped[int]
    training_stage: Mapped[str] = mapped_column(String(20), default=Stage.PROGRAMME)
    training_from: Mapped[Day]
    training_to: Mapped[Day]
    appointment_id: Mapped[int | None]
    appointment_from: Mapped[Day | None]
    appointment_to: Mapped[Day | None]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("authorisation", ("staff_id", "programme_id", "role"), days=VALID),
        *_step("selection", Stage.SELECTION),
        *_step("fundamental", Stage.FUNDAMENTAL),
        *_step("training", Stage.PROGRAMME, programme_id="programme_id"),
        *leans_on(
            "authorisation",
            table="appointment",
            by="appointment",
            same={"staff_id": "staff_id", "programme_id": "programme_id", "role": "role"},
            its=VALID,
            own=VALID,
            always=_SUPERVISES,
        ),
        one_of("role", ActingRole),
        Index(None, "staff_id", "programme_id", "role"),
        Index(None, "programme_id", "role", "valid_to"),
    )


class Stop(Base):
    """A suspension (stopped for now) or a deselection (ended by decision), of one programme or of all.

    One whose last day is the eve of its first was lifted before it began.
    """

    __tablename__ = "stop"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str] = mapped_column(String(20))
    from_day: Mapped[Day]
    to_day: Mapped[Day]
    reason: Mapped[Prose]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[Moment]
    version: Mapped[Version] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("kind", StopKind),
        CheckConstraint("date(from_day, '-1 day') <= to_day", name="days_in_order").ddl_if(dialect="sqlite"),
        CheckConstraint("from_day - 1 <= to_day", name="days_in_order").ddl_if(dialect="postgresql"),
        CheckConstraint("reason <> ''", name="has_reason"),
        Index("uq_stop_person", "id", "staff_id", unique=True),
        Index("uq_stop_person_kind", "id", "staff_id", "kind", unique=True),
    )
