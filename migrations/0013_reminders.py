"""Reminders of certificates that end: each thing is told once to each address."""

import sqlalchemy as sa
from alembic import op

revision = "0013_reminders"
down_revision = "0012_standards_by_two"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reminders."""
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days_before >= 0", name=op.f("ck_reminder_before_the_end")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_reminder_certificate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("certificate_id", "ends_on", "days_before", "to_address", name="uq_reminder_once"),
    )


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("reminder")
