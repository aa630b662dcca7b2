"""Recognised steps, the requests for them, and the evidence that came with these."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, one_of
from selection.core.db import Base
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.rules.requests import RequestState


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
        Unique("id", "staff_id", "stage"),
        Unique("id", "programme_id"),
        Index("uq_recognition_people", "id", "requested_by_id", "approved_by_id", unique=True),
    )


class RecognitionRequest(Base):
    """Somebody asks that a step be recognised; whoever decides is neither the person nor who asked."""

    __tablename__ = "recognition_request"

    id: Mapped[Key]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    learning: Mapped[Prose]
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    requested_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(10), default=RequestState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_on: Mapped[Day | None]
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[Prose]
    recognition_id: Mapped[int | None]
    version: Mapped[Version] = mapped_column()

    staff: Mapped[Staff] = relationship(foreign_keys=[staff_id])
    requested_by: Mapped[Staff] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[Staff | None] = relationship(foreign_keys=[decided_by_id])
    programme: Mapped[Programme | None] = relationship()
    files: Mapped[list["EvidenceFile"]] = relationship(order_by="EvidenceFile.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("state", RequestState),
        one_of("stage", ("selection", "fundamental", "programme")),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("learning <> ''", name="says_what_was_learnt"),
        CheckConstraint("decided_by_id <> staff_id", name="decider_is_not_the_person"),
        CheckConstraint("decided_by_id <> requested_by_id", name="decider_is_not_who_asked"),
        CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL AND decided_on IS NOT NULL"
            " AND decided_at IS NOT NULL AND decision_reason <> '')",
            name="decided_by_somebody_for_a_reason",
        ),
        CheckConstraint("(state = 'approved') = (recognition_id IS NOT NULL)", name="approved_is_recognised"),
        ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"],
            ["recognition.id", "recognition.staff_id", "recognition.stage"],
            name="fk_recognition_request_recognition_identity",
        ),
        ForeignKeyConstraint(
            ["recognition_id", "programme_id"],
            ["recognition.id", "recognition.programme_id"],
            name="fk_recognition_request_recognition_programme",
        ),
        ForeignKeyConstraint(
            ["recognition_id", "requested_by_id", "decided_by_id"],
            ["recognition.id", "recognition.requested_by_id", "recognition.approved_by_id"],
            name="fk_recognition_request_recognition_people",
        ),
        Index(None, "recognition_id", unique=True),
        Index(None, "state", "id"),
        Index(
            "uq_recognition_request_one_open_of_a_step",
            *("staff_id", "stage"),
            unique=True,
            sqlite_where=text("state = 'open' AND programme_id IS NULL"),
            postgresql_where=text("state = 'open' AND programme_id IS NULL"),
        ),
        Index(
            "uq_recognition_request_one_open_of_a_programme",
            *("staff_id", "programme_id"),
            unique=True,
            sqlite_where=text("state = 'open' AND programme_id IS NOT NULL"),
            postgresql_where=text("state = 'open' AND programme_id IS NOT NULL"),
        ),
    )


class EvidenceFile(Base):
    """A file that came with a request: its name, its kind by its content, its size and its SHA-256; never changed."""

    __tablename__ = "evidence_file"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("recognition_request.id"))
    name: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[Moment]

    __table_args__ = (
        CheckConstraint("size > 0", name="holds_something"),
        CheckConstraint("length(sha256) = 64", name="has_its_hash"),
        Unique("request_id", "sha256"),
    )


class EvidenceContent(Base):
    """The bytes of a file of evidence, apart from what is said of it, so that lists never read them."""

    __tablename__ = "evidence_content"

    file_id: Mapped[int] = mapped_column(ForeignKey("evidence_file.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("length(content) > 0", name="holds_something"),)
