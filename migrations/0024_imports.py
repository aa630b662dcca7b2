"""Training of earlier years from a file: what it says, and the recognitions that stand on it once it is approved."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from migrations.runner.triggers import Refusal, guard, refuse, refuse_no_longer

revision = "0024_imports"
down_revision = "0023_lapse_settings"
branch_labels = None
depends_on = None

TABLES = ("training_import", "training_import_row", "imported_step")
FACTS = ("training_import_row", "imported_step")
FIXED = ("id", "file", "sha256", "rows", "reason", "imported_by_id", "imported_at")

STEP = "SELECT 1 FROM imported_step i WHERE i.recognition_id = NEW.recognition_id"
SAID = (
    "SELECT 1 FROM imported_step i JOIN training_import_row r ON r.id = i.row_id"
    " WHERE i.recognition_id = NEW.recognition_id AND r.passed_on = NEW.valid_from AND r.valid_to = NEW.valid_to"
)
EARLY = "SELECT 1 FROM recognition n WHERE n.id = NEW.recognition_id AND NEW.valid_from < n.approved_on"


def upgrade() -> None:
    """Make the tables, and hold a certificate that begins before its approval to a row of an approved file."""
    op.create_table(
        "training_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("imported_by_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL AND decided_at IS NOT NULL AND decision_reason <> '')",
            name=op.f("ck_training_import_decided_by_somebody_for_a_reason"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_training_import_has_reason")),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'refused', 'taken_back')", name=op.f("ck_training_import_state_known")
        ),
        sa.CheckConstraint(
            "decided_by_id <> imported_by_id", name=op.f("ck_training_import_decider_is_not_the_importer")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_training_import_has_its_hash")),
        sa.CheckConstraint("rows > 0", name=op.f("ck_training_import_has_rows")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_training_import_decided_by_id")),
        sa.ForeignKeyConstraint(["imported_by_id"], ["staff.id"], name=op.f("fk_training_import_imported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_import")),
    )
    op.create_index(op.f("ix_training_import_state_id"), "training_import", ["state", "id"], unique=False)
    op.create_index(
        "uq_training_import_one_of_a_file",
        "training_import",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'approved')"),
        postgresql_where=sa.text("state IN ('open', 'approved')"),
    )
    op.create_index(
        "uq_training_import_people", "training_import", ["id", "imported_by_id", "decided_by_id", "state"], unique=True
    )
    op.create_table(
        "training_import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("valid_given", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)",
            name=op.f("ck_training_import_row_programme_where_specific"),
        ),
        sa.CheckConstraint(
            "(stage = 'selection') = (course_id IS NULL)", name=op.f("ck_training_import_row_course_where_trained")
        ),
        sa.CheckConstraint(
            "stage IN ('selection', 'fundamental', 'programme')", name=op.f("ck_training_import_row_stage_known")
        ),
        sa.CheckConstraint("passed_on <= valid_to", name=op.f("ck_training_import_row_days_in_order")),
        sa.ForeignKeyConstraint(
            ["course_id", "stage"], ["course.id", "course.stage"], name=op.f("fk_training_import_row_course_id_stage")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["training_import.id"], name=op.f("fk_training_import_row_import_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_training_import_row_programme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_training_import_row_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_import_row")),
        sa.UniqueConstraint(
            "id", "import_id", "staff_id", "stage", name=op.f("uq_training_import_row_id_import_id_staff_id_stage")
        ),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_training_import_row_id_programme_id")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_training_import_row_import_id_number")),
    )
    op.create_index(
        op.f("ix_training_import_row_import_id_staff_id"),
        "training_import_row",
        ["import_id", "staff_id"],
        unique=False,
    )
    op.create_index(op.f("ix_training_import_row_staff_id"), "training_import_row", ["staff_id"], unique=False)
    op.create_table(
        "imported_step",
        sa.Column("recognition_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("import_state", sa.String(length=10), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("imported_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)", name=op.f("ck_imported_step_programme_where_specific")
        ),
        sa.CheckConstraint("import_state = 'approved'", name=op.f("ck_imported_step_of_an_approved_file")),
        sa.CheckConstraint(
            "approved_by_id <> imported_by_id", name=op.f("ck_imported_step_approver_is_not_the_importer")
        ),
        sa.CheckConstraint("approved_by_id <> staff_id", name=op.f("ck_imported_step_approver_is_not_the_person")),
        sa.ForeignKeyConstraint(
            ["import_id", "imported_by_id", "approved_by_id", "import_state"],
            [
                "training_import.id",
                "training_import.imported_by_id",
                "training_import.decided_by_id",
                "training_import.state",
            ],
            name="fk_imported_step_file",
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "imported_by_id", "approved_by_id"],
            ["recognition.id", "recognition.requested_by_id", "recognition.approved_by_id"],
            name="fk_imported_step_recognition_people",
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "programme_id"],
            ["recognition.id", "recognition.programme_id"],
            name="fk_imported_step_recognition_programme",
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"],
            ["recognition.id", "recognition.staff_id", "recognition.stage"],
            name="fk_imported_step_recognition",
        ),
        sa.ForeignKeyConstraint(
            ["row_id", "import_id", "staff_id", "stage"],
            [
                "training_import_row.id",
                "training_import_row.import_id",
                "training_import_row.staff_id",
                "training_import_row.stage",
            ],
            name="fk_imported_step_row",
        ),
        sa.ForeignKeyConstraint(
            ["row_id", "programme_id"],
            ["training_import_row.id", "training_import_row.programme_id"],
            name="fk_imported_step_row_programme",
        ),
        sa.PrimaryKeyConstraint("recognition_id", name=op.f("pk_imported_step")),
        sa.UniqueConstraint("row_id", name=op.f("uq_imported_step_row_id")),
    )
    op.create_index(op.f("ix_imported_step_import_id"), "imported_step", ["import_id"], unique=False)
    refuse(refusals())
    guard(TABLES)


def refusals() -> Iterator[Refusal]:
    """Yield what keeps a file what it was, and a certificate from beginning earlier than somebody answers for."""
    for table in FACTS:
        for event in ("UPDATE", "DELETE"):
            yield Refusal(f"{table}_{event.lower()}", table, event, "TRUE", f"{table} is only ever added to")
    yield Refusal("training_import_delete", "training_import", "DELETE", "TRUE", "training_import is never deleted")
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    yield Refusal(
        "training_import_update",
        "training_import",
        "UPDATE",
        f"OLD.state <> 'open' OR {changed}",
        "a file is decided once, and what it is never changes",
    )
    yield Refusal(
        "training_import_insert",
        "training_import",
        "INSERT",
        "NEW.state <> 'open'",
        "a file is open before it is decided",
    )
    yield Refusal(
        "training_import_row_insert",
        "training_import_row",
        "INSERT",
        "EXISTS (SELECT 1 FROM training_import t WHERE t.id = NEW.import_id AND t.state <> 'open')",
        "a file that is decided takes no more rows",
    )
    yield Refusal(
        "imported_step_insert",
        "imported_step",
        "INSERT",
        "EXISTS (SELECT 1 FROM certificate c WHERE c.recognition_id = NEW.recognition_id)",
        "a recognition with a certificate is not turned into an imported one",
    )
    yield Refusal(
        "certificate_imported",
        "certificate",
        "INSERT",
        f"NEW.recognition_id IS NOT NULL AND (EXISTS ({STEP}) OR EXISTS ({EARLY})) AND NOT EXISTS ({SAID})",
        "a recognised certificate begins with its approval, or as a row of an approved file says",
    )


def downgrade() -> None:
    """Drop what the upgrade made."""
    refuse_no_longer(refusals())
    for table in reversed(TABLES):
        op.drop_table(table)
