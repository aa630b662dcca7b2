"""Courses, their events, bookings, attendance by day and the three-part result."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, in_order, one_of
from selection.core.db import Base
from selection.models.people import Area, Staff
from selection.models.programmes import Programme
from selection.rules.training import PartResult


class Course(Base):
    """What is taught for a step: fundamental training, or the training of one programme; with its local settings."""

    __tablename__ = "course"

    id: Mapped[Key]
    title: Mapped[Name] = mapped_column(unique=True)
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    days: Mapped[int]
    attendance_percent: Mapped[int]
    valid_months: Mapped[int]
    months_after_step_before: Mapped[int]
    reassess_months: Mapped[int]
    version: Mapped[Version] = mapped_column()

    programme: Mapped[Programme | None] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("stage", ("fundamental", "programme")),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("attendance_percent BETWEEN 0 AND 100", name="attendance_is_share"),
        CheckConstraint("days > 0 AND valid_months > 0", name="takes_time"),
        UniqueConstraint("id", "stage"),
    )


class Event(Base):
    """One running of a course."""

    __tablename__ = "event"

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    title: Mapped[Name]
    venue: Mapped[Name]
    places: Mapped[int]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    version: Mapped[Version] = mapped_column()

    course: Mapped[Course] = relationship()
    area: Mapped[Area] = relationship()
    days: Mapped[list["EventDay"]] = relationship(order_by="EventDay.day", cascade="all, delete-orphan")
    trainers: Mapped[list[Staff]] = relationship(secondary="event_trainer", order_by="Staff.sort_name")
    bookings: Mapped[list["Booking"]] = relationship(back_populates="event", order_by="Booking.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (in_order("starts_on", "ends_on"), CheckConstraint("places > 0", name="has_places"))


class EventDay(Base):
    """A day of an event, on which attendance is taken."""

    __tablename__ = "event_day"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    day: Mapped[Day] = mapped_column(primary_key=True)


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


class CourseResult(Base):
    """The three-part result of a booking; append-only, a correction is a later row. Passed needs all four."""

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
        UniqueConstraint("id", "staff_id", "stage", "passed"),
        UniqueConstraint("id", "programme_id"),
        Index(None, "booking_id"),
        Index(None, "staff_id"),
    )


class Recognition(Base):
    """A step accepted on evidence of earlier or outside learning; the approver is neither the person nor who asked."""

    __tablename__ = "recognition"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    evidence: Mapped[Prose]
    reason: Mapped[Prose]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    approved_on: Mapped[Day]
    approved_at: Mapped[Moment]

    __table_args__ = (
        one_of("stage", ("selection", "fundamental", "programme")),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("approved_by_id <> staff_id", name="approver_is_not_the_person"),
        CheckConstraint("approved_by_id <> requested_by_id", name="approver_is_not_who_asked"),
        CheckConstraint("evidence <> '' AND reason <> ''", name="has_evidence_and_reason"),
        UniqueConstraint("id", "staff_id", "stage"),
        UniqueConstraint("id", "programme_id"),
    )
