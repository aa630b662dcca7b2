"""What belongs to a suspension or deselection: who had which part in it, and the appeal against it."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Prose, Version, one_of
from selection.core.db import Base
from selection.models.authorisations import Stop
from selection.models.people import Staff
from selection.rules.eligibility import StopKind
from selection.rules.stops import AppealOutcome, StopPart


class StopRole(Base):
    """Somebody's one part in a stop: on the panel that decided it, or hearing the appeal, and never the person."""

    __tablename__ = "stop_role"

    stop_id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    stopped_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(10))

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])

    __table_args__ = (
        ForeignKeyConstraint(["stop_id", "stopped_id"], ["stop.id", "stop.staff_id"], name="fk_stop_role_stop"),
        one_of("part", StopPart),
        CheckConstraint("staff_id <> stopped_id", name="nobody_judges_themselves"),
        UniqueConstraint("stop_id", "staff_id", "part"),
    )


class StopAppeal(Base):
    """The one appeal against a deselection, heard by somebody who had no part in it."""

    __tablename__ = "stop_appeal"

    id: Mapped[Key]
    stop_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    stop_kind: Mapped[str] = mapped_column(String(20), default=StopKind.DESELECTION)
    lodged_on: Mapped[Day]
    lodged_at: Mapped[Moment]
    lodged_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    grounds: Mapped[Prose]
    outcome: Mapped[str | None] = mapped_column(String(10))
    heard_by_id: Mapped[int | None] = mapped_column()
    hearing_part: Mapped[str | None] = mapped_column(String(10))
    decided_on: Mapped[Day | None]
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    stop: Mapped[Stop] = relationship(primaryjoin="StopAppeal.stop_id == Stop.id", foreign_keys=[stop_id])
    heard_by: Mapped[Staff | None] = relationship(
        primaryjoin="StopAppeal.heard_by_id == Staff.id", foreign_keys=[heard_by_id]
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(
            ["stop_id", "staff_id", "stop_kind"], ["stop.id", "stop.staff_id", "stop.kind"], name="fk_stop_appeal_stop"
        ),
        ForeignKeyConstraint(
            ["stop_id", "heard_by_id", "hearing_part"],
            ["stop_role.stop_id", "stop_role.staff_id", "stop_role.part"],
            name="fk_stop_appeal_hearer",
        ),
        one_of("outcome", AppealOutcome),
        CheckConstraint(f"stop_kind = '{StopKind.DESELECTION}'", name="against_a_deselection"),
        CheckConstraint(f"hearing_part = '{StopPart.APPEAL}'", name="heard_by_whoever_hears_it"),
        CheckConstraint("grounds <> ''", name="has_grounds"),
        CheckConstraint(
            "(outcome IS NOT NULL) = (heard_by_id IS NOT NULL AND hearing_part IS NOT NULL AND decided_on IS NOT NULL"
            " AND decided_at IS NOT NULL AND decision_reason <> '')",
            name="decided_by_somebody_for_a_reason",
        ),
        CheckConstraint("decided_on IS NULL OR lodged_on <= decided_on", name="days_in_order"),
    )


class Breach(Base):
    """A certificate that was found false: when, by whom and what was false about it. It is only ever added to."""

    __tablename__ = "breach"

    id: Mapped[Key]
    certificate_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    stage: Mapped[str] = mapped_column(String(20))
    found_on: Mapped[Day]
    what: Mapped[Prose]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    staff: Mapped[Staff] = relationship(primaryjoin="Breach.staff_id == Staff.id", foreign_keys=[staff_id])
    spells: Mapped[list["BreachSpell"]] = relationship(order_by="BreachSpell.first_day, BreachSpell.id")

    __table_args__ = (
        ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage"],
            ["certificate.id", "certificate.staff_id", "certificate.stage"],
            name="fk_breach_certificate",
        ),
        CheckConstraint("what <> ''", name="says_what_was_false"),
    )


class BreachSpell(Base):
    """Days over which a group was facilitated or supervised on the strength of the false certificate."""

    __tablename__ = "breach_spell"

    id: Mapped[Key]
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("delivery_group.id"))
    did: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    days_delivered: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        one_of("did", ("facilitated", "supervised")),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index(None, "breach_id"),
        Index(None, "group_id"),
    )
