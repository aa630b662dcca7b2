"""Events, bookings, attendance by day, who waits for a place, and results part by part."""

from collections.abc import Iterable
from datetime import time

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.models.courses import Course, CourseVersion
from selection.models.people import Area, Staff
from selection.rules.courses import BEGINS, ENDS, WaitEnd
from selection.rules.training import EndedAs, Part, PartResult


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Event(Base):
    """One running of a course, under one version of it for ever; a cancelled one stays on record."""

    __tablename__ = "event"

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    course_version_id: Mapped[int]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    title: Mapped[Name]
    venue: Mapped[Name]
    places: Mapped[int]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    cancelled_at: Mapped[Moment | None]
    cancelled_reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    course: Mapped[Course] = relationship(foreign_keys=[course_id])
    terms: Mapped[CourseVersion] = relationship(
        primaryjoin="Event.course_version_id == CourseVersion.id", foreign_keys="Event.course_version_id"
    )
    area: Mapped[Area] = relationship()
    days: Mapped[list["EventDay"]] = relationship(order_by="EventDay.day", cascade="all, delete-orphan")
    trainers: Mapped[list[Staff]] = relationship(secondary="event_trainer", order_by="Staff.sort_name")
    bookings: Mapped[list["Booking"]] = relationship(back_populates="event", order_by="Booking.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        in_order("starts_on", "ends_on"),
        CheckConstraint("places > 0", name="has_places"),
        CheckConstraint("cancelled_at IS NULL OR cancelled_reason <> ''", name="cancelled_with_reason"),
        ForeignKeyConstraint(["course_version_id", "course_id"], ["course_version.id", "course_version.course_id"]),
        Index(None, "course_version_id"),
    )


class EventDay(Base):
    """A day of an event, on which attendance is taken, and from when to when it lasts, by the clock in London."""

    __tablename__ = "event_day"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    day: Mapped[Day] = mapped_column(primary_key=True)
    begins: Mapped[time] = mapped_column(default=BEGINS)
    ends: Mapped[time] = mapped_column(default=ENDS)

    __table_args__ = (CheckConstraint("begins < ends", name="hours_in_order"),)


class EventTrainer(Base):
    """A trainer of an event."""

    __tablename__ = "event_trainer"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)


class Booking(Base):
    """A person's place on an event; a cancelled one stays on record."""

    __tablename__ = "booking"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    booked_at: Mapped[Moment]
    cancelled_at: Mapped[Moment | None]
    version: Mapped[Version] = mapped_column()

    event: Mapped[Event] = relationship(back_populates="bookings")
    staff: Mapped[Staff] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(cascade="all, delete-orphan")
    results: Mapped[list["CourseResult"]] = relationship(
        back_populates="booking", order_by="CourseResult.id", primaryjoin="Booking.id == CourseResult.booking_id"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("event_id", "staff_id"), UniqueConstraint("id", "staff_id"))


class Attendance(Base):
    """Whether a booked person was there on a day of the event."""

    __tablename__ = "attendance"

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    day: Mapped[Day] = mapped_column(primary_key=True)
    present: Mapped[bool]


