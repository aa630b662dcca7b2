"""Training of earlier years from a file: the file, its rows, and the steps recognised on them once it is approved."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from selection.core.columns import Day, Key, Moment, Name, Prose, Version, one_of
from selection.core.db import Base
from selection.models.courses import Course
from selection.models.people import Staff
from selection.rules.requests import RequestState

STANDS = "state IN ('open', 'approved')"


class TrainingImport(Base):
    """A file that somebody handed in, whole; it is decided once, by somebody else, or taken back.

    `sha256` is of the bytes of the file: the same file stands only once.
    """

    __tablename__ = "training_import"

    id: Mapped[Key]
    file: Mapped[Name]
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    reason: Mapped[Prose]
    imported_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    imported_at: Mapped[Moment]
    state: Mapped[str] = mapped_column(String(10), default=RequestState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[Moment | None]
    decision_reason: Mapped[Prose]
    version: Mapped[Version] = mapped_column()

    imported_by: Mapped[Staff] = relationship(foreign_keys=[imported_by_id])
    decided_by: Mapped[Staff | None] = relationship(foreign_keys=[decided_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("state", RequestState),
        CheckConstraint("length(sha256) = 64", name="has_its_hash"),
        CheckConstraint("rows > 0", name="has_rows"),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("decided_by_id <> imported_by_id", name="decider_is_not_the_importer"),
        CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL AND decided_at IS NOT NULL"
            " AND decision_reason <> '')",
            name="decided_by_somebody_for_a_reason",
        ),
        Index("uq_training_import_people", "id", "imported_by_id", "decided_by_id", "state", unique=True),
        Index(
            "uq_training_import_one_of_a_file",
            "sha256",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index(None, "state", "id"),
    )


class TrainingImportRow(Base):
    """A row of a file: who passed which course on which day (no course: a selection), and until when it is valid.

    `valid_given` says that the last day stood in the file; else it follows from the course. `evidence` is what the
    file names as such, for example the number of an old certificate.
    """

    __tablename__ = "training_import_row"

    id: Mapped[Key]
    import_id: Mapped[int] = mapped_column(ForeignKey("training_import.id"))
    number: Mapped[int]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    course_id: Mapped[int | None]
    passed_on: Mapped[Day]
    valid_to: Mapped[Day]
    valid_given: Mapped[bool]
    evidence: Mapped[Prose]

    staff: Mapped[Staff] = relationship()
    course: Mapped[Course | None] = relationship()

    __table_args__ = (
        one_of("stage", ("selection", "fundamental", "programme")),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("(stage = 'selection') = (course_id IS NULL)", name="course_where_trained"),
        CheckConstraint("passed_on <= valid_to", name="days_in_order"),
        ForeignKeyConstraint(["course_id", "stage"], ["course.id", "course.stage"]),
        Unique("import_id", "number"),
        Unique("id", "import_id", "staff_id", "stage"),
        Unique("id", "programme_id"),
        Index(None, "import_id", "staff_id"),
    )


class ImportedStep(Base):
    """A recognition that stands on a row of an approved file: same person, step and programme, same two people."""

    __tablename__ = "imported_step"

    recognition_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_id: Mapped[int] = mapped_column(unique=True)
    import_id: Mapped[int] = mapped_column(index=True)
    import_state: Mapped[str] = mapped_column(String(10), default=RequestState.APPROVED)
    staff_id: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20))
    programme_id: Mapped[int | None]
    imported_by_id: Mapped[int]
    approved_by_id: Mapped[int]

    __table_args__ = (
        CheckConstraint("import_state = 'approved'", name="of_an_approved_file"),
        CheckConstraint("(stage = 'programme') = (programme_id IS NOT NULL)", name="programme_where_specific"),
        CheckConstraint("approved_by_id <> staff_id", name="approver_is_not_the_person"),
        CheckConstraint("approved_by_id <> imported_by_id", name="approver_is_not_the_importer"),
        ForeignKeyConstraint(
            ["import_id", "imported_by_id", "approved_by_id", "import_state"],
            [f"training_import.{column}" for column in ("id", "imported_by_id", "decided_by_id", "state")],
            name="fk_imported_step_file",
        ),
        ForeignKeyConstraint(
            ["row_id", "import_id", "staff_id", "stage"],
            [f"training_import_row.{column}" for column in ("id", "import_id", "staff_id", "stage")],
            name="fk_imported_step_row",
        ),
        ForeignKeyConstraint(
            ["row_id", "programme_id"],
            ["training_import_row.id", "training_import_row.programme_id"],
            name="fk_imported_step_row_programme",
        ),
        ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"],
            ["recognition.id", "recognition.staff_id", "recognition.stage"],
            name="fk_imported_step_recognition",
        ),
        ForeignKeyConstraint(
            ["recognition_id", "programme_id"],
            ["recognition.id", "recognition.programme_id"],
            name="fk_imported_step_recognition_programme",
        ),
        ForeignKeyConstraint(
            ["recognition_id", "imported_by_id", "approved_by_id"],
            ["recognition.id", "recognition.requested_by_id", "recognition.approved_by_id"],
            name="fk_imported_step_recognition_people",
        ),
    )
