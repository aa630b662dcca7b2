"""Practice: days delivered, and the day on which, for want of them, the right to begin a spell lapses."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018_practice"
down_revision = "0017_decisions"
branch_labels = None
depends_on = None

DELIVERED = ["delivered_id", "staff_id", "programme_id", "delivered_on", "delivered_stands"]
DELIVERED_DAY = [f"delivered_day.{column}" for column in ("id", "staff_id", "programme_id", "day", "stands")]
COLUMNS = ("practice_id", "practice_from", "practice_to")
WITHIN = (
    "practice_id IS NOT NULL AND practice_from IS NOT NULL AND practice_to IS NOT NULL"
    " AND practice_from <= starts_on AND starts_on <= practice_to"
)
# What an assignment gets: the same words on both databases, in the order in which SQLite keeps them.
IDENTITY = (
    "CONSTRAINT fk_assignment_practice_identity FOREIGN KEY(practice_id, facilitator_id, programme_id)"
    " REFERENCES practice (id, staff_id, programme_id)"
)
WINDOW = (
    "CONSTRAINT fk_assignment_practice_window FOREIGN KEY(practice_id, practice_from, practice_to)"
    " REFERENCES practice (id, begins_on, lapses_on) ON UPDATE CASCADE"
)
CHECK = f"CONSTRAINT ck_assignment_within_practice CHECK ({WITHIN})"

ONE_DAY = timedelta(days=1)
CHANGES = (
    (
        "CONSTRAINT pk_assignment",
        "practice_id INTEGER NOT NULL, practice_from DATE NOT NULL, practice_to DATE NOT NULL, CONSTRAINT pk_assignment",
    ),
    (
        "CONSTRAINT uq_assignment_window UNIQUE (id, starts_on, ends_on)",
        f"{IDENTITY}, {WINDOW}, {CHECK}, CONSTRAINT uq_assignment_window UNIQUE (id, starts_on, ends_on)",
    ),
)
SELECTED = (
    "SELECT a.*, p.id, p.begins_on, p.lapses_on FROM assignment a JOIN carried_over c ON c.assignment_id = a.id"
    " JOIN practice p ON p.id = c.of_practice"
)

KEPT = ("practice", "delivered_day")
FIXED = {
    "practice": ("id", "certificate_id", "staff_id", "stage", "programme_id", "begins_on"),
    "delivered_day": (
        "id",
        "staff_id",
        "programme_id",
        "group_id",
        "day",
        "assignment_id",
        "recorded_at",
        "recorded_by_id",
    ),
}


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _in_time() -> str:
    if _on_sqlite():
        return "lapses_on <= date(coalesce(delivered_on, begins_on), '+' || months || ' months')"
    return "lapses_on <= coalesce(delivered_on, begins_on) + make_interval(months => months)"


def upgrade() -> None:
    """Make practice and days delivered, carry over what was delivered before, and hold assignments to it."""
    op.create_index("uq_certificate_begins", "certificate", ["id", "valid_from"], unique=True)
    op.create_index("uq_programme_lapse", "programme", ["id", "months_without_delivery"], unique=True)
    _tables()
    delivered = _carried_over(_practices())
    _hold_assignments()
    _put("delivered_day", delivered)
    if not _on_sqlite():
        op.create_foreign_key(
            "fk_practice_delivered",
            *("practice", "delivered_day", DELIVERED, [column.partition(".")[2] for column in DELIVERED_DAY]),
            deferrable=True,
            initially="DEFERRED",
        )
    for refusal in refusals():
        (_refuse_on_sqlite if _on_sqlite() else _refuse_on_postgresql)(refusal)
    _guard()


def _tables() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("delivered_id", sa.Integer(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivered_stands", sa.Boolean(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_in_time(), name=op.f("ck_practice_lapses_in_time")),
        sa.CheckConstraint("stage = 'programme'", name=op.f("ck_practice_is_of_a_programme")),
        sa.CheckConstraint(
            "(delivered_id IS NULL AND delivered_on IS NULL AND delivered_stands IS NULL) OR (delivered_id IS NOT NULL AND delivered_on IS NOT NULL AND delivered_stands IS NOT NULL AND delivered_stands AND begins_on <= delivered_on)",
            name=op.f("ck_practice_delivered_since"),
        ),
        sa.CheckConstraint("months > 0", name=op.f("ck_practice_lasts_a_while")),
        sa.ForeignKeyConstraint(
            ["certificate_id", "begins_on"],
            ["certificate.id", "certificate.valid_from"],
            name="fk_practice_certificate_begins",
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage", "programme_id"],
            ["certificate.id", "certificate.staff_id", "certificate.stage", "certificate.programme_id"],
            name="fk_practice_certificate_identity",
        ),
        *(
            [
                sa.ForeignKeyConstraint(
                    DELIVERED, DELIVERED_DAY, name="fk_practice_delivered", deferrable=True, initially="DEFERRED"
                )
            ]
            if _on_sqlite()
            else []
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "months"],
            ["programme.id", "programme.months_without_delivery"],
            name="fk_practice_setting_window",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_practice_certificate_id")),
        sa.UniqueConstraint("id", "begins_on", "lapses_on", name="uq_practice_window"),
        sa.UniqueConstraint("id", "staff_id", "programme_id", name=op.f("uq_practice_id_staff_id_programme_id")),
    )
    op.create_index(op.f("ix_practice_delivered_id"), "practice", ["delivered_id"], unique=False)
    op.create_index(
        op.f("ix_practice_staff_id_programme_id_begins_on"),
        "practice",
        ["staff_id", "programme_id", "begins_on"],
        unique=False,
    )
    op.create_table(
        "delivered_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("assignment_from", sa.Date(), nullable=False),
        sa.Column("assignment_to", sa.Date(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("why_not", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stands OR why_not <> ''", name=op.f("ck_delivered_day_stands_or_says_why")),
        sa.CheckConstraint(
            "assignment_id IS NOT NULL AND assignment_from IS NOT NULL AND assignment_to IS NOT NULL AND assignment_from <= day AND day <= assignment_to",
            name=op.f("ck_delivered_day_within_assignment"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "assignment_from", "assignment_to"],
            ["assignment.id", "assignment.starts_on", "assignment.ends_on"],
            name="fk_delivered_day_assignment_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "group_id", "staff_id"],
            ["assignment.id", "assignment.group_id", "assignment.facilitator_id"],
            name="fk_delivered_day_assignment_identity",
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme_id"],
            ["delivery_group.id", "delivery_group.programme_id"],
            name=op.f("fk_delivered_day_group_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_delivered_day_recorded_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_delivered_day_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivered_day")),
        sa.UniqueConstraint("group_id", "staff_id", "day", name=op.f("uq_delivered_day_group_id_staff_id_day")),
        sa.UniqueConstraint("id", "staff_id", "programme_id", "day", "stands", name="uq_delivered_day_fact"),
    )
    op.create_index(op.f("ix_delivered_day_assignment_id"), "delivered_day", ["assignment_id"], unique=False)
    op.create_index(
        op.f("ix_delivered_day_staff_id_programme_id_day"),
        "delivered_day",
        ["staff_id", "programme_id", "day"],
        unique=False,
    )


def _rows(query: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query).columns(**DAYS)))


DAYS = {name: sa.Date() for name in ("valid_from", "starts_on", "ends_on", "today")}


def _practices() -> dict[tuple[int, int], list[dict[str, Any]]]:
    """Return what each certificate of programme training begins, by person and programme, in order of its first day."""
    found: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in _rows(
        "SELECT c.id, c.staff_id, c.programme_id, c.valid_from, p.months_without_delivery AS months FROM certificate c"
        " JOIN programme p ON p.id = c.programme_id WHERE c.stage = 'programme' ORDER BY c.valid_from, c.id"
    ):
        found.setdefault((row.staff_id, row.programme_id), []).append(
            {
                "certificate_id": row.id,
                "staff_id": row.staff_id,
                "stage": "programme",
                "programme_id": row.programme_id,
                "begins_on": row.valid_from,
                "months": row.months,
                "delivered_id": None,
                "delivered_on": None,
                "delivered_stands": None,
                "version": 1,
            }
        )
    practices = [one for several in found.values() for one in several]
    for number, one in enumerate(practices, start=1):
        one["id"] = number
    return found


def _carried_over(practices: dict[tuple[int, int], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Take the last day that is over of each assignment as delivered; return those days, and store the practice.

    Whoever has an assignment that would begin after a lapse is named, and nothing is changed: it is ended first.
    """
    today = _rows("SELECT date('now') AS today" if _on_sqlite() else "SELECT CURRENT_DATE AS today")[0].today
    delivered: list[dict[str, Any]] = []
    within: dict[Any, dict[str, Any]] = {}
    for row in _rows(
        "SELECT a.id, a.facilitator_id, a.programme_id, a.group_id, a.starts_on, a.ends_on, a.made_by_id, s.name,"
        " g.reference FROM assignment a JOIN staff s ON s.id = a.facilitator_id"
        " JOIN delivery_group g ON g.id = a.group_id ORDER BY a.ends_on, a.id"
    ):
        held = practices[row.facilitator_id, row.programme_id]
        within[row] = [one for one in held if one["begins_on"] <= row.starts_on][-1]
        last = min(row.ends_on, today - ONE_DAY)
        if row.starts_on <= last:
            delivered.append(_delivered(len(delivered) + 1, row, last))
            since = [one for one in held if one["begins_on"] <= last][-1]
            since |= {"delivered_id": delivered[-1]["id"], "delivered_on": last, "delivered_stands": True}
    late = [
        f"{row.name} on {row.reference} from {row.starts_on}"
        for row, one in within.items()
        if row.starts_on > _lapse(one)
    ]
    if late:
        raise RuntimeError(f"These assignments begin after a lapse; end them, then migrate again: {'; '.join(late)}")
    _put("practice", [one | {"lapses_on": _lapse(one)} for several in practices.values() for one in several])
    op.create_table("carried_over", sa.Column("assignment_id", sa.Integer()), sa.Column("of_practice", sa.Integer()))
    _put("carried_over", [{"assignment_id": row.id, "of_practice": one["id"]} for row, one in within.items()])
    return delivered


