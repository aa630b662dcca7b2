"""Requests for recognition with their evidence, panels and appeals, breaches, and how often numbers were asked about."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0019_certification"
down_revision = "0018_practice"
branch_labels = None
depends_on = None

TABLES = (
    *("number_check", "recognition_request", "evidence_file", "evidence_content"),
    *("stop_role", "stop_appeal", "breach", "breach_spell"),
)
KEPT = ("recognition_request", "stop_appeal")
FACTS = ("evidence_file", "stop_role", "breach", "breach_spell")
FIXED = {
    "recognition_request": (
        *("id", "staff_id", "stage", "programme_id", "learning", "requested_by_id", "requested_at"),
    ),
    "stop_appeal": ("id", "stop_id", "staff_id", "stop_kind", "lodged_on", "lodged_at", "lodged_by_id", "grounds"),
    "evidence_content": ("file_id", "content"),
}
DECIDED = {"recognition_request": "OLD.state <> 'open'", "stop_appeal": "OLD.outcome IS NOT NULL"}
PROVEN = (*KEPT, *FACTS)


def upgrade() -> None:
    """Make the tables, and hold what is a fact to being one."""
    op.create_index("uq_recognition_people", "recognition", ["id", "requested_by_id", "approved_by_id"], unique=True)
    op.create_index("uq_stop_person", "stop", ["id", "staff_id"], unique=True)
    op.create_index("uq_stop_person_kind", "stop", ["id", "staff_id", "kind"], unique=True)
    op.create_table(
        "number_check",
        sa.Column("asker", sa.String(length=64), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("asker", "hour", name=op.f("pk_number_check")),
    )
    op.create_table(
        "recognition_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("recognition_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)",
            name=op.f("ck_recognition_request_programme_where_specific"),
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (recognition_id IS NOT NULL)",
            name=op.f("ck_recognition_request_approved_is_recognised"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_by_id IS NOT NULL AND decided_on IS NOT NULL AND decided_at IS NOT NULL AND decision_reason <> '')",
            name=op.f("ck_recognition_request_decided_by_somebody_for_a_reason"),
        ),
        sa.CheckConstraint("learning <> ''", name=op.f("ck_recognition_request_says_what_was_learnt")),
        sa.CheckConstraint(
            "stage IN ('selection', 'fundamental', 'programme')", name=op.f("ck_recognition_request_stage_known")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'refused', 'taken_back')", name=op.f("ck_recognition_request_state_known")
        ),
        sa.CheckConstraint(
            "decided_by_id <> requested_by_id", name=op.f("ck_recognition_request_decider_is_not_who_asked")
        ),
        sa.CheckConstraint("decided_by_id <> staff_id", name=op.f("ck_recognition_request_decider_is_not_the_person")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_recognition_request_decided_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_recognition_request_programme_id")),
        sa.ForeignKeyConstraint(
            ["recognition_id", "programme_id"],
            ["recognition.id", "recognition.programme_id"],
            name="fk_recognition_request_recognition_programme",
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "requested_by_id", "decided_by_id"],
            ["recognition.id", "recognition.requested_by_id", "recognition.approved_by_id"],
            name="fk_recognition_request_recognition_people",
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"],
            ["recognition.id", "recognition.staff_id", "recognition.stage"],
            name="fk_recognition_request_recognition_identity",
        ),
        sa.ForeignKeyConstraint(["requested_by_id"], ["staff.id"], name=op.f("fk_recognition_request_requested_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recognition_request_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition_request")),
    )
    op.create_index(
        op.f("ix_recognition_request_recognition_id"), "recognition_request", ["recognition_id"], unique=True
    )
    op.create_index(
        op.f("ix_recognition_request_requested_by_id"), "recognition_request", ["requested_by_id"], unique=False
    )
    op.create_index(op.f("ix_recognition_request_staff_id"), "recognition_request", ["staff_id"], unique=False)
    op.create_index(op.f("ix_recognition_request_state_id"), "recognition_request", ["state", "id"], unique=False)
    op.create_index(
        "uq_recognition_request_one_open_of_a_programme",
        "recognition_request",
        ["staff_id", "programme_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND programme_id IS NOT NULL"),
        postgresql_where=sa.text("state = 'open' AND programme_id IS NOT NULL"),
    )
    op.create_index(
        "uq_recognition_request_one_open_of_a_step",
        "recognition_request",
        ["staff_id", "stage"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND programme_id IS NULL"),
        postgresql_where=sa.text("state = 'open' AND programme_id IS NULL"),
    )
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_evidence_file_has_its_hash")),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_holds_something")),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_evidence_file_added_by_id")),
        sa.ForeignKeyConstraint(["request_id"], ["recognition_request.id"], name=op.f("fk_evidence_file_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("request_id", "sha256", name=op.f("uq_evidence_file_request_id_sha256")),
    )
    op.create_table(
        "evidence_content",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(content) > 0", name=op.f("ck_evidence_content_holds_something")),
        sa.ForeignKeyConstraint(["file_id"], ["evidence_file.id"], name=op.f("fk_evidence_content_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_evidence_content")),
    )
    op.create_table(
        "stop_role",
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stopped_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.CheckConstraint("part IN ('panel', 'appeal')", name=op.f("ck_stop_role_part_known")),
        sa.CheckConstraint("staff_id <> stopped_id", name=op.f("ck_stop_role_nobody_judges_themselves")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stop_role_staff_id")),
        sa.ForeignKeyConstraint(["stop_id", "stopped_id"], ["stop.id", "stop.staff_id"], name="fk_stop_role_stop"),
        sa.PrimaryKeyConstraint("stop_id", "staff_id", name=op.f("pk_stop_role")),
        sa.UniqueConstraint("stop_id", "staff_id", "part", name=op.f("uq_stop_role_stop_id_staff_id_part")),
    )
    op.create_index(op.f("ix_stop_role_staff_id"), "stop_role", ["staff_id"], unique=False)
    op.create_table(
        "stop_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stop_kind", sa.String(length=20), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lodged_by_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("heard_by_id", sa.Integer(), nullable=True),
        sa.Column("hearing_part", sa.String(length=10), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NOT NULL) = (heard_by_id IS NOT NULL AND hearing_part IS NOT NULL AND decided_on IS NOT NULL AND decided_at IS NOT NULL AND decision_reason <> '')",
            name=op.f("ck_stop_appeal_decided_by_somebody_for_a_reason"),
        ),
        sa.CheckConstraint("grounds <> ''", name=op.f("ck_stop_appeal_has_grounds")),
        sa.CheckConstraint("hearing_part = 'appeal'", name=op.f("ck_stop_appeal_heard_by_whoever_hears_it")),
        sa.CheckConstraint("outcome IN ('upheld', 'dismissed')", name=op.f("ck_stop_appeal_outcome_known")),
        sa.CheckConstraint("stop_kind = 'deselection'", name=op.f("ck_stop_appeal_against_a_deselection")),
        sa.CheckConstraint("decided_on IS NULL OR lodged_on <= decided_on", name=op.f("ck_stop_appeal_days_in_order")),
        sa.ForeignKeyConstraint(["lodged_by_id"], ["account.id"], name=op.f("fk_stop_appeal_lodged_by_id")),
        sa.ForeignKeyConstraint(
            ["stop_id", "heard_by_id", "hearing_part"],
            ["stop_role.stop_id", "stop_role.staff_id", "stop_role.part"],
            name="fk_stop_appeal_hearer",
        ),
        sa.ForeignKeyConstraint(
            ["stop_id", "staff_id", "stop_kind"], ["stop.id", "stop.staff_id", "stop.kind"], name="fk_stop_appeal_stop"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_appeal")),
        sa.UniqueConstraint("stop_id", name=op.f("uq_stop_appeal_stop_id")),
    )
    op.create_index(op.f("ix_stop_appeal_staff_id"), "stop_appeal", ["staff_id"], unique=False)
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("what <> ''", name=op.f("ck_breach_says_what_was_false")),
        sa.ForeignKeyConstraint(
            ["certificate_id", "staff_id", "stage"],
            ["certificate.id", "certificate.staff_id", "certificate.stage"],
            name="fk_breach_certificate",
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_breach_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_breach_certificate_id")),
    )
    op.create_index(op.f("ix_breach_staff_id"), "breach", ["staff_id"], unique=False)
    op.create_table(
        "breach_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("did", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("days_delivered", sa.Integer(), nullable=False),
        sa.CheckConstraint("did IN ('facilitated', 'supervised')", name=op.f("ck_breach_spell_did_known")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_breach_spell_days_in_order")),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_spell_breach_id")),
        sa.ForeignKeyConstraint(["group_id"], ["delivery_group.id"], name=op.f("fk_breach_spell_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_spell")),
    )
    op.create_index(op.f("ix_breach_spell_breach_id"), "breach_spell", ["breach_id"], unique=False)
    op.create_index(op.f("ix_breach_spell_group_id"), "breach_spell", ["group_id"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        (_refuse_on_sqlite if on_sqlite else _refuse_on_postgresql)(refusal)
    _guard()


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def refusals() -> Iterator[Refusal]:
    """Yield what keeps requests, evidence, panels, appeals and breaches what they were."""
    for table in FACTS:
        for event in ("UPDATE", "DELETE"):
            yield Refusal(f"{table}_{event.lower()}", table, event, "TRUE", f"{table} is only ever added to")
    for table in KEPT:
        yield Refusal(f"{table}_delete", table, "DELETE", "TRUE", f"{table} is never deleted")
    for table, columns in FIXED.items():
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        decided = f"{DECIDED[table]} OR " if table in DECIDED else ""
        yield Refusal(f"{table}_update", table, "UPDATE", f"{decided}{changed}", f"what {table} says never changes")
    yield Refusal(
        "evidence_file_decided",
        "evidence_file",
        "INSERT",
        "EXISTS (SELECT 1 FROM recognition_request r WHERE r.id = NEW.request_id AND r.state <> 'open')",
        "a request that is decided takes no more evidence",
    )


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
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in PROVEN:
        if not on_sqlite:
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
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for refusal in refusals():
            op.execute(f"DROP FUNCTION refuse_{refusal.name}()")
    op.drop_index("uq_recognition_people", "recognition")
    op.drop_index("uq_stop_person", "stop")
    op.drop_index("uq_stop_person_kind", "stop")
