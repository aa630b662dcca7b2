"""The lower half of the chain of proof: groups, the supervision that never pauses, and assignments under it.

A group that is open is supervised on every day from its start to its end, and that is held by keys alone: its
supervisions form one chain (each begins on the day after the one that it follows; only one follows none), and the
group is tied to a link that begins on its first day and to one that ends on its last. Those ties and the links'
are checked at commit, so that a handover can be written in any order.
"""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.core.proof import BEGINNING, PRACTISED, SPELL, VALID, leans_on, may_be_leaned_on
from selection.models.people import Area, Staff
from selection.models.programmes import Edition, Programme
from selection.rules.eligibility import ActingRole
from selection.rules.supervision import AssignmentKind, GroupState


class Group(Base):
    """A group of a programme in an area, from a day to a day."""

    __tablename__ = "delivery_group"

    # Said outright because the key is also a part of the ties below.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    edition_id: Mapped[int] = mapped_column(index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    venue: Mapped[Name]
    size: Mapped[int]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    state: Mapped[str] = mapped_column(String(10), default=GroupState.PLANNED)
    supervised_from: Mapped[Day | None]
    supervised_to: Mapped[Day | None]
    halted_reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    programme: Mapped[Programme] = relationship()
    edition: Mapped[Edition] = relationship(primaryjoin="Group.edition_id == Edition.id", foreign_keys=[edition_id])
    area: Mapped[Area] = relationship()
    supervisions: Mapped[list["Supervision"]] = relationship(
        back_populates="group",
        order_by="Supervision.starts_on",
        primaryjoin="Group.id == Supervision.group_id",
        foreign_keys="Supervision.group_id",
    )
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="group",
        order_by="Assignment.starts_on",
        primaryjoin="Group.id == Assignment.group_id",
        foreign_keys="Assignment.group_id",
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("id", "programme_id"),
        ForeignKeyConstraint(
            ["edition_id", "programme_id"], ["programme_edition.id", "programme_edition.programme_id"]
        ),
        in_order("starts_on", "ends_on"),
        one_of("state", GroupState),
        CheckConstraint("size > 0", name="has_size"),
        CheckConstraint(
            "state <> 'open' OR (supervised_from IS NOT NULL AND supervised_to IS NOT NULL"
            " AND supervised_from = starts_on AND supervised_to = ends_on)",
            name="open_under_supervision",
        ),
        CheckConstraint(
            "(supervised_from IS NULL) = (supervised_to IS NULL)"
            " AND (supervised_from IS NULL OR supervised_from <= supervised_to)",
            name="supervised_days_in_order",
        ),
        ForeignKeyConstraint(
            ["id", "supervised_from"],
            ["supervision.group_id", "supervision.starts_on"],
            name="fk_delivery_group_supervised_from",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        ForeignKeyConstraint(
            ["id", "supervised_to"],
            ["supervision.group_id", "supervision.ends_on"],
            name="fk_delivery_group_supervised_to",
            deferrable=True,
            initially="DEFERRED",
            use_alter=True,
        ),
        Index(None, "area_id", "starts_on"),
        # What the sessions lean on; an index, because SQLite can add one to a table that is there.
        Index("uq_delivery_group_window", "id", "starts_on", "ends_on", unique=True),
    )


