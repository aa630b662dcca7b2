"""Seals of the trail: fingerprints by which it shows whether it was tampered with."""

import sqlalchemy as sa
from alembic import op

from migrations.runner.triggers import Refusal, guard, refuse, refuse_no_longer

revision = "0034_trail_seals"
down_revision = "0033_stops_stay"
branch_labels = None
depends_on = None

ONLY_ADDED_TO = tuple(
    Refusal(f"trail_seal_{event.lower()}", "trail_seal", event, "TRUE", "trail_seal is only ever added to")
    for event in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Make the table of the seals, which grows and nothing else."""
    op.create_table(
        "trail_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_id > after_id", name=op.f("ck_trail_seal_goes_on")),
        sa.CheckConstraint("entries > 0", name=op.f("ck_trail_seal_not_empty")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_trail_seal_digest_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_seal")),
        sa.UniqueConstraint("after_id", name=op.f("uq_trail_seal_after_id")),
        sa.UniqueConstraint("last_id", name=op.f("uq_trail_seal_last_id")),
    )
    refuse(ONLY_ADDED_TO)
    guard(("trail_seal",))


def downgrade() -> None:
    """Forget the seals."""
    refuse_no_longer(ONLY_ADDED_TO)
    op.drop_table("trail_seal")
