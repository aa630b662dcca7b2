"""Versioned selection standards."""

import sqlalchemy as sa
from alembic import op

revision = "0003_standards"
down_revision = "0002_programmes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Versioned selection standards."""
    op.create_table(
        "standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("scale_min", sa.Integer(), nullable=False),
        sa.Column("scale_max", sa.Integer(), nullable=False),
        sa.Column("scale_standard", sa.Integer(), nullable=False),
        sa.Column("assessors_per_exercise", sa.Integer(), nullable=False),
        sa.Column("mean_needed", sa.Integer(), nullable=False),
        sa.Column("most_below_standard", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("sem", sa.Integer(), nullable=False),
        sa.Column("rated_share_needed", sa.Integer(), nullable=False),
        sa.Column("resit_wait_months", sa.Integer(), nullable=False),
        sa.Column("standing_months", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("attempts_window_months", sa.Integer(), nullable=False),
        sa.Column("pass_valid_months", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR (content_hash IS NOT NULL AND published_at IS NOT NULL)",
            name=op.f("ck_standard_published_whole"),
        ),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_standard_state_known")),
        sa.CheckConstraint(
            "scale_min < scale_standard AND scale_standard <= scale_max", name=op.f("ck_standard_standard_on_scale")
        ),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_standard_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard")),
        sa.UniqueConstraint("title", "number", name=op.f("uq_standard_title_number")),
    )
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_anchor_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("standard_id", "point", name=op.f("uq_anchor_standard_id_point")),
    )
    op.create_table(
        "exercise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('role_play', 'presentation', 'formal_interview')", name=op.f("ck_exercise_kind_known")
        ),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_exercise_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise")),
        sa.UniqueConstraint("id", "kind", name=op.f("uq_exercise_id_kind")),
        sa.UniqueConstraint("standard_id", "kind", name=op.f("uq_exercise_standard_id_kind")),
    )
    op.create_table(
        "competency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["exercise_id"], ["exercise.id"], name=op.f("fk_competency_exercise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency")),
        sa.UniqueConstraint("exercise_id", "position", name=op.f("uq_competency_exercise_id_position")),
        sa.UniqueConstraint("id", "exercise_id", name=op.f("uq_competency_id_exercise_id")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contrary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["competency_id"], ["competency.id"], name=op.f("fk_indicator_competency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("competency_id", "position", name=op.f("uq_indicator_competency_id_position")),
    )


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("indicator")
    op.drop_table("competency")
    op.drop_table("exercise")
    op.drop_table("anchor")
    op.drop_table("standard")
