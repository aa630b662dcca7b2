"""Editions of programmes: kept as they were published, and pinned by the groups that run under them."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from migrations.runner.rebuilding import make_anew
from migrations.runner.triggers import Refusal, guard, on_sqlite, refuse, refuse_no_longer

revision = "0025_editions"
down_revision = "0024_imports"
branch_labels = None
depends_on = None

MOVED = (
    *("group_min", "group_max", "team_size", "in_room", "experienced_needed", "experience_months", "groups_at_once"),
    *("supervisor_groups", "weeks_between_supervision"),
)
OF_MODULE = ("position", "sessions", "session_minutes", "separate_closed_group")
PROGRAMME_CHECKS = {
    "group_size_in_order": "0 < group_min AND group_min <= group_max",
    "room_within_team": "0 < in_room AND in_room <= team_size",
}
LATER = {
    "experience_months": ("experience_counts", "experience_months >= 0"),
    "groups_at_once": ("groups_at_once_counts", "groups_at_once > 0"),
    "supervisor_groups": ("supervisor_groups_counts", "supervisor_groups > 0"),
}
EDITION_CHECKS = {
    "counts_from_one": "number > 0",
    "group_size_in_order": "0 < group_min AND group_min <= group_max",
    "room_within_team": "0 < in_room AND in_room <= team_size",
    "experienced_within_room": "0 <= experienced_needed AND experienced_needed <= in_room",
    "periods_count": "experience_months >= 0 AND due_soon_days >= 0",
    "groups_count": "groups_at_once > 0 AND supervisor_groups > 0",
    "supervised_at_times": "weeks_between_supervision > 0",
    "reviews_divide_the_year": "review_months IN (1, 2, 3, 4, 6, 12)",
}
PINNED = (
    "CONSTRAINT fk_delivery_group_edition_id_programme_id FOREIGN KEY(edition_id, programme_id)"
    " REFERENCES programme_edition (id, programme_id)"
)
# How SQLite's words for the table of groups change: a column before the first constraint, a key before another.
CHANGES = (
    ("CONSTRAINT pk_delivery_group", "edition_id INTEGER NOT NULL, CONSTRAINT pk_delivery_group"),
    ("CONSTRAINT uq_delivery_group_reference", f"{PINNED}, CONSTRAINT uq_delivery_group_reference"),
)
FIRST = "SELECT e.id FROM programme_edition e WHERE e.number = 1 AND e.programme_id = "
PUBLISHED = "SELECT 1 FROM programme_edition e WHERE e.id = {row}.edition_id AND e.published_at IS NOT NULL"
KEPT = ("programme_edition", "edition_module", "edition_route")


def refusals() -> Iterator[Refusal]:
    """Yield what keeps published editions as they are, and modules what they were when one was published."""
    message = "a published edition never changes"
    for event in ("UPDATE", "DELETE"):
        name = f"programme_edition_{event.lower()}"
        yield Refusal(name, "programme_edition", event, "OLD.published_at IS NOT NULL", message)
    for table in ("edition_module", "edition_route"):
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            condition = " OR ".join(f"EXISTS ({PUBLISHED.format(row=row)})" for row in rows)
            yield Refusal(f"{table}_{event.lower()}", table, event, condition, message)
    for event in ("UPDATE", "DELETE"):
        yield Refusal(f"module_{event.lower()}", "module", event, "TRUE", "a module stays what it is")


def upgrade() -> None:
    """Move each programme's settings into its first edition, and let its groups pin that one."""
    _editions()
    _first_editions()
    _groups()
    _schedules()
    op.drop_table("route_module")
    _without_what_moved()
    refuse(refusals())
    guard(KEPT)


