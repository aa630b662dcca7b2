"""Programmes, their modules and routes."""

import sqlalchemy as sa
from alembic import op

revision = "0002_programmes"
down_revision = "0001_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Programmes, their modules and routes."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("group_min", sa.Integer(), nullable=False),
        sa.Column("group_max", sa.Integer(), nullable=False),
        sa.Column("team_size", sa.Integer(), nullable=False),
        sa.Column("in_room", sa.Integer(), nullable=False),
        sa.Column("experienced_needed", sa.Integer(), nullable=False),
        sa.Column("months_to_first_delivery", sa.Integer(), nullable=False),
        sa.Column("months_without_delivery", sa.Integer(), nullable=False),
        sa.Column("weeks_between_supervision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 < group_min AND group_min <= group_max", name=op.f("ck_programme_group_size_in_order")),
        sa.CheckConstraint("0 < in_room AND in_room <= team_size", name=op.f("ck_programme_room_within_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("session_minutes", sa.Integer(), nullable=False),
        sa.Column("separate_closed_group", sa.Boolean(), nullable=False),
        sa.CheckConstraint("sessions > 0 AND session_minutes > 0", name=op.f("ck_module_takes_time")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_module_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_module_id_programme_id")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_module_programme_id_position")),
    )
    op.create_table(
        "route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.String(length=10), nullable=False),
        sa.Column("is_local_default", sa.Boolean(), nullable=False),
        sa.CheckConstraint("risk IN ('low', 'medium', 'high')", name=op.f("ck_route_risk_known")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_route_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route")),
        sa.UniqueConstraint("programme_id", "risk", name=op.f("uq_route_programme_id_risk")),
    )
    op.create_table(
        "route_module",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_route_module_module_id")),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_route_module_route_id")),
        sa.PrimaryKeyConstraint("route_id", "module_id", name=op.f("pk_route_module")),
    )
    op.create_index(op.f("ix_route_module_module_id"), "route_module", ["module_id"], unique=False)


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("route_module")
    op.drop_table("route")
    op.drop_table("module")
    op.drop_table("programme")
