"""The audit trail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_trail"
down_revision = "0008_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The audit trail."""
    op.create_table(
        "trail_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column(
            "before",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column(
            "after",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_trail_entry_actor_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_trail_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entry")),
    )
    op.create_index(op.f("ix_trail_entry_actor_id"), "trail_entry", ["actor_id"], unique=False)
    op.create_index(op.f("ix_trail_entry_at"), "trail_entry", ["at"], unique=False)
    op.create_index(op.f("ix_trail_entry_staff_id_id"), "trail_entry", ["staff_id", "id"], unique=False)
    op.create_index(
        op.f("ix_trail_entry_subject_subject_id_id"), "trail_entry", ["subject", "subject_id", "id"], unique=False
    )


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("trail_entry")