def _delivered(number: int, row: Any, day: date) -> dict[str, Any]:
    return {
        "id": number,
        "staff_id": row.facilitator_id,
        "programme_id": row.programme_id,
        "group_id": row.group_id,
        "day": day,
        "assignment_id": row.id,
        "assignment_from": row.starts_on,
        "assignment_to": row.ends_on,
        "stands": True,
        "why_not": "",
        "recorded_by_id": row.made_by_id,
        "version": 1,
    }


def _lapse(practice: dict[str, Any]) -> date:
    """Return the same day so many months later, or that month's last day where it is shorter."""
    since = practice["delivered_on"] or practice["begins_on"]
    year, month = divmod(since.year * 12 + since.month - 1 + practice["months"], 12)
    return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))


def _put(name: str, values: list[dict[str, Any]]) -> None:
    if not values:
        return
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    moment = {"recorded_at": sa.func.current_timestamp()} if "recorded_at" in table.c else {}
    op.get_bind().execute(table.insert().values(moment), values)
    if "id" in table.c and not _on_sqlite():
        op.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {len(values)})")


def _hold_assignments() -> None:
    """Give each assignment the copy of the practice that it begins within, and hold it to that."""
    if _on_sqlite():
        _rebuild(CHANGES, SELECTED)
    else:
        for column, kind in zip(COLUMNS, (sa.Integer(), sa.Date(), sa.Date()), strict=True):
            op.add_column("assignment", sa.Column(column, kind, nullable=True))
        op.execute(
            "UPDATE assignment a SET practice_id = p.id, practice_from = p.begins_on, practice_to = p.lapses_on"
            " FROM carried_over c JOIN practice p ON p.id = c.of_practice WHERE c.assignment_id = a.id"
        )
        for column in COLUMNS:
            op.alter_column("assignment", column, nullable=False)
        for added in (IDENTITY, WINDOW, CHECK):
            op.execute(f"ALTER TABLE assignment ADD {added}")
    op.create_index(op.f("ix_assignment_practice_id"), "assignment", ["practice_id"])
    op.drop_table("carried_over")


