"""Accredited programmes, their modules and the routes by which participants go through them."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core import clock
from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.core.proof import Days, may_be_leaned_on
from selection.rules.calendar import NO_BEGINNING, NO_END
from selection.rules.programmes import Risk


class Programme(Base):
    """An accredited groupwork programme, and the local settings under which its groups are staffed."""

    __tablename__ = "programme"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[Name]
    group_min: Mapped[int]
    group_max: Mapped[int]
    team_size: Mapped[int]
    in_room: Mapped[int]
    experienced_needed: Mapped[int]
    experience_months: Mapped[int] = mapped_column(default=6)
    groups_at_once: Mapped[int] = mapped_column(default=2)
    supervisor_groups: Mapped[int] = mapped_column(default=6)
    months_to_first_delivery: Mapped[int]
    weeks_between_supervision: Mapped[int]
    version: Mapped[Version] = mapped_column()

    modules: Mapped[list["Module"]] = relationship(back_populates="programme", order_by="Module.position")
    routes: Mapped[list["Route"]] = relationship(back_populates="programme", order_by="Route.id")
    lapse_settings: Mapped[list["LapseSetting"]] = relationship(order_by="LapseSetting.from_day")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("0 < group_min AND group_min <= group_max", name="group_size_in_order"),
        CheckConstraint("0 < in_room AND in_room <= team_size", name="room_within_team"),
        CheckConstraint("experience_months >= 0", name="experience_counts"),
        CheckConstraint("groups_at_once > 0", name="groups_at_once_counts"),
        CheckConstraint("supervisor_groups > 0", name="supervisor_groups_counts"),
    )


class LapseSetting(Base):
    """After how many months without delivery a right on a programme lapses, from a day to a day; only added to.

    A programme's settings follow one another from `NO_BEGINNING` on; the last day of one is the eve of the next. It is
    the only thing of one that changes, once, when the next is decided.
    """

    __tablename__ = "lapse_setting"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    from_day: Mapped[Day] = mapped_column(default=NO_BEGINNING)
    to_day: Mapped[Day] = mapped_column(default=NO_END)
    months: Mapped[int]
    reason: Mapped[Prose]
    made_at: Mapped[Moment] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        *may_be_leaned_on("lapse_setting", ("programme_id", "months"), days=Days(first="from_day", last="to_day")),
        in_order("from_day", "to_day"),
        CheckConstraint("months > 0", name="lasts_a_while"),
        CheckConstraint(f"reason <> '' OR from_day = '{NO_BEGINNING}'", name="changed_for_a_reason"),
        UniqueConstraint("programme_id", "from_day"),
    )


class Module(Base):
    """A part of a programme; its number of sessions is a local setting, the routes' totals are the programme's."""

    __tablename__ = "module"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    title: Mapped[Name]
    aim: Mapped[Prose]
    sessions: Mapped[int]
    session_minutes: Mapped[int]
    separate_closed_group: Mapped[bool]

    programme: Mapped[Programme] = relationship(back_populates="modules")

    __table_args__ = (
        UniqueConstraint("programme_id", "position"),
        UniqueConstraint("id", "programme_id"),
        CheckConstraint("sessions > 0 AND session_minutes > 0", name="takes_time"),
    )


class Route(Base):
    """What participants of one risk level (Risk Matrix 2000/S) attend."""

    __tablename__ = "route"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    risk: Mapped[str] = mapped_column(String(10))
    is_local_default: Mapped[bool]

    programme: Mapped[Programme] = relationship(back_populates="routes")
    modules: Mapped[list[Module]] = relationship(secondary="route_module", order_by="Module.position")

    __table_args__ = (one_of("risk", Risk), UniqueConstraint("programme_id", "risk"))


class RouteModule(Base):
    """A module on a route."""

    __tablename__ = "route_module"

    route_id: Mapped[int] = mapped_column(ForeignKey("route.id"), primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), primary_key=True, index=True)
