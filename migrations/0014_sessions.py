"""Schedules, sessions and who is in the room: the chain of proof reaches down to the session."""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0014_sessions"
down_revision = "0013_reminders"
branch_labels = None
depends_on = None

# Added by plain statements, which leave a table on SQLite, and its triggers, as they are.
ADDED = (
    ("programme", "experience_months", "INTEGER NOT NULL DEFAULT 6", "experience_counts", "experience_months >= 0"),
    ("programme", "groups_at_once", "INTEGER NOT NULL DEFAULT 2", "groups_at_once_counts", "groups_at_once > 0"),
    (
        "programme",
        "supervisor_groups",
        "INTEGER NOT NULL DEFAULT 6",
        "supervisor_groups_counts",
        "supervisor_groups > 0",
    ),
    (
        "supervision",
        "deputises_for_id",
        "INTEGER CONSTRAINT fk_supervision_deputises_for_id REFERENCES staff (id)",
        "deputises_for_another",
        "deputises_for_id <> supervisor_id",
    ),
)


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


SESSION = ("group_id", "programme_id", "module_id", "number", "title", "kind", "day", "starts_at", "ends_at")
PLACE = ("session_id", "group_id", "facilitator_id")
RECORDED = "EXISTS (SELECT 1 FROM group_session s WHERE s.id = {row}.session_id AND s.state <> 'planned')"
KEPT_SESSION = "a session that is recorded, or whose day is over, stays as it was"
KEPT_PLACE = "who was at a session that is recorded, or whose day is over, stays as it was"


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _today() -> str:
    """Return the day that it is; on SQLite in Greenwich, which is never ahead of London."""
    return "date('now')" if _on_sqlite() else "(CURRENT_TIMESTAMP AT TIME ZONE 'Europe/London')::date"


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) + ")"


def refusals() -> list[Refusal]:
    """Return what keeps sessions that are recorded or over, and who was there, as they were."""
    over = f"(OLD.state <> 'planned' OR OLD.day < {_today()})"
    moved = f"(OLD.day IS DISTINCT FROM NEW.day AND NEW.day < {_today()})"
    unrecorded = "(OLD.state <> 'planned' AND OLD.state IS DISTINCT FROM NEW.state)"
    place_over = f"({RECORDED.format(row='OLD')} OR OLD.session_day < {_today()})"
    told = f"({RECORDED.format(row='OLD')} AND {_changed('role', 'in_room')})"
    return [
        Refusal(
            "group_session_update",
            "group_session",
            "UPDATE",
            f"({over} AND {_changed(*SESSION)}) OR {moved} OR {unrecorded}",
            KEPT_SESSION,
        ),
        Refusal("group_session_delete", "group_session", "DELETE", over, KEPT_SESSION),
        Refusal(
            "session_facilitator_insert",
            "session_facilitator",
            "INSERT",
            RECORDED.format(row="NEW"),
            KEPT_PLACE,
        ),
        Refusal(
            "session_facilitator_update",
            "session_facilitator",
            "UPDATE",
            f"{_changed(*PLACE)} OR ({place_over} AND {_changed('assignment_id')}) OR {told}",
            KEPT_PLACE,
        ),
        Refusal("session_facilitator_delete", "session_facilitator", "DELETE", place_over, KEPT_PLACE),
        Refusal("session_trainee_insert", "session_trainee", "INSERT", RECORDED.format(row="NEW"), KEPT_PLACE),
        Refusal("session_trainee_update", "session_trainee", "UPDATE", "TRUE", KEPT_PLACE),
        Refusal("session_trainee_delete", "session_trainee", "DELETE", RECORDED.format(row="OLD"), KEPT_PLACE),
    ]


PROVEN = ("group_session", "session_facilitator")


def upgrade() -> None:
    """Schedules, sessions and who is in the room."""
    for table, column, kind, name, check in ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT ck_{table}_{name} CHECK ({check})")
    op.create_index("uq_delivery_group_window", "delivery_group", ["id", "starts_on", "ends_on"], unique=True)
    _schedules()
    _sessions()
    _places()
    for refusal in refusals():
        (_trigger_on_sqlite if _on_sqlite() else _trigger_on_postgresql)(refusal)
    (_guard_sqlite if _on_sqlite() else _guard_postgresql)()


def _schedules() -> None:
    op.create_table(
        "group_schedule",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nation", sa.String(length=20), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "nation IN ('england_and_wales', 'scotland', 'northern_ireland')",
            name=op.f("ck_group_schedule_nation_known"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["delivery_group.id"], name=op.f("fk_group_schedule_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_schedule")),
    )
    op.create_table(
        "group_module",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group_schedule.group_id"], name=op.f("fk_group_module_group_id")),
        sa.ForeignKeyConstraint(
            ["module_id", "programme_id"],
            ["module.id", "module.programme_id"],
            name=op.f("fk_group_module_module_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme_id"],
            ["delivery_group.id", "delivery_group.programme_id"],
            name=op.f("fk_group_module_group_id_programme_id"),
        ),
        sa.PrimaryKeyConstraint("group_id", "module_id", name=op.f("pk_group_module")),
        sa.UniqueConstraint("group_id", "position", name=op.f("uq_group_module_group_id_position")),
    )
    op.create_index(op.f("ix_group_module_module_id"), "group_module", ["module_id"], unique=False)
    op.create_table(
        "group_slot",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_group_slot_weekday_known")),
        sa.ForeignKeyConstraint(["group_id"], ["group_schedule.group_id"], name=op.f("fk_group_slot_group_id")),
        sa.PrimaryKeyConstraint("group_id", "weekday", "starts_at", name=op.f("pk_group_slot")),
    )


