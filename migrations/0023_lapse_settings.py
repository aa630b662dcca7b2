"""After how many months without delivery a right lapses: a setting with a first day, which practice leans on."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from migrations.runner.rebuilding import make_anew
from migrations.runner.triggers import Refusal, on_sqlite, refuse, refuse_no_longer

revision = "0023_lapse_settings"
down_revision = "0022_numbers_of_standards"
branch_labels = None
depends_on = None

IDENTITY = (
    "CONSTRAINT fk_practice_setting_identity FOREIGN KEY(setting_id, programme_id, months)"
    " REFERENCES lapse_setting (id, programme_id, months)"
)
WINDOW = (
    "CONSTRAINT fk_practice_setting_window FOREIGN KEY(setting_id, setting_from, setting_to)"
    " REFERENCES lapse_setting (id, from_day, to_day) ON UPDATE CASCADE"
)
IN_FORCE = (
    "CONSTRAINT ck_practice_lapses_while_it_is_in_force CHECK (lapses_on < setting_to OR setting_to = '9999-12-31')"
)
OLD_WINDOW = (
    "CONSTRAINT fk_practice_setting_window FOREIGN KEY(programme_id, months)"
    " REFERENCES programme (id, months_without_delivery) ON UPDATE CASCADE"
)
COLUMNS = "setting_id INTEGER NOT NULL, setting_from DATE NOT NULL, setting_to DATE NOT NULL, months INTEGER NOT NULL"

# What practice gets on SQLite, in the words in which SQLite keeps it.
OLD_IN_TIME = "CHECK (lapses_on <= date(coalesce(delivered_on, begins_on), '+' || months || ' months'))"
IN_TIME = (
    "CHECK (lapses_on <= max(date(coalesce(delivered_on, begins_on), '+' || months || ' months'),"
    " date(setting_from, '-1 day')))"
)
CHANGES = (
    ("months INTEGER NOT NULL", COLUMNS),
    (OLD_IN_TIME, f"{IN_TIME}, {IN_FORCE}"),
    (OLD_WINDOW, f"{IDENTITY}, {WINDOW}"),
)
FIXED = ("id", "programme_id", "from_day", "months", "reason", "made_at", "made_by_id")


def upgrade() -> None:
    """Make each programme's months its first setting, and let practice lean on that."""
    op.create_table(
        "lapse_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("from_day <= to_day", name=op.f("ck_lapse_setting_days_in_order")),
        sa.CheckConstraint("months > 0", name=op.f("ck_lapse_setting_lasts_a_while")),
        sa.CheckConstraint(
            "reason <> '' OR from_day = '1900-01-01'", name=op.f("ck_lapse_setting_changed_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_lapse_setting_programme_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_lapse_setting_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lapse_setting")),
        sa.UniqueConstraint("id", "from_day", "to_day", name="uq_lapse_setting_window"),
        sa.UniqueConstraint("id", "programme_id", "months", name=op.f("uq_lapse_setting_id_programme_id_months")),
        sa.UniqueConstraint("programme_id", "from_day", name=op.f("uq_lapse_setting_programme_id_from_day")),
    )
    op.execute(
        "INSERT INTO lapse_setting (programme_id, from_day, to_day, months, reason, made_at)"
        " SELECT id, '1900-01-01', '9999-12-31', months_without_delivery, '', CURRENT_TIMESTAMP FROM programme ORDER BY id"
    )
    if on_sqlite():
        of = "(SELECT s.{} FROM lapse_setting s WHERE s.programme_id = practice.programme_id)"
        columns = {"setting_id": "id", "setting_from": "from_day", "setting_to": "to_day"}
        make_anew("practice", CHANGES, more={name: of.format(column) for name, column in columns.items()})
    else:
        _lean_on_postgresql()
    op.create_index(op.f("ix_practice_setting_id"), "practice", ["setting_id"])
    op.drop_index("uq_programme_lapse", "programme")
    op.execute("ALTER TABLE programme DROP COLUMN months_without_delivery")
    refuse(refusals())


def _lean_on_postgresql() -> None:
    op.drop_constraint("fk_practice_setting_window", "practice")
    op.drop_constraint("ck_practice_lapses_in_time", "practice")
    for column, kind in (("setting_id", sa.Integer()), ("setting_from", sa.Date()), ("setting_to", sa.Date())):
        op.add_column("practice", sa.Column(column, kind, nullable=True))
    op.execute(
        "UPDATE practice p SET setting_id = s.id, setting_from = s.from_day, setting_to = s.to_day"
        " FROM lapse_setting s WHERE s.programme_id = p.programme_id"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for column in ("setting_id", "setting_from", "setting_to"):
        op.alter_column("practice", column, nullable=False)
    in_time = (
        "CONSTRAINT ck_practice_lapses_in_time CHECK (lapses_on <= greatest(coalesce(delivered_on, begins_on)"
        " + make_interval(months => months), setting_from - 1))"
    )
    for added in (IDENTITY, WINDOW, IN_FORCE, in_time):
        op.execute(f"ALTER TABLE practice ADD {added}")


def refusals() -> Iterator[Refusal]:
    """Yield what lets settings only be added after the latest, and end only where the next begins."""
    yield Refusal(
        "lapse_setting_insert",
        "lapse_setting",
        "INSERT",
        "EXISTS (SELECT 1 FROM lapse_setting s WHERE s.programme_id = NEW.programme_id AND s.from_day >= NEW.from_day)",
        "settings follow one another",
    )
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in FIXED)
    next_day = "date(NEW.to_day, '+1 day')" if on_sqlite() else "NEW.to_day + 1"
    yield Refusal(
        "lapse_setting_update",
        "lapse_setting",
        "UPDATE",
        f"{changed} OR OLD.to_day <> '9999-12-31' OR NOT EXISTS (SELECT 1 FROM lapse_setting s WHERE"
        f" s.programme_id = NEW.programme_id AND s.from_day = {next_day})",
        "of a setting only the last day changes, to the eve of the next",
    )
    message = "lapse_setting is only ever added to"
    yield Refusal("lapse_setting_delete", "lapse_setting", "DELETE", "TRUE", message)


def downgrade() -> None:
    """Give each programme the months of its latest setting, and practice its key to them."""
    op.execute("ALTER TABLE programme ADD COLUMN months_without_delivery INTEGER NOT NULL DEFAULT 24")
    op.execute(
        "UPDATE programme SET months_without_delivery = (SELECT s.months FROM lapse_setting s"
        " WHERE s.programme_id = programme.id AND s.to_day = '9999-12-31')"
    )
    op.create_index("uq_programme_lapse", "programme", ["id", "months_without_delivery"], unique=True)
    op.drop_index(op.f("ix_practice_setting_id"), "practice")
    if on_sqlite():
        make_anew(
            "practice",
            [(new, old) for old, new in CHANGES],
            without=["setting_id", "setting_from", "setting_to"],
        )
    else:
        for name in ("fk_practice_setting_identity", "fk_practice_setting_window", "ck_practice_lapses_in_time"):
            op.drop_constraint(name, "practice")
        for column in ("setting_id", "setting_from", "setting_to"):
            op.drop_column("practice", column)
        op.execute(
            "ALTER TABLE practice ADD CONSTRAINT ck_practice_lapses_in_time"
            " CHECK (lapses_on <= coalesce(delivered_on, begins_on) + make_interval(months => months))"
        )
        op.execute(f"ALTER TABLE practice ADD {OLD_WINDOW}")
    refuse_no_longer(refusals())
    op.drop_table("lapse_setting")