class Waiting(Base):
    """A person's place in the line for an event that is full; who stands longest comes first, an ended one stays."""

    __tablename__ = "waiting"

    id: Mapped[Key]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    asked_at: Mapped[Moment]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[Moment | None]
    ended_as: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[Version] = mapped_column()

    event: Mapped[Event] = relationship()
    staff: Mapped[Staff] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("ended_as", WaitEnd),
        CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="ended_somehow"),
        Index(
            "uq_waiting_once",
            *("event_id", "staff_id"),
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class PartAssessment(Base):
    """One assessment of one part of a booking's result; only added to: a correction is a later row with a reason.

    The first row of an attempt names none that it corrects; what stands of an attempt is the last of its corrections.
    """

    __tablename__ = "part_assessment"

    id: Mapped[Key]
    booking_id: Mapped[int]
    staff_id: Mapped[int]
    part: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int]
    result: Mapped[str] = mapped_column(String(20))
    mark: Mapped[int | None]
    pass_mark: Mapped[int | None]
    method: Mapped[Name]
    note: Mapped[Prose]
    assessed_on: Mapped[Day]
    assessed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[Moment]
    corrects_id: Mapped[int | None] = mapped_column(unique=True)
    reason: Mapped[Prose]

    assessed_by: Mapped[Staff] = relationship(foreign_keys=[assessed_by_id])

    __table_args__ = (
        ForeignKeyConstraint(["booking_id", "staff_id"], ["booking.id", "booking.staff_id"]),
        ForeignKeyConstraint(
            ["corrects_id", "booking_id", "part", "attempt"],
            [f"part_assessment.{column}" for column in ("id", "booking_id", "part", "attempt")],
            name="fk_part_assessment_corrects",
        ),
        one_of("part", Part),
        one_of("result", (PartResult.PASSED, PartResult.NOT_YET)),
        CheckConstraint("attempt > 0", name="counts_from_one"),
        CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 100", name="mark_is_share"),
        CheckConstraint(
            "pass_mark IS NULL OR (mark IS NOT NULL AND (result = 'passed') = (mark >= pass_mark))",
            name="mark_decides",
        ),
        CheckConstraint("corrects_id IS NULL OR reason <> ''", name="correction_has_reason"),
        CheckConstraint("assessed_by_id <> staff_id", name="nobody_assesses_themselves"),
        UniqueConstraint("id", "booking_id", "part", "attempt"),
        Index(
            "uq_part_assessment_once",
            *("booking_id", "part", "attempt"),
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        Index(None, "booking_id"),
        Index(None, "staff_id"),
    )


class Reassessment(Base):
    """When and where what a booking left open is assessed again."""

    __tablename__ = "reassessment"

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id"), primary_key=True)
    on_day: Mapped[Day]
    venue: Mapped[Name]
    arranged_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    arranged_at: Mapped[Moment]
    version: Mapped[Version] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CourseResult(Base):
    """What a booking came to after each recording; append-only, a correction is a later row. Passed needs all four.

    `ended_as` is for what ended without a pass for good; without it, what is not passed is still open.
    """

    __tablename__ = "course_result"

    id: Mapped[Key]
    booking_id: Mapped[int] = mapped_column()
    staff_id: Mapped[int]
    course_id: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    understanding: Mapped[str] = mapped_column(String(20))
    competencies: Mapped[str] = mapped_column(String(20))
    abilities: Mapped[str] = mapped_column(String(20))
    attended_enough: Mapped[bool]
    passed: Mapped[bool]
    note: Mapped[Prose]
    reassess_by: Mapped[Day | None]
    ended_as: Mapped[str | None] = mapped_column(String(20))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_on: Mapped[Day]
    recorded_at: Mapped[Moment]

    booking: Mapped[Booking] = relationship(
        back_populates="results", primaryjoin="Booking.id == CourseResult.booking_id", foreign_keys=[booking_id]
    )

    __table_args__ = (
        ForeignKeyConstraint(["booking_id", "staff_id"], ["booking.id", "booking.staff_id"]),
        ForeignKeyConstraint(["course_id", "stage"], ["course.id", "course.stage"]),
        one_of("understanding", PartResult),
        one_of("competencies", PartResult),
        one_of("abilities", PartResult),
        CheckConstraint(
            "NOT passed OR (understanding = 'passed' AND competencies = 'passed' AND abilities = 'passed'"
            " AND attended_enough)",
            name="passed_in_every_part",
        ),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint(
            f"ended_as IS NULL OR (NOT passed AND ended_as IN ({_listed(EndedAs)}))", name="ended_without_a_pass"
        ),
        UniqueConstraint("id", "staff_id", "stage", "passed"),
        UniqueConstraint("id", "programme_id"),
        Index(None, "booking_id"),
        Index(None, "staff_id"),
    )