class Supervision(Base):
    """The named treatment manager or designated supervisor of a group, from a day to a day.

    A deputy's days are a link like any other, so that each day has one responsible supervisor; `deputises_for_id` names
    who is absent (docs/decisions/0007-a-deputy-is-a-link.md).
    """

    __tablename__ = "supervision"

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column()
    programme_id: Mapped[int]
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    follows_on: Mapped[Day | None]
    authorisation_id: Mapped[int]
    authorisation_from: Mapped[Day]
    authorisation_to: Mapped[Day]
    deputises_for_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[Version] = mapped_column()

    group: Mapped[Group] = relationship(
        back_populates="supervisions", primaryjoin="Group.id == Supervision.group_id", foreign_keys=[group_id]
    )
    supervisor: Mapped[Staff] = relationship(foreign_keys=[supervisor_id])
    deputises_for: Mapped[Staff | None] = relationship(foreign_keys=[deputises_for_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("supervision", ("group_id", "supervisor_id"), days=SPELL),
        *leans_on(
            "supervision",
            table="authorisation",
            by="authorisation",
            same={"supervisor_id": "staff_id", "programme_id": "programme_id", "role": "role"},
            its=VALID,
            own=SPELL,
        ),
        ForeignKeyConstraint(["group_id", "programme_id"], ["delivery_group.id", "delivery_group.programme_id"]),
        in_order("starts_on", "ends_on"),
        one_of("role", (ActingRole.TREATMENT_MANAGER, ActingRole.DESIGNATED_SUPERVISOR)),
        CheckConstraint("deputises_for_id <> supervisor_id", name="deputises_for_another"),
        UniqueConstraint("group_id", "starts_on"),
        UniqueConstraint("group_id", "ends_on"),
        Index(
            "uq_supervision_only_one_is_first",
            "group_id",
            unique=True,
            sqlite_where=text("follows_on IS NULL"),
            postgresql_where=text("follows_on IS NULL"),
        ),
        ForeignKeyConstraint(
            ["group_id", "follows_on"],
            ["supervision.group_id", "supervision.ends_on"],
            name="fk_supervision_follows",
            deferrable=True,
            initially="DEFERRED",
        ),
        CheckConstraint(
            "follows_on IS NULL OR starts_on = date(follows_on, '+1 day')", name="begins_the_day_after"
        ).ddl_if(dialect="sqlite"),
        CheckConstraint("follows_on IS NULL OR starts_on = follows_on + 1", name="begins_the_day_after").ddl_if(
            dialect="postgresql"
        ),
    )


class Assignment(Base):
    """A facilitator's spell on a group under one supervisor, authorised and supervised on every day of it.

    It begins within their practice; whoever delivers keeps that up, so that only its first day is held to it.
    """

    __tablename__ = "assignment"

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column()
    programme_id: Mapped[int]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(10))
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    authorisation_id: Mapped[int]
    authorisation_role: Mapped[str] = mapped_column(String(30), default=ActingRole.FACILITATOR)
    authorisation_from: Mapped[Day]
    authorisation_to: Mapped[Day]
    supervision_id: Mapped[int]
    supervisor_id: Mapped[int] = mapped_column()
    supervision_from: Mapped[Day]
    supervision_to: Mapped[Day]
    practice_id: Mapped[int]
    practice_from: Mapped[Day]
    practice_to: Mapped[Day]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    group: Mapped[Group] = relationship(
        back_populates="assignments", primaryjoin="Group.id == Assignment.group_id", foreign_keys=[group_id]
    )
    facilitator: Mapped[Staff] = relationship(foreign_keys=[facilitator_id])
    supervisor: Mapped[Staff] = relationship(
        primaryjoin="Assignment.supervisor_id == Staff.id", foreign_keys=[supervisor_id]
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *may_be_leaned_on("assignment", ("group_id", "facilitator_id"), days=SPELL),
        *leans_on(
            "assignment",
            table="authorisation",
            by="authorisation",
            same={"facilitator_id": "staff_id", "programme_id": "programme_id", "authorisation_role": "role"},
            its=VALID,
            own=SPELL,
        ),
        *leans_on(
            "assignment",
            table="supervision",
            by="supervision",
            same={"group_id": "group_id", "supervisor_id": "supervisor_id"},
            its=SPELL,
            own=SPELL,
        ),
        *leans_on(
            "assignment",
            table="practice",
            by="practice",
            same={"facilitator_id": "staff_id", "programme_id": "programme_id"},
            its=PRACTISED,
            own=BEGINNING,
        ),
        ForeignKeyConstraint(["group_id", "programme_id"], ["delivery_group.id", "delivery_group.programme_id"]),
        in_order("starts_on", "ends_on"),
        one_of("kind", AssignmentKind),
        CheckConstraint("authorisation_role = 'facilitator'", name="authorised_as_facilitator"),
        CheckConstraint("facilitator_id <> supervisor_id", name="not_under_oneself"),
        UniqueConstraint("group_id", "facilitator_id", "starts_on"),
        Index(None, "facilitator_id", "ends_on"),
        Index(None, "made_by_id"),
    )
