"""Accredited programmes, their editions with modules, and the routes by which participants go through them.

An edition says how the programme is delivered: which modules in which order, how many sessions of what length, who
attends them, and by which local settings its groups are staffed and supervised. A published edition never changes
(triggers see to it); a group pins the edition that it runs under.
"""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core import clock
from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.core.proof import Days, may_be_leaned_on
from selection.models.people import Account
from selection.rules.calendar import NO_BEGINNING, NO_END
from selection.rules.programmes import PERIODS, Risk


class Programme(Base):
    """An accredited groupwork programme; the months until first delivery are a local setting."""

    __tablename__ = "programme"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[Name]
    months_to_first_delivery: Mapped[int]
    version: Mapped[Version] = mapped_column()

    editions: Mapped[list["Edition"]] = relationship(back_populates="programme", order_by="Edition.number")
    routes: Mapped[list["Route"]] = relationship(back_populates="programme", order_by="Route.id")
    lapse_settings: Mapped[list["LapseSetting"]] = relationship(order_by="LapseSetting.from_day")

    __mapper_args__ = {"version_id_col": version}

    @property
    def newest(self) -> "Edition":
        """The edition that new groups are planned under; the editions must be loaded."""
        return self.editions[-1]


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


class Edition(Base):
    """How a programme is delivered, from one change that matters to the next; all but the size of a group is local.

    `review_months` are the months of a period of the calendar year in which each facilitator's delivery is reviewed
    once; `due_soon_days` is how long before its day supervision or a review is shown as due soon.
    """

    __tablename__ = "programme_edition"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    group_min: Mapped[int]
    group_max: Mapped[int]
    team_size: Mapped[int]
    in_room: Mapped[int]
    experienced_needed: Mapped[int]
    experience_months: Mapped[int] = mapped_column(default=6)
    groups_at_once: Mapped[int] = mapped_column(default=2)
    supervisor_groups: Mapped[int] = mapped_column(default=6)
    weeks_between_supervision: Mapped[int] = mapped_column(default=4)
    review_months: Mapped[int] = mapped_column(default=3)
    due_soon_days: Mapped[int] = mapped_column(default=7)
    reason: Mapped[Prose]
    published_at: Mapped[Moment | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    programme: Mapped[Programme] = relationship(back_populates="editions")
    published_by: Mapped[Account | None] = relationship()
    modules: Mapped[list["EditionModule"]] = relationship(order_by="EditionModule.position")

    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        UniqueConstraint("id", "programme_id"),
        CheckConstraint("number > 0", name="counts_from_one"),
        CheckConstraint("0 < group_min AND group_min <= group_max", name="group_size_in_order"),
        CheckConstraint("0 < in_room AND in_room <= team_size", name="room_within_team"),
        CheckConstraint("0 <= experienced_needed AND experienced_needed <= in_room", name="experienced_within_room"),
        CheckConstraint("experience_months >= 0 AND due_soon_days >= 0", name="periods_count"),
        CheckConstraint("groups_at_once > 0 AND supervisor_groups > 0", name="groups_count"),
        CheckConstraint("weeks_between_supervision > 0", name="supervised_at_times"),
        CheckConstraint(f"review_months IN ({', '.join(map(str, PERIODS))})", name="reviews_divide_the_year"),
    )


class Module(Base):
    """A part of a programme, known by its title through all editions that have it."""

    __tablename__ = "module"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    title: Mapped[Name]
    aim: Mapped[Prose]

    __table_args__ = (UniqueConstraint("programme_id", "title"), UniqueConstraint("id", "programme_id"))


class EditionModule(Base):
    """A module as an edition has it; the numbers of sessions are local settings, the routes' totals the programme's."""

    __tablename__ = "edition_module"

    edition_id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    programme_id: Mapped[int]
    position: Mapped[int]
    sessions: Mapped[int]
    session_minutes: Mapped[int]
    separate_closed_group: Mapped[bool]

    module: Mapped[Module] = relationship(
        primaryjoin="EditionModule.module_id == Module.id", foreign_keys=[module_id], lazy="joined", innerjoin=True
    )
    routes: Mapped[list["Route"]] = relationship(
        secondary="edition_route",
        primaryjoin="and_(EditionModule.edition_id == EditionRoute.edition_id,"
        " EditionModule.module_id == EditionRoute.module_id)",
        secondaryjoin="EditionRoute.route_id == Route.id",
        order_by="Route.id",
    )

    __table_args__ = (
        UniqueConstraint("edition_id", "position"),
        ForeignKeyConstraint(
            ["edition_id", "programme_id"], ["programme_edition.id", "programme_edition.programme_id"]
        ),
        ForeignKeyConstraint(["module_id", "programme_id"], ["module.id", "module.programme_id"]),
        CheckConstraint("sessions > 0 AND session_minutes > 0", name="takes_time"),
    )

    @property
    def title(self) -> str:
        """The module's title."""
        return self.module.title


class Route(Base):
    """What participants of one risk level (Risk Matrix 2000/S) attend; the modules are the editions'."""

    __tablename__ = "route"

    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    risk: Mapped[str] = mapped_column(String(10))
    is_local_default: Mapped[bool]

    programme: Mapped[Programme] = relationship(back_populates="routes")

    __table_args__ = (one_of("risk", Risk), UniqueConstraint("programme_id", "risk"))


class EditionRoute(Base):
    """A module of an edition on a route."""

    __tablename__ = "edition_route"

    edition_id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("route.id"), primary_key=True, index=True)

    __table_args__ = (
        ForeignKeyConstraint(["edition_id", "module_id"], ["edition_module.edition_id", "edition_module.module_id"]),
    )
