"""What supervisors record: on whom they supervise on the day, signed and then only added to.

A record leans on the supervision by which its supervisor has the group on the day, and each person on it leans on the
assignment by which they are on that group; nobody is on their own record. Observation notes and session reviews are of
a session, and of people who have a place at it. What a record asks is a form (`models.record_forms`). Wellbeing has a
table of its own that holds a day and nothing else.
"""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Prose, Version, one_of
from selection.core.db import Base
from selection.core.proof import SPELL, Days, leans_on
from selection.models.groups import Group
from selection.models.people import Account, Staff
from selection.models.record_forms import RecordForm
from selection.rules.records import RecordKind

THAT_DAY = Days(first="held_on", last="held_on")
ON_DAY = Days(first="on_day", last="on_day")


class SupervisorRecord(Base):
    """A supervision record, observation notes or a session review: a draft until it is signed, then it stays.

    A correction is a record of its own that names the one which it puts right; nothing is corrected twice, so that
    corrections form a line and the last of it is what holds.
    """

    __tablename__ = "supervisor_record"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int] = mapped_column()
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    held_on: Mapped[Day]
    next_on: Mapped[Day | None]
    session_id: Mapped[int | None]
    form_id: Mapped[int] = mapped_column()
    supervision_id: Mapped[int]
    supervision_from: Mapped[Day]
    supervision_to: Mapped[Day]
    corrects_id: Mapped[int | None]
    reason: Mapped[Prose]
    made_at: Mapped[Moment]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    signed_at: Mapped[Moment | None]
    version: Mapped[Version] = mapped_column()

    group: Mapped[Group] = relationship(
        primaryjoin="Group.id == SupervisorRecord.group_id", foreign_keys=[group_id], viewonly=True
    )
    supervisor: Mapped[Staff] = relationship(foreign_keys=[supervisor_id])
    form: Mapped[RecordForm] = relationship(
        primaryjoin="RecordForm.id == SupervisorRecord.form_id", foreign_keys=[form_id], viewonly=True
    )
    subjects: Mapped[list["RecordSubject"]] = relationship(
        order_by="RecordSubject.position",
        primaryjoin="SupervisorRecord.id == RecordSubject.record_id",
        foreign_keys="RecordSubject.record_id",
        viewonly=True,
    )
    answers: Mapped[list["RecordAnswer"]] = relationship(
        order_by="RecordAnswer.id",
        primaryjoin="SupervisorRecord.id == RecordAnswer.record_id",
        foreign_keys="RecordAnswer.record_id",
        viewonly=True,
    )
    actions: Mapped[list["RecordAction"]] = relationship(order_by="RecordAction.position", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        *leans_on(
            "supervisor_record",
            table="supervision",
            by="supervision",
            same={"group_id": "group_id", "supervisor_id": "supervisor_id"},
            its=SPELL,
            own=THAT_DAY,
        ),
        ForeignKeyConstraint(["form_id", "kind"], ["record_form.id", "record_form.kind"]),
        ForeignKeyConstraint(["session_id", "group_id"], ["group_session.id", "group_session.group_id"]),
        ForeignKeyConstraint(
            ["corrects_id", "kind", "group_id"],
            ["supervisor_record.id", "supervisor_record.kind", "supervisor_record.group_id"],
        ),
        one_of("kind", RecordKind),
        CheckConstraint("(kind = 'supervision') = (session_id IS NULL)", name="of_a_session"),
        CheckConstraint("next_on IS NULL OR held_on < next_on", name="next_is_later"),
        CheckConstraint("corrects_id IS NULL OR (corrects_id <> id AND reason <> '')", name="corrected_for_a_reason"),
        UniqueConstraint("id", "kind", "group_id"),
        UniqueConstraint("id", "kind", "group_id", "supervisor_id", "held_on", name="uq_supervisor_record_identity"),
        UniqueConstraint("id", "form_id"),
        UniqueConstraint("id", "session_id"),
        Index(None, "corrects_id", unique=True),
        Index(None, "session_id"),
        Index(None, "group_id", "held_on"),
        Index(None, "supervisor_id", "held_on"),
        Index(None, "form_id"),
    )


