"""A group's schedule, its sessions, and who is in the room at each: the last link of the chain of proof.

A session lies within its group's days, and a facilitator's place at a session within their assignment to the group.
The place keeps a copy of the session's day, so that moving the session to a day outside somebody's spell is refused.
Once a session is recorded (held or not held), triggers keep it and its places as they are.
"""

from datetime import time

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Version, one_of
from selection.core.db import Base
from selection.core.proof import ITS_DAY, SPELL, THAT_DAY, leans_on, leans_on_day
from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.models.programmes import EditionModule, Module
from selection.rules.sessions import Nation, SessionKind, SessionState
from selection.rules.supervision import AssignmentKind


class Schedule(Base):
    """How a group's sessions are laid out: by whose bank holidays, on which modules, at what times of the week."""

    __tablename__ = "group_schedule"

    group_id: Mapped[int] = mapped_column(ForeignKey("delivery_group.id"), primary_key=True, autoincrement=False)
    nation: Mapped[str] = mapped_column(String(20))
    version: Mapped[Version] = mapped_column()

    modules: Mapped[list["GroupModule"]] = relationship(
        order_by="GroupModule.position", cascade="all, delete-orphan", passive_deletes=False
    )
    slots: Mapped[list["Slot"]] = relationship(
        order_by="Slot.weekday, Slot.starts_at", cascade="all, delete-orphan", passive_deletes=False
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (one_of("nation", Nation),)


class GroupModule(Base):
    """A module that the group delivers, as an edition has it; open, if participants may join when it begins."""

    __tablename__ = "group_module"

    group_id: Mapped[int] = mapped_column(ForeignKey("group_schedule.group_id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int]
    programme_id: Mapped[int]
    position: Mapped[int]
    is_open: Mapped[bool]

    of_edition: Mapped[EditionModule] = relationship(
        primaryjoin="and_(GroupModule.edition_id == EditionModule.edition_id,"
        " GroupModule.module_id == EditionModule.module_id)",
        foreign_keys="[GroupModule.edition_id, GroupModule.module_id]",
        viewonly=True,
    )

    __table_args__ = (
        UniqueConstraint("group_id", "position"),
        ForeignKeyConstraint(["module_id", "programme_id"], ["module.id", "module.programme_id"]),
        ForeignKeyConstraint(["group_id", "programme_id"], ["delivery_group.id", "delivery_group.programme_id"]),
        ForeignKeyConstraint(["edition_id", "module_id"], ["edition_module.edition_id", "edition_module.module_id"]),
        Index(None, "module_id"),
    )


class Slot(Base):
    """A weekly time at which the group meets; Monday is 0, the time is what a clock in London shows."""

    __tablename__ = "group_slot"

    group_id: Mapped[int] = mapped_column(ForeignKey("group_schedule.group_id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_at: Mapped[time] = mapped_column(primary_key=True)

    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),)


class GroupSession(Base):
    """A meeting of a group on one of its days; the times are what a clock in London shows.

    `number` counts the group's regular sessions from 1; a catch-up has the number of the session that it repeats, and
    so has one that makes up for a session that was not held.
    """

    __tablename__ = "group_session"

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column()
    group_from: Mapped[Day]
    group_to: Mapped[Day]
    programme_id: Mapped[int]
    module_id: Mapped[int] = mapped_column(index=True)
    number: Mapped[int]
    title: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(10), default=SessionKind.REGULAR)
    day: Mapped[Day]
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    state: Mapped[str] = mapped_column(String(10), default=SessionState.PLANNED)
    version: Mapped[Version] = mapped_column()

    group: Mapped[Group] = relationship(primaryjoin="GroupSession.group_id == Group.id", foreign_keys=[group_id])
    module: Mapped[Module] = relationship(primaryjoin="GroupSession.module_id == Module.id", foreign_keys=[module_id])
    places: Mapped[list["Place"]] = relationship(
        back_populates="session",
        order_by="Place.id",
        primaryjoin="GroupSession.id == Place.session_id",
        foreign_keys="Place.session_id",
    )
    trainees: Mapped[list["Trainee"]] = relationship(order_by="Trainee.staff_id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("id", "group_id"),
        UniqueConstraint("id", "day"),
        ForeignKeyConstraint(
            ["group_id", "group_from", "group_to"],
            ["delivery_group.id", "delivery_group.starts_on", "delivery_group.ends_on"],
            name="fk_group_session_group_window",
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(["group_id", "programme_id"], ["delivery_group.id", "delivery_group.programme_id"]),
        ForeignKeyConstraint(["module_id", "programme_id"], ["module.id", "module.programme_id"]),
        CheckConstraint("group_from <= day AND day <= group_to", name="within_group"),
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        CheckConstraint("number > 0", name="numbered"),
        one_of("kind", SessionKind),
        one_of("state", SessionState),
        Index(None, "group_id", "day"),
        Index(None, "day"),
        # What the record of a session leans on; an index, because SQLite can add one to a table that is there.
        Index("uq_group_session_id_state", "id", "state", unique=True),
        Index(
            "uq_group_session_number",
            "group_id",
            "number",
            unique=True,
            sqlite_where=text("kind = 'regular' AND state <> 'not_held'"),
            postgresql_where=text("kind = 'regular' AND state <> 'not_held'"),
        ),
    )


class Place(Base):
    """A facilitator's place at a session, on the strength of their assignment to the group; in the room, or not."""

    __tablename__ = "session_facilitator"

    id: Mapped[Key]
    session_id: Mapped[int] = mapped_column()
    session_day: Mapped[Day]
    group_id: Mapped[int]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    assignment_id: Mapped[int] = mapped_column()
    assignment_from: Mapped[Day]
    assignment_to: Mapped[Day]
    role: Mapped[str] = mapped_column(String(10))
    in_room: Mapped[bool] = mapped_column(default=True)

    session: Mapped[GroupSession] = relationship(
        back_populates="places", primaryjoin="GroupSession.id == Place.session_id", foreign_keys=[session_id]
    )
    facilitator: Mapped[Staff] = relationship(foreign_keys=[facilitator_id])
    assignment: Mapped[Assignment] = relationship(
        primaryjoin="Assignment.id == Place.assignment_id", foreign_keys=[assignment_id]
    )

    __table_args__ = (
        *leans_on_day(
            "session_facilitator",
            table="group_session",
            by="session",
            same={"group_id": "group_id"},
            its=ITS_DAY,
        ),
        *leans_on(
            "session_facilitator",
            table="assignment",
            by="assignment",
            same={"group_id": "group_id", "facilitator_id": "facilitator_id"},
            its=SPELL,
            own=THAT_DAY,
        ),
        UniqueConstraint("session_id", "facilitator_id"),
        one_of("role", AssignmentKind),
        Index(None, "facilitator_id", "session_day"),
    )


class Trainee(Base):
    """Somebody still in training who sits in at a session; they fill no place and deliver nothing."""

    __tablename__ = "session_trainee"

    session_id: Mapped[int] = mapped_column(ForeignKey("group_session.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    agreed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    agreed_at: Mapped[Moment]

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