def _sessions() -> None:
    op.create_table(
        "group_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("group_from", sa.Date(), nullable=False),
        sa.Column("group_to", sa.Date(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("group_from <= day AND day <= group_to", name=op.f("ck_group_session_within_group")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_group_session_times_in_order")),
        sa.CheckConstraint("number > 0", name=op.f("ck_group_session_numbered")),
        sa.CheckConstraint("kind IN ('regular', 'catch_up')", name=op.f("ck_group_session_kind_known")),
        sa.CheckConstraint("state IN ('planned', 'held', 'not_held')", name=op.f("ck_group_session_state_known")),
        sa.ForeignKeyConstraint(
            ["group_id", "group_from", "group_to"],
            ["delivery_group.id", "delivery_group.starts_on", "delivery_group.ends_on"],
            name="fk_group_session_group_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme_id"],
            ["delivery_group.id", "delivery_group.programme_id"],
            name=op.f("fk_group_session_group_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["module_id", "programme_id"],
            ["module.id", "module.programme_id"],
            name=op.f("fk_group_session_module_id_programme_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_session")),
        sa.UniqueConstraint("id", "day", name=op.f("uq_group_session_id_day")),
        sa.UniqueConstraint("id", "group_id", name=op.f("uq_group_session_id_group_id")),
    )
    op.create_index(op.f("ix_group_session_day"), "group_session", ["day"], unique=False)
    op.create_index(op.f("ix_group_session_group_id_day"), "group_session", ["group_id", "day"], unique=False)
    op.create_index(op.f("ix_group_session_module_id"), "group_session", ["module_id"], unique=False)
    own = sa.text("kind = 'regular' AND state <> 'not_held'")
    op.create_index(
        "uq_group_session_number",
        "group_session",
        ["group_id", "number"],
        unique=True,
        sqlite_where=own,
        postgresql_where=own,
    )


def _places() -> None:
    op.create_table(
        "session_facilitator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("session_day", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("assignment_from", sa.Date(), nullable=False),
        sa.Column("assignment_to", sa.Date(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("in_room", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('regular', 'cover')", name=op.f("ck_session_facilitator_role_known")),
        sa.CheckConstraint(
            "assignment_id IS NOT NULL AND assignment_from IS NOT NULL AND assignment_to IS NOT NULL AND assignment_from <= session_day AND session_day <= assignment_to",
            name=op.f("ck_session_facilitator_within_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "assignment_from", "assignment_to"],
            ["assignment.id", "assignment.starts_on", "assignment.ends_on"],
            name="fk_session_facilitator_assignment_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "group_id", "facilitator_id"],
            ["assignment.id", "assignment.group_id", "assignment.facilitator_id"],
            name="fk_session_facilitator_assignment_identity",
        ),
        sa.ForeignKeyConstraint(["facilitator_id"], ["staff.id"], name=op.f("fk_session_facilitator_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "session_day"],
            ["group_session.id", "group_session.day"],
            name="fk_session_facilitator_session_day",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "group_id"],
            ["group_session.id", "group_session.group_id"],
            name="fk_session_facilitator_session_identity",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_facilitator")),
        sa.UniqueConstraint(
            "session_id", "facilitator_id", name=op.f("uq_session_facilitator_session_id_facilitator_id")
        ),
    )
    op.create_index(
        op.f("ix_session_facilitator_assignment_id"), "session_facilitator", ["assignment_id"], unique=False
    )
    op.create_index(
        op.f("ix_session_facilitator_facilitator_id_session_day"),
        "session_facilitator",
        ["facilitator_id", "session_day"],
        unique=False,
    )
    op.create_table(
        "session_trainee",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["account.id"], name=op.f("fk_session_trainee_agreed_by_id")),
        sa.ForeignKeyConstraint(["session_id"], ["group_session.id"], name=op.f("fk_session_trainee_session_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_session_trainee_staff_id")),
        sa.PrimaryKeyConstraint("session_id", "staff_id", name=op.f("pk_session_trainee")),
    )
    op.create_index(op.f("ix_session_trainee_agreed_by_id"), "session_trainee", ["agreed_by_id"], unique=False)
    op.create_index(op.f("ix_session_trainee_staff_id"), "session_trainee", ["staff_id"], unique=False)


def _trigger_on_sqlite(refusal: Refusal) -> None:
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
        f" BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _trigger_on_postgresql(refusal: Refusal) -> None:
    row = "OLD" if refusal.event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION refuse_{refusal.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {refusal.condition} THEN RAISE EXCEPTION '{refusal.message}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = 'refuse_{refusal.name}'; END IF; RETURN {row}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table}"
        f" FOR EACH ROW EXECUTE FUNCTION refuse_{refusal.name}()"
    )


def _guard_sqlite() -> None:
    """Refuse writes to the chain while a connection has its foreign keys, CHECKs or these triggers' reach turned off."""
    switched_off = (
        "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
        " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
        " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
    )
    for table in PROVEN:
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {switched_off}"
                " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
            )


def _guard_postgresql() -> None:
    """Refuse TRUNCATE, which row triggers do not see; the function is that of the first triggers."""
    for table in PROVEN:
        op.execute(
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
        )


def downgrade() -> None:
    """Drop what the upgrade made."""
    for refusal in refusals():
        op.execute(
            f"DROP TRIGGER refuse_{refusal.name}" if _on_sqlite() else f"DROP FUNCTION refuse_{refusal.name}() CASCADE"
        )
    tables = ("session_trainee", "session_facilitator", "group_session", "group_slot", "group_module", "group_schedule")
    for table in tables:
        op.drop_table(table)
    op.drop_index("uq_delivery_group_window", "delivery_group")
    for table, column, _kind, name, _check in reversed(ADDED):
        if not _on_sqlite():  # there the CHECK goes with its column
            op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
