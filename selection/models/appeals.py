"""What comes after a decision: the candidate's feedback, and one appeal on how the centre was run."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Prose, one_of
from selection.core.db import Base
from selection.models.people import Staff


class HearingResult(StrEnum):
    """What became of an appeal."""

    DISMISSED = "dismissed"
    UPHELD = "upheld"


def _of_decision() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["decision_id", "staff_id", "decision_result"], ["decision.id", "decision.staff_id", "decision.result"]
    )


class Appeal(Base):
    """A candidate's one appeal against a decision, on process only; nobody appeals against being selected."""

    __tablename__ = "appeal"

    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    decision_result: Mapped[str] = mapped_column(String(20))
    grounds: Mapped[Prose]
    lodged_on: Mapped[Day]
    lodged_at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    hearing: Mapped["AppealHearing | None"] = relationship(
        primaryjoin="Appeal.id == AppealHearing.appeal_id", foreign_keys="AppealHearing.appeal_id", uselist=False
    )

    __table_args__ = (
        _of_decision(),
        CheckConstraint("decision_result <> 'selected'", name="not_against_selection"),
        CheckConstraint("grounds <> ''", name="has_grounds"),
        UniqueConstraint("id", "staff_id"),
    )


class AppealHearing(Base):
    """How an appeal was heard and decided, once, by somebody who had no part in the centre (a trigger sees to it)."""

    __tablename__ = "appeal_hearing"

    id: Mapped[Key]
    appeal_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int]
    heard_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    result: Mapped[str] = mapped_column(String(20))
    reason: Mapped[Prose]
    heard_on: Mapped[Day]
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    heard_by: Mapped[Staff] = relationship(foreign_keys=[heard_by_id])

    __table_args__ = (
        ForeignKeyConstraint(["appeal_id", "staff_id"], ["appeal.id", "appeal.staff_id"]),
        one_of("result", HearingResult),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("heard_by_id <> staff_id", name="nobody_hears_their_own"),
        UniqueConstraint("id", "staff_id", "result"),
    )


class AppealVoid(Base):
    """An exercise that is void because an appeal was upheld: it does not count, and may be sat again without a wait."""

    __tablename__ = "appeal_void"

    hearing_id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    hearing_result: Mapped[str] = mapped_column(String(20), default=HearingResult.UPHELD)
    outcome_id: Mapped[int] = mapped_column(unique=True)
    outcome_result: Mapped[str] = mapped_column(String(20), default="void")

    __table_args__ = (
        ForeignKeyConstraint(
            ["hearing_id", "staff_id", "hearing_result"],
            ["appeal_hearing.id", "appeal_hearing.staff_id", "appeal_hearing.result"],
            name="fk_appeal_void_hearing",
        ),
        ForeignKeyConstraint(["sitting_id", "staff_id", "kind"], ["sitting.id", "sitting.staff_id", "sitting.kind"]),
        ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            [f"exercise_outcome.{column}" for column in ("id", "staff_id", "kind", "result")],
            name="fk_appeal_void_outcome",
        ),
        CheckConstraint("hearing_result = 'upheld'", name="only_if_upheld"),
        CheckConstraint("outcome_result = 'void'", name="is_void"),
        UniqueConstraint("sitting_id"),
    )


class FeedbackRelease(Base):
    """That the chair released the feedback to the candidate, once, and what the chair adds to it."""

    __tablename__ = "feedback_release"

    id: Mapped[Key]
    decision_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    decision_result: Mapped[str] = mapped_column(String(20))
    chair_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[Prose]
    at: Mapped[Moment]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (_of_decision(), CheckConstraint("chair_id <> staff_id", name="chair_is_not_candidate"))