def _rebuild(changes: tuple[tuple[str, str], ...], selected: str) -> None:
    """Make the table anew on SQLite, which cannot add a key to one that is there; its indexes and triggers come again."""
    bind = op.get_bind()
    made = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'assignment' AND sql <> ''"
    again = dict(bind.execute(sa.text(made)).all())
    table = again.pop("assignment")
    for old, new in changes:
        table = new.join(table.rsplit(old, 1))
    bind.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    bind.exec_driver_sql(re.sub('CREATE TABLE "?assignment"?', "CREATE TABLE assignment_anew", table, count=1))
    bind.exec_driver_sql(f"INSERT INTO assignment_anew {selected}")
    bind.exec_driver_sql("DROP TABLE assignment")
    bind.exec_driver_sql("ALTER TABLE assignment_anew RENAME TO assignment")
    bind.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
    for statement in again.values():
        bind.exec_driver_sql(statement)


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def refusals() -> Iterator[Refusal]:
    """Yield what keeps practice and days delivered what they were."""
    for table, columns in FIXED.items():
        yield Refusal(f"{table}_delete", table, "DELETE", "TRUE", f"{table} is never deleted")
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield Refusal(f"{table}_update", table, "UPDATE", changed, f"what a {table} is of never changes")


def _refuse_on_sqlite(refusal: Refusal) -> None:
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
        f" BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _refuse_on_postgresql(refusal: Refusal) -> None:
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


def _guard() -> None:
    """Let nobody write to the tables with constraints switched off, nor empty them past the triggers."""
    switched_off = (
        "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
        " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
        " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
    )
    for table in KEPT:
        if not _on_sqlite():
            op.execute(
                f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
            )
            continue
        for event in ("INSERT", "UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {switched_off}"
                " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
            )


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_index(op.f("ix_assignment_practice_id"), "assignment")
    if not _on_sqlite():
        op.drop_constraint("fk_practice_delivered", "practice")
    op.drop_table("delivered_day")
    if _on_sqlite():
        columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("assignment")]
        kept = ", ".join(column for column in columns if column not in COLUMNS)
        back = tuple((new, old) for old, new in CHANGES)
        _rebuild(back, f"SELECT {kept} FROM assignment")
    else:
        for column in COLUMNS:
            op.drop_column("assignment", column)
    op.drop_table("practice")
    if not _on_sqlite():
        for refusal in refusals():
            op.execute(f"DROP FUNCTION refuse_{refusal.name}()")
    op.drop_index("uq_certificate_begins", "certificate")
    op.drop_index("uq_programme_lapse", "programme")
