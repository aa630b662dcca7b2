"""An area lies in a nation, by whose bank holidays its groups' schedules are laid out."""

from alembic import op

revision = "0026_nations"
down_revision = "0025_editions"
branch_labels = None
depends_on = None

KNOWN = "nation IN ('england_and_wales', 'scotland', 'northern_ireland')"


def upgrade() -> None:
    """Let every area lie in England and Wales until somebody says otherwise."""
    op.execute(
        "ALTER TABLE area ADD COLUMN nation VARCHAR(20) NOT NULL DEFAULT 'england_and_wales'"
        f" CONSTRAINT ck_area_nation_known CHECK ({KNOWN})"
    )


def downgrade() -> None:
    """Forget the nations."""
    if op.get_bind().dialect.name != "sqlite":  # there the CHECK goes with its column
        op.execute("ALTER TABLE area DROP CONSTRAINT ck_area_nation_known")
    op.execute("ALTER TABLE area DROP COLUMN nation")
