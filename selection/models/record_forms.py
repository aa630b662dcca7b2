"""What supervisors' records ask: forms, which are data with versions, and unchangeable once published."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Key, Moment, Name, Prose, Version, one_of
from selection.core.db import Base
from selection.rules.records import MOST_FACILITATORS, AnswerKind, RecordKind


class RecordForm(Base):
    """One version of what a kind of record asks; the newest published one is the form of new records."""

    __tablename__ = "record_form"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    title: Mapped[Name]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    published_at: Mapped[Moment | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[Version] = mapped_column()

    points: Mapped[list["FormPoint"]] = relationship(order_by="FormPoint.point", cascade="all, delete-orphan")
    questions: Mapped[list["FormQuestion"]] = relationship(
        order_by="FormQuestion.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("kind", RecordKind),
        one_of("state", ("draft", "published")),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_at_a_time"),
        UniqueConstraint("kind", "number"),
        UniqueConstraint("id", "kind"),
    )


class FormPoint(Base):
    """What a point of a form's rating scale means; the scale goes from one to the highest that is there."""

    __tablename__ = "form_point"

    form_id: Mapped[int] = mapped_column(ForeignKey("record_form.id"), primary_key=True)
    point: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    label: Mapped[Name]

    __table_args__ = (CheckConstraint("point BETWEEN 1 AND 10", name="from_one_up"),)


class FormQuestion(Base):
    """A question of a form: answered in words for all together, or with points for each facilitator."""

    __tablename__ = "form_question"

    id: Mapped[Key]
    form_id: Mapped[int] = mapped_column(ForeignKey("record_form.id"))
    position: Mapped[int]
    text: Mapped[Name]
    hint: Mapped[Prose]
    answer: Mapped[str] = mapped_column(String(10))
    required: Mapped[bool] = mapped_column(default=False)
    from_facilitators: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        one_of("answer", AnswerKind),
        CheckConstraint("text <> ''", name="asks_something"),
        CheckConstraint(f"from_facilitators BETWEEN 1 AND {MOST_FACILITATORS}", name="for_one_to_three"),
        UniqueConstraint("form_id", "position"),
        UniqueConstraint("id", "form_id", "answer"),
    )
