"""Versions of courses, pinned by events; hours, cancelled events, the waiting list, and results part by part."""

import sqlalchemy as sa
from alembic import op

revision = "0016_catalogue"
down_revision = "0015_supervisors_records"
branch_labels = None
depends_on = None

SETTINGS = ("days", "attendance_percent", "valid_months", "months_after_step_before", "reassess_months")
ENDED = "ended_as IS NULL OR (NOT passed AND ended_as IN ('failed', 'withdrawn', 'absent'))"
ADDED_TO = ("course_version", "course_prerequisite", "part_assessment")
PINNED = "OLD.course_id IS DISTINCT FROM NEW.course_id OR OLD.course_version_id IS DISTINCT FROM NEW.course_version_id"

COURSE = sa.table("course", sa.column("id"), *(sa.column(column) for column in SETTINGS))
VERSION = sa.table(
    "course_version",
    *(sa.column(column, sa.Integer) for column in ("course_id", "number", *SETTINGS, "attempts", "trainers_years")),
    *(sa.column(f"{part}_method", sa.String) for part in ("understanding", "competencies", "abilities")),
    sa.column("trainers_authorised", sa.Boolean),
    sa.column("reason", sa.Text),
    sa.column("made_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Move each course's settings into its first version, and let its events pin that one."""
    _versions()
    _first_versions()
    _events()
    _courses()
    _prerequisites()
    _waiting()
    _parts()
    # Without a batch, which would drop the triggers of a table that is only ever added to.
    op.execute(
        "ALTER TABLE course_result ADD COLUMN ended_as VARCHAR(20)"
        f" CONSTRAINT ck_course_result_ended_without_a_pass CHECK ({ENDED})"
    )
    for table in ADDED_TO:
        for event_ in ("UPDATE", "DELETE"):
            _refuse(f"{table}_{event_.lower()}", table, event_, "TRUE", f"{table} is only ever added to")
    _refuse("event_pinned", "event", "UPDATE", PINNED, "an event keeps its version of the course")


def _first_versions() -> None:
    first = {
        "number": 1,
        "attempts": 2,
        "understanding_method": "Written questions",
        "competencies_method": "Observed exercises",
        "abilities_method": "Practice session with feedback",
        "trainers_authorised": False,
        "trainers_years": 0,
        "reason": "",
    }
    kept = [COURSE.c.id, *(COURSE.c[column] for column in SETTINGS)]
    values = [sa.literal(value, VERSION.c[column].type) for column, value in first.items()]
    columns = ["course_id", *SETTINGS, *first, "made_at"]
    op.execute(VERSION.insert().from_select(columns, sa.select(*kept, *values, sa.func.current_timestamp())))


def _events() -> None:
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("course_version_id", sa.Integer(), nullable=True))
        event.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        event.add_column(sa.Column("cancelled_reason", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE event SET course_version_id = (SELECT v.id FROM course_version v WHERE v.course_id = event.course_id)"
    )
    with op.batch_alter_table("event") as event:
        event.alter_column("course_version_id", existing_type=sa.Integer(), nullable=False)
        event.create_check_constraint(
            op.f("ck_event_cancelled_with_reason"), "cancelled_at IS NULL OR cancelled_reason <> ''"
        )
        event.create_foreign_key(
            op.f("fk_event_course_version_id_course_id"),
            "course_version",
            ["course_version_id", "course_id"],
            ["id", "course_id"],
        )
        event.create_index(op.f("ix_event_course_version_id"), ["course_version_id"])
    with op.batch_alter_table("event_day") as day:
        day.add_column(sa.Column("begins", sa.Time(), nullable=False, server_default="09:30:00.000000"))
        day.add_column(sa.Column("ends", sa.Time(), nullable=False, server_default="16:30:00.000000"))
        day.create_check_constraint(op.f("ck_event_day_hours_in_order"), "begins < ends")


def _courses() -> None:
    with op.batch_alter_table("course") as course:
        course.drop_constraint(op.f("ck_course_attendance_is_share"), type_="check")
        course.drop_constraint(op.f("ck_course_takes_time"), type_="check")
        for column in SETTINGS:
            course.drop_column(column)
        course.add_column(sa.Column("kind", sa.String(length=20), nullable=False, server_default="training"))
        course.add_column(sa.Column("from_programme_id", sa.Integer(), nullable=True))
        course.create_foreign_key(op.f("fk_course_from_programme_id"), "programme", ["from_programme_id"], ["id"])
        course.create_check_constraint(op.f("ck_course_kind_known"), "kind IN ('training', 'refresher', 'conversion')")
        course.create_check_constraint(
            op.f("ck_course_conversion_from_a_programme"),
            "(kind = 'conversion') = (from_programme_id IS NOT NULL)",
        )
        course.create_check_constraint(
            op.f("ck_course_conversion_to_another_programme"),
            "kind <> 'conversion' OR (stage = 'programme' AND from_programme_id <> programme_id)",
        )


def _versions() -> None:
    op.create_table(
        "course_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("attendance_percent", sa.Integer(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=False),
        sa.Column("months_after_step_before", sa.Integer(), nullable=False),
        sa.Column("reassess_months", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("understanding_method", sa.String(length=200), nullable=False),
        sa.Column("understanding_mark", sa.Integer(), nullable=True),
        sa.Column("competencies_method", sa.String(length=200), nullable=False),
        sa.Column("competencies_mark", sa.Integer(), nullable=True),
        sa.Column("abilities_method", sa.String(length=200), nullable=False),
        sa.Column("abilities_mark", sa.Integer(), nullable=True),
        sa.Column("trainers_authorised", sa.Boolean(), nullable=False),
        sa.Column("trainers_years", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0 AND attempts > 0", name=op.f("ck_course_version_counts_from_one")),
        sa.CheckConstraint("attendance_percent BETWEEN 0 AND 100", name=op.f("ck_course_version_attendance_is_share")),
        sa.CheckConstraint("days > 0 AND valid_months > 0", name=op.f("ck_course_version_takes_time")),
        sa.CheckConstraint(
            "understanding_method <> '' AND competencies_method <> '' AND abilities_method <> ''",
            name=op.f("ck_course_version_assesses_every_part"),
        ),
        sa.CheckConstraint(
            "(understanding_mark IS NULL OR understanding_mark BETWEEN 1 AND 100)"
            " AND (competencies_mark IS NULL OR competencies_mark BETWEEN 1 AND 100)"
            " AND (abilities_mark IS NULL OR abilities_mark BETWEEN 1 AND 100)",
            name=op.f("ck_course_version_marks_are_shares"),
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_version_course_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_course_version_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_course_version_course_id_number")),
        sa.UniqueConstraint("id", "course_id", name=op.f("uq_course_version_id_course_id")),
    )


def _prerequisites() -> None:
    op.create_table(
        "course_prerequisite",
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_course_prerequisite_course_version_id")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_prerequisite_course_id")),
        sa.PrimaryKeyConstraint("course_version_id", "course_id", name=op.f("pk_course_prerequisite")),
    )
    op.create_index(op.f("ix_course_prerequisite_course_id"), "course_prerequisite", ["course_id"])


def _waiting() -> None:
    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_as", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ended_as IN ('booked', 'left', 'closed')", name=op.f("ck_waiting_ended_as_known")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_waiting_ended_somehow")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_waiting_event_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_waiting_staff_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_waiting_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_staff_id"), "waiting", ["staff_id"])
    op.create_index(
        "uq_waiting_once",
        "waiting",
        ["event_id", "staff_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _parts() -> None:
    op.create_table(
        "part_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "part IN ('understanding', 'competencies', 'abilities')", name=op.f("ck_part_assessment_part_known")
        ),
        sa.CheckConstraint("result IN ('passed', 'not_yet')", name=op.f("ck_part_assessment_result_known")),
        sa.CheckConstraint("attempt > 0", name=op.f("ck_part_assessment_counts_from_one")),
        sa.CheckConstraint("mark IS NULL OR mark BETWEEN 0 AND 100", name=op.f("ck_part_assessment_mark_is_share")),
        sa.CheckConstraint(
            "pass_mark IS NULL OR (mark IS NOT NULL AND (result = 'passed') = (mark >= pass_mark))",
            name=op.f("ck_part_assessment_mark_decides"),
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR reason <> ''", name=op.f("ck_part_assessment_correction_has_reason")
        ),
        sa.CheckConstraint("assessed_by_id <> staff_id", name=op.f("ck_part_assessment_nobody_assesses_themselves")),
        sa.ForeignKeyConstraint(
            ["booking_id", "staff_id"],
            ["booking.id", "booking.staff_id"],
            name=op.f("fk_part_assessment_booking_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id", "booking_id", "part", "attempt"],
            [f"part_assessment.{column}" for column in ("id", "booking_id", "part", "attempt")],
            name=op.f("fk_part_assessment_corrects"),
        ),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["staff.id"], name=op.f("fk_part_assessment_assessed_by_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_part_assessment_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_assessment")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_part_assessment_corrects_id")),
        sa.UniqueConstraint(
            "id", "booking_id", "part", "attempt", name=op.f("uq_part_assessment_id_booking_id_part_attempt")
        ),
    )
    op.create_index(op.f("ix_part_assessment_booking_id"), "part_assessment", ["booking_id"])
    op.create_index(op.f("ix_part_assessment_staff_id"), "part_assessment", ["staff_id"])
    op.create_index(
        "uq_part_assessment_once",
        "part_assessment",
        ["booking_id", "part", "attempt"],
        unique=True,
        sqlite_where=sa.text("corrects_id IS NULL"),
        postgresql_where=sa.text("corrects_id IS NULL"),
    )
    op.create_table(
        "reassessment",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("arranged_by_id", sa.Integer(), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_reassessment_booking_id")),
        sa.ForeignKeyConstraint(["arranged_by_id"], ["account.id"], name=op.f("fk_reassessment_arranged_by_id")),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_reassessment")),
    )


def _refuse(name: str, table: str, event: str, condition: str, message: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER refuse_{name} BEFORE {event} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    row = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = 'refuse_{name}'; END IF; RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER refuse_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()")


def _allow(name: str, table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER refuse_{name}")
    else:
        op.execute(f"DROP TRIGGER refuse_{name} ON {table}")
        op.execute(f"DROP FUNCTION refuse_{name}()")


def downgrade() -> None:
    """Give each course the settings of its newest version back; what the old schema has no place for is lost."""
    _allow("event_pinned", "event")
    for table in ADDED_TO:
        for event_ in ("update", "delete"):
            _allow(f"{table}_{event_}", table)
    op.execute("ALTER TABLE course_result DROP COLUMN ended_as")
    for table in ("reassessment", "part_assessment", "waiting", "course_prerequisite"):
        op.drop_table(table)
    with op.batch_alter_table("course") as course:
        for name in ("conversion_to_another_programme", "conversion_from_a_programme", "kind_known"):
            course.drop_constraint(op.f(f"ck_course_{name}"), type_="check")
        course.drop_constraint(op.f("fk_course_from_programme_id"), type_="foreignkey")
        course.drop_column("from_programme_id")
        course.drop_column("kind")
        for column in SETTINGS:
            course.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="1"))
    for column in SETTINGS:
        newest = sa.select(VERSION.c[column]).where(VERSION.c.course_id == COURSE.c.id)
        newest = newest.order_by(VERSION.c.number.desc()).limit(1).scalar_subquery()
        op.execute(COURSE.update().values({column: newest}))
    with op.batch_alter_table("course") as course:
        course.create_check_constraint(op.f("ck_course_attendance_is_share"), "attendance_percent BETWEEN 0 AND 100")
        course.create_check_constraint(op.f("ck_course_takes_time"), "days > 0 AND valid_months > 0")
    with op.batch_alter_table("event_day") as day:
        day.drop_constraint(op.f("ck_event_day_hours_in_order"), type_="check")
        day.drop_column("begins")
        day.drop_column("ends")
    with op.batch_alter_table("event") as event:
        event.drop_index(op.f("ix_event_course_version_id"))
        event.drop_constraint(op.f("fk_event_course_version_id_course_id"), type_="foreignkey")
        event.drop_constraint(op.f("ck_event_cancelled_with_reason"), type_="check")
        for column in ("course_version_id", "cancelled_at", "cancelled_reason"):
            event.drop_column(column)
    op.drop_table("course_version")
