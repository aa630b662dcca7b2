"""Reminders of rights that lapse without delivery, and of first deliveries: each is told once to each address."""

import sqlalchemy as sa
from alembic import op

revision = "0031_delivery_reminders"
down_revision = "0030_guards_of_ratings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep of what each address was told."""
    op.create_table(
        "delivery_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("what IN ('lapse', 'first_delivery')", name=op.f("ck_delivery_reminder_what_known")),
        sa.CheckConstraint("days_before >= 0", name=op.f("ck_delivery_reminder_before_the_day")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_delivery_reminder_staff_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_delivery_reminder_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_reminder")),
        sa.UniqueConstraint(
            *("staff_id", "programme_id", "what", "on_day", "days_before", "to_address"),
            name="uq_delivery_reminder_once",
        ),
    )


def downgrade() -> None:
    """Forget of what each was told."""
    op.drop_table("delivery_reminder")
