"""Practice: on which days somebody delivered, and the day on which, for want of it, their right to begin lapses.

It hangs together by keys and CHECKs like the rest of the chain (docs/decisions/0002-rows-that-carry-their-proof.md):
a day delivered lies within an assignment; practice begins with a certificate of programme training and lasts for the
programme's months from there or from a day delivered since; and an assignment begins within somebody's practice.
"""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Prose, Version
from selection.core.db import Base
from selection.core.proof import PRACTISED, SPELL, Days, leans_on, may_be_leaned_on
from selection.models.authorisations import Certificate
from selection.rules.calendar import NO_END
from selection.rules.programmes import Stage

THAT_DAY = Days(first="day", last="day")


class DeliveredDay(Base):
    """That somebody delivered a group on a day of their assignment to it.

    It is never deleted: one that was recorded in error no longer `stands`, which is refused while practice rests on it.
    """

    __tablename__ = "delivered_day"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    programme_id: Mapped[int]
    group_id: Mapped[int]
    day: Mapped[Day]
    assignment_id: Mapped[int]
    assignment_from: Mapped[Day]
    assignment_to: Mapped[Day]
    stands: Mapped[bool] = mapped_column(default=True)
    why_not: Mapped[Prose]
    recorded_at: Mapped[Moment]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *leans_on(
            "delivered_day",
            table="assignment",
            by="assignment",
            same={"group_id": "group_id", "staff_id": "facilitator_id"},
            its=SPELL,
            own=THAT_DAY,
        ),
        ForeignKeyConstraint(["group_id", "programme_id"], ["delivery_group.id", "delivery_group.programme_id"]),
        CheckConstraint("stands OR why_not <> ''", name="stands_or_says_why"),
        UniqueConstraint("group_id", "staff_id", "day"),
        UniqueConstraint("id", "staff_id", "programme_id", "day", "stands", name="uq_delivered_day_fact"),
        Index(None, "staff_id", "programme_id", "day"),
    )


class Practice(Base):
    """From the day of a certificate of programme training to the last day on which a spell may begin on its strength.

    It lasts for the months of the programme's setting that is in force when it lapses, from its first day or from the
    last day delivered since, and never shorter than to the eve of that setting. A shorter one is allowed: it ends with
    a certificate that was withdrawn, and where it ends before it begins, nothing can lean on it.
    """

    __tablename__ = "practice"

    id: Mapped[Key]
    certificate_id: Mapped[int] = mapped_column(unique=True)
    staff_id: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20), default=Stage.PROGRAMME)
    programme_id: Mapped[int]
    begins_on: Mapped[Day]
    delivered_id: Mapped[int | None] = mapped_column(index=True)
    delivered_on: Mapped[Day | None]
    delivered_stands: Mapped[bool | None]
    setting_id: Mapped[int] = mapped_column(index=True)
    setting_from: Mapped[Day]
    setting_to: Mapped[Day]
    months: Mapped[int]
    lapses_on: Mapped[Day]
    version: Mapped[Version] = mapped_column()

    certificate: Mapped[Certificate] = relationship(
        primaryjoin="Practice.certificate_id == Certificate.id", foreign_keys=[certificate_id]
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("practice", ("staff_id", "programme_id"), days=PRACTISED),
        ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage", "programme_id"],
            [f"certificate.{column}" for column in ("id", "staff_id", "stage", "programme_id")],
            name="fk_practice_certificate_identity",
        ),
        ForeignKeyConstraint(
            ["certificate_id", "begins_on"],
            ["certificate.id", "certificate.valid_from"],
            name="fk_practice_certificate_begins",
        ),
        # Checked at commit, because the days delivered stand on assignments, and those on practice.
        ForeignKeyConstraint(
            ["delivered_id", "staff_id", "programme_id", "delivered_on", "delivered_stands"],
            [f"delivered_day.{column}" for column in ("id", "staff_id", "programme_id", "day", "stands")],
            name="fk_practice_delivered",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        ForeignKeyConstraint(
            ["setting_id", "programme_id", "months"],
            [f"lapse_setting.{column}" for column in ("id", "programme_id", "months")],
            name="fk_practice_setting_identity",
        ),
        ForeignKeyConstraint(
            ["setting_id", "setting_from", "setting_to"],
            [f"lapse_setting.{column}" for column in ("id", "from_day", "to_day")],
            name="fk_practice_setting_window",
            onupdate="CASCADE",
        ),
        CheckConstraint(f"stage = '{Stage.PROGRAMME}'", name="is_of_a_programme"),
        CheckConstraint("months > 0", name="lasts_a_while"),
        CheckConstraint(
            "(delivered_id IS NULL AND delivered_on IS NULL AND delivered_stands IS NULL)"
            " OR (delivered_id IS NOT NULL AND delivered_on IS NOT NULL AND delivered_stands IS NOT NULL"
            " AND delivered_stands AND begins_on <= delivered_on)",
            name="delivered_since",
        ),
        CheckConstraint(f"lapses_on < setting_to OR setting_to = '{NO_END}'", name="lapses_while_it_is_in_force"),
        CheckConstraint(
            "lapses_on <= max(date(coalesce(delivered_on, begins_on), '+' || months || ' months'),"
            " date(setting_from, '-1 day'))",
            name="lapses_in_time",
        ).ddl_if(dialect="sqlite"),
        CheckConstraint(
            "lapses_on <= greatest(coalesce(delivered_on, begins_on) + make_interval(months => months),"
            " setting_from - 1)",
            name="lapses_in_time",
        ).ddl_if(dialect="postgresql"),
        Index(None, "staff_id", "programme_id", "begins_on"),
    )