def _editions() -> None:
    whole = {name: sa.Column(name, sa.Integer(), nullable=False) for name in MOVED}
    op.create_table(
        "programme_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *whole.values(),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("due_soon_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        *(sa.CheckConstraint(said, name=op.f(f"ck_programme_edition_{name}")) for name, said in EDITION_CHECKS.items()),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_edition_programme_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_programme_edition_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_edition")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_programme_edition_programme_id_number")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_programme_edition_id_programme_id")),
    )
    op.create_table(
        "edition_module",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("session_minutes", sa.Integer(), nullable=False),
        sa.Column("separate_closed_group", sa.Boolean(), nullable=False),
        sa.CheckConstraint("sessions > 0 AND session_minutes > 0", name=op.f("ck_edition_module_takes_time")),
        sa.ForeignKeyConstraint(
            ["edition_id", "programme_id"],
            ["programme_edition.id", "programme_edition.programme_id"],
            name=op.f("fk_edition_module_edition_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["module_id", "programme_id"],
            ["module.id", "module.programme_id"],
            name=op.f("fk_edition_module_module_id_programme_id"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "module_id", name=op.f("pk_edition_module")),
        sa.UniqueConstraint("edition_id", "position", name=op.f("uq_edition_module_edition_id_position")),
    )
    op.create_index(op.f("ix_edition_module_module_id"), "edition_module", ["module_id"])
    op.create_table(
        "edition_route",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id", "module_id"],
            ["edition_module.edition_id", "edition_module.module_id"],
            name=op.f("fk_edition_route_edition_id_module_id"),
        ),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_edition_route_route_id")),
        sa.PrimaryKeyConstraint("edition_id", "module_id", "route_id", name=op.f("pk_edition_route")),
    )
    op.create_index(op.f("ix_edition_route_route_id"), "edition_route", ["route_id"])


def _first_editions() -> None:
    moved = ", ".join(MOVED)
    # SQL of ours: the names of the columns stand above.
    op.execute(
        f"INSERT INTO programme_edition (programme_id, number, {moved}, review_months, due_soon_days, reason,"
        f" published_at) SELECT id, 1, {moved}, 3, 7, '', CURRENT_TIMESTAMP FROM programme"
    )
    of_module = ", ".join(OF_MODULE)
    op.execute(
        f"INSERT INTO edition_module (edition_id, module_id, programme_id, {of_module})"
        f" SELECT ({FIRST} m.programme_id), m.id, m.programme_id, {of_module} FROM module m"
    )
    op.execute(
        f"INSERT INTO edition_route (edition_id, module_id, route_id)"
        f" SELECT ({FIRST} r.programme_id), m.module_id, r.id FROM route_module m JOIN route r ON r.id = m.route_id"
    )


def _groups() -> None:
    if on_sqlite():
        make_anew("delivery_group", CHANGES, more={"edition_id": f"({FIRST} delivery_group.programme_id)"})
    else:
        op.add_column("delivery_group", sa.Column("edition_id", sa.Integer(), nullable=True))
        op.execute(f"UPDATE delivery_group SET edition_id = ({FIRST} delivery_group.programme_id)")
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.alter_column("delivery_group", "edition_id", nullable=False)
        op.execute(f"ALTER TABLE delivery_group ADD {PINNED}")
    op.create_index(op.f("ix_delivery_group_edition_id"), "delivery_group", ["edition_id"])


def _schedules() -> None:
    with op.batch_alter_table("group_module") as module:
        module.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE group_module SET edition_id = ({FIRST} group_module.programme_id)")
    with op.batch_alter_table("group_module") as module:
        module.alter_column("edition_id", existing_type=sa.Integer(), nullable=False)
        module.create_foreign_key(
            op.f("fk_group_module_edition_id_module_id"),
            "edition_module",
            ["edition_id", "module_id"],
            ["edition_id", "module_id"],
        )
    with op.batch_alter_table("group_schedule") as schedule:
        schedule.drop_column("programme_version")


def _without_what_moved() -> None:
    with op.batch_alter_table("programme") as programme:
        for name in (*PROGRAMME_CHECKS, *(name for name, _said in LATER.values())):
            programme.drop_constraint(op.f(f"ck_programme_{name}"), type_="check")
        for column in MOVED:
            programme.drop_column(column)
    with op.batch_alter_table("module") as module:
        module.drop_constraint(op.f("ck_module_takes_time"), type_="check")
        module.drop_constraint(op.f("uq_module_programme_id_position"), type_="unique")
        for column in OF_MODULE:
            module.drop_column(column)
        module.create_unique_constraint(op.f("uq_module_programme_id_title"), ["programme_id", "title"])


def downgrade() -> None:
    """Give each programme the settings of its newest edition back; earlier editions are lost."""
    refuse_no_longer(refusals())
    _with_what_moved()
    op.create_table(
        "route_module",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_route_module_module_id")),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_route_module_route_id")),
        sa.PrimaryKeyConstraint("route_id", "module_id", name=op.f("pk_route_module")),
    )
    op.create_index(op.f("ix_route_module_module_id"), "route_module", ["module_id"])
    op.execute("INSERT INTO route_module (route_id, module_id) SELECT DISTINCT route_id, module_id FROM edition_route")
    with op.batch_alter_table("group_schedule") as schedule:
        schedule.add_column(sa.Column("programme_version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("group_module") as module:
        module.drop_constraint(op.f("fk_group_module_edition_id_module_id"), type_="foreignkey")
        module.drop_column("edition_id")
    op.drop_index(op.f("ix_delivery_group_edition_id"), "delivery_group")
    if on_sqlite():
        make_anew("delivery_group", [(new, old) for old, new in CHANGES], without=["edition_id"])
    else:
        op.drop_column("delivery_group", "edition_id")
    for table in reversed(KEPT):
        op.drop_table(table)


def _with_what_moved() -> None:
    with op.batch_alter_table("programme") as programme:
        for column in MOVED:
            if column not in LATER:
                programme.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="1"))
    newest = "FROM programme_edition e WHERE e.programme_id = programme.id ORDER BY e.number DESC LIMIT 1"
    for column in (one for one in MOVED if one not in LATER):
        op.execute(f"UPDATE programme SET {column} = (SELECT e.{column} {newest})")
    with op.batch_alter_table("programme") as programme:
        for name, said in PROGRAMME_CHECKS.items():
            programme.create_check_constraint(op.f(f"ck_programme_{name}"), said)
    # With their CHECKs at the columns, so that on SQLite these go with them as they came.
    for column, (name, said) in LATER.items():
        op.execute(
            f"ALTER TABLE programme ADD COLUMN {column} INTEGER NOT NULL DEFAULT 1"
            f" CONSTRAINT ck_programme_{name} CHECK ({said})"
        )
    for column in LATER:
        op.execute(f"UPDATE programme SET {column} = (SELECT e.{column} {newest})")
    with op.batch_alter_table("module") as module:
        module.drop_constraint(op.f("uq_module_programme_id_title"), type_="unique")
        for column in OF_MODULE[:-1]:
            module.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="1"))
        module.add_column(sa.Column("separate_closed_group", sa.Boolean(), nullable=False, server_default=sa.false()))
    newest = "FROM edition_module e WHERE e.module_id = module.id ORDER BY e.edition_id DESC LIMIT 1"
    for column in OF_MODULE:
        op.execute(f"UPDATE module SET {column} = (SELECT e.{column} {newest})")
    # Modules of different editions can have had one place.
    op.execute(
        "UPDATE module SET position = (SELECT count(*) FROM module o WHERE o.programme_id = module.programme_id"
        " AND o.id <= module.id) WHERE EXISTS (SELECT 1 FROM module o WHERE o.programme_id = module.programme_id"
        " AND o.id <> module.id AND o.position = module.position)"
    )
    with op.batch_alter_table("module") as module:
        module.create_check_constraint(op.f("ck_module_takes_time"), "sessions > 0 AND session_minutes > 0")
        module.create_unique_constraint(op.f("uq_module_programme_id_position"), ["programme_id", "position"])
