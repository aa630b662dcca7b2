"""A result and its certificate take two people, neither of them close to whom they are about."""

from alembic import op

revision = "0020_two_people"
down_revision = "0019_certification"
branch_labels = None
depends_on = None

CLOSE = (
    "EXISTS (SELECT 1 FROM acquaintance q WHERE (q.staff_id = {who} AND q.other_id = NEW.staff_id)"
    " OR (q.other_id = {who} AND q.staff_id = NEW.staff_id))"
    " OR EXISTS (SELECT 1 FROM staff s WHERE (s.id = NEW.staff_id AND s.line_manager_id = {who})"
    " OR (s.id = {who} AND s.line_manager_id = NEW.staff_id))"
)
ISSUER = "(SELECT a.staff_id FROM account a WHERE a.id = NEW.issued_by_id)"
TOOK_PART = (
    "EXISTS (SELECT 1 FROM course_result r JOIN course_result e ON e.booking_id = r.booking_id"
    " WHERE r.id = NEW.result_id AND e.recorded_by_id = NEW.issued_by_id)"
    " OR EXISTS (SELECT 1 FROM course_result r JOIN part_assessment p ON p.booking_id = r.booking_id"
    f" WHERE r.id = NEW.result_id AND (p.recorded_by_id = NEW.issued_by_id OR p.assessed_by_id = {ISSUER}))"
)
BY_ONE = f"NEW.staff_id = {ISSUER} OR {TOOK_PART} OR {CLOSE.format(who=ISSUER)}"
REFUSALS = {
    "certificate_by_one": (
        "certificate",
        f"NEW.result_id IS NOT NULL AND ({BY_ONE})",
        "it takes two people to certify, neither of them close to the person",
    ),
    "part_assessment_by_close": (
        "part_assessment",
        CLOSE.format(who="NEW.assessed_by_id"),
        "nobody assesses somebody who is close to them",
    ),
}


def upgrade() -> None:
    """Refuse what one person alone, or somebody close, would certify or assess."""
    for name, (table, condition, message) in REFUSALS.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER refuse_{name} BEFORE INSERT ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation',"
            f" CONSTRAINT = 'refuse_{name}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER refuse_{name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()"
        )


def downgrade() -> None:
    """Let one person do both again."""
    for name, (table, _condition, _message) in REFUSALS.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER refuse_{name}")
        else:
            op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
            op.execute(f"DROP FUNCTION refuse_{name}()")
