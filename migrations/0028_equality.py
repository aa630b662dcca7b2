"""What people said of themselves for equality monitoring, apart from all else."""

import sqlalchemy as sa
from alembic import op

revision = "0028_equality"
down_revision = "0027_actions_done"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the answers."""
    op.create_table(
        "equality_answer",
        sa.Column("staff_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("age", sa.String(length=20), nullable=True),
        sa.Column("sex", sa.String(length=20), nullable=True),
        sa.Column("ethnic_group", sa.String(length=20), nullable=True),
        sa.Column("disability", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "age IN ('under_30', '30_to_39', '40_to_49', '50_or_over')", name=op.f("ck_equality_answer_age_known")
        ),
        sa.CheckConstraint("sex IN ('female', 'male', 'another_term')", name=op.f("ck_equality_answer_sex_known")),
        sa.CheckConstraint(
            "ethnic_group IN ('asian', 'black', 'mixed', 'white', 'other')",
            name=op.f("ck_equality_answer_ethnic_group_known"),
        ),
        sa.CheckConstraint("disability IN ('yes', 'no')", name=op.f("ck_equality_answer_disability_known")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_equality_answer_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_equality_answer")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("equality_answer")