class RecordSubject(Base):
    """A facilitator on a record: on the group on the day that counts, and not its supervisor.

    The day that counts is the record's own; for a session review it is the day of the session that was recorded.
    """

    __tablename__ = "record_subject"

    record_id: Mapped[int] = mapped_column(primary_key=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int]
    supervisor_id: Mapped[int]
    held_on: Mapped[Day]
    session_id: Mapped[int | None]
    on_day: Mapped[Day]
    position: Mapped[int]
    present: Mapped[bool] = mapped_column(default=True)
    assignment_id: Mapped[int]
    assignment_from: Mapped[Day]
    assignment_to: Mapped[Day]

    facilitator: Mapped[Staff] = relationship(foreign_keys=[facilitator_id])

    __table_args__ = (
        ForeignKeyConstraint(
            ["record_id", "kind", "group_id", "supervisor_id", "held_on"],
            [f"supervisor_record.{column}" for column in ("id", "kind", "group_id", "supervisor_id", "held_on")],
            name="fk_record_subject_record",
        ),
        ForeignKeyConstraint(["record_id", "session_id"], ["supervisor_record.id", "supervisor_record.session_id"]),
        ForeignKeyConstraint(["session_id", "on_day"], ["group_session.id", "group_session.day"]),
        ForeignKeyConstraint(
            ["session_id", "facilitator_id"], ["session_facilitator.session_id", "session_facilitator.facilitator_id"]
        ),
        CheckConstraint("(kind = 'supervision') = (session_id IS NULL)", name="of_a_session"),
        *leans_on(
            "record_subject",
            table="assignment",
            by="assignment",
            same={"group_id": "group_id", "facilitator_id": "facilitator_id"},
            its=SPELL,
            own=ON_DAY,
        ),
        CheckConstraint("facilitator_id <> supervisor_id", name="not_on_oneself"),
        CheckConstraint("on_day = held_on OR (kind = 'review' AND on_day < held_on)", name="of_that_day"),
        CheckConstraint("position >= 1", name="in_order"),
        UniqueConstraint("record_id", "position"),
        Index(None, "facilitator_id", "on_day"),
        Index(None, "session_id"),
    )


class RecordAnswer(Base):
    """An answer: words, or points for one facilitator; what does not apply has no points, and nought is no answer."""

    __tablename__ = "record_answer"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column()
    form_id: Mapped[int] = mapped_column()
    question_id: Mapped[int]
    answer: Mapped[str] = mapped_column(String(10))
    facilitator_id: Mapped[int | None]
    words: Mapped[Prose]
    points: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        ForeignKeyConstraint(["record_id", "form_id"], ["supervisor_record.id", "supervisor_record.form_id"]),
        ForeignKeyConstraint(
            ["question_id", "form_id", "answer"],
            ["form_question.id", "form_question.form_id", "form_question.answer"],
        ),
        ForeignKeyConstraint(
            ["record_id", "facilitator_id"], ["record_subject.record_id", "record_subject.facilitator_id"]
        ),
        ForeignKeyConstraint(["form_id", "points"], ["form_point.form_id", "form_point.point"]),
        CheckConstraint("points IS NULL OR NOT not_applicable", name="points_or_not_applicable"),
        CheckConstraint(
            "(answer = 'words' AND facilitator_id IS NULL AND points IS NULL AND NOT not_applicable)"
            " OR (answer = 'points' AND facilitator_id IS NOT NULL AND (points IS NOT NULL OR not_applicable))",
            name="answers_as_asked",
        ),
        UniqueConstraint("record_id", "question_id", "facilitator_id"),
        Index(
            "uq_record_answer_once_in_words",
            "record_id",
            "question_id",
            unique=True,
            sqlite_where=text("facilitator_id IS NULL"),
            postgresql_where=text("facilitator_id IS NULL"),
        ),
        Index(None, "question_id"),
    )


class RecordAction(Base):
    """Something that was agreed on: what, who does it, and by when."""

    __tablename__ = "record_action"

    id: Mapped[Key]
    record_id: Mapped[int] = mapped_column(ForeignKey("supervisor_record.id"))
    position: Mapped[int]
    what: Mapped[Prose]
    who_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    due_on: Mapped[Day | None]

    who: Mapped[Staff] = relationship()
    done: Mapped["ActionDone | None"] = relationship()

    __table_args__ = (
        CheckConstraint("what <> ''", name="says_what"),
        UniqueConstraint("record_id", "position"),
        Index(None, "due_on"),
    )


class ActionDone(Base):
    """Somebody said that what was agreed on was done on a day; only ever added to."""

    __tablename__ = "action_done"

    action_id: Mapped[int] = mapped_column(ForeignKey("record_action.id"), primary_key=True, autoincrement=False)
    done_on: Mapped[Day]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    said_at: Mapped[Moment]

    said_by: Mapped[Account] = relationship()


class WellbeingContact(Base):
    """The day on which a facilitator had wellbeing support from their supervisor. There is no place for more."""

    __tablename__ = "wellbeing_contact"

    id: Mapped[Key]
    group_id: Mapped[int]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    on_day: Mapped[Day]
    supervision_id: Mapped[int]
    supervision_from: Mapped[Day]
    supervision_to: Mapped[Day]
    assignment_id: Mapped[int]
    assignment_from: Mapped[Day]
    assignment_to: Mapped[Day]

    __table_args__ = (
        *leans_on(
            "wellbeing_contact",
            table="supervision",
            by="supervision",
            same={"group_id": "group_id", "supervisor_id": "supervisor_id"},
            its=SPELL,
            own=ON_DAY,
        ),
        *leans_on(
            "wellbeing_contact",
            table="assignment",
            by="assignment",
            same={"group_id": "group_id", "facilitator_id": "facilitator_id"},
            its=SPELL,
            own=ON_DAY,
        ),
        CheckConstraint("facilitator_id <> supervisor_id", name="not_of_oneself"),
        UniqueConstraint("facilitator_id", "on_day", "supervisor_id"),
        Index(None, "supervisor_id"),
    )
