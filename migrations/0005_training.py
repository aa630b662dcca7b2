"""Courses, events, bookings, results and recognitions."""

import sqlalchemy as sa
from alembic import op

revision = "0005_training"
down_revision = "0004_centres"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Courses, events, bookings, results and recognitions."""
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("attendance_percent", sa.Integer(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=False),
        sa.Column("months_after_step_before", sa.Integer(), nullable=False),
        sa.Column("reassess_months", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)", name=op.f("ck_course_programme_where_specific")
        ),
        sa.CheckConstraint("stage IN ('fundamental', 'programme')", name=op.f("ck_course_stage_known")),
        sa.CheckConstraint("attendance_percent BETWEEN 0 AND 100", name=op.f("ck_course_attendance_is_share")),
        sa.CheckConstraint("days > 0 AND valid_months > 0", name=op.f("ck_course_takes_time")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_course_programme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("id", "stage", name=op.f("uq_course_id_stage")),
        sa.UniqueConstraint("title", name=op.f("uq_course_title")),
    )
    op.create_index(op.f("ix_course_programme_id"), "course", ["programme_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_event_has_places")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_event_days_in_order")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_event_area_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_event_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_area_id"), "event", ["area_id"], unique=False)
    op.create_index(op.f("ix_event_course_id"), "event", ["course_id"], unique=False)
    op.create_table(
        "event_day",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_day_event_id")),
        sa.PrimaryKeyConstraint("event_id", "day", name=op.f("pk_event_day")),
    )
    op.create_table(
        "event_trainer",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_trainer_event_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_event_trainer_staff_id")),
        sa.PrimaryKeyConstraint("event_id", "staff_id", name=op.f("pk_event_trainer")),
    )
    op.create_index(op.f("ix_event_trainer_staff_id"), "event_trainer", ["staff_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_booking_event_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_booking_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("event_id", "staff_id", name=op.f("uq_booking_event_id_staff_id")),
        sa.UniqueConstraint("id", "staff_id", name=op.f("uq_booking_id_staff_id")),
    )
    op.create_index(op.f("ix_booking_staff_id"), "booking", ["staff_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_attendance_booking_id")),
        sa.PrimaryKeyConstraint("booking_id", "day", name=op.f("pk_attendance")),
    )
    op.create_table(
        "course_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("understanding", sa.String(length=20), nullable=False),
        sa.Column("competencies", sa.String(length=20), nullable=False),
        sa.Column("abilities", sa.String(length=20), nullable=False),
        sa.Column("attended_enough", sa.Boolean(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reassess_by", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)", name=op.f("ck_course_result_programme_where_specific")
        ),
        sa.CheckConstraint(
            "NOT passed OR (understanding = 'passed' AND competencies = 'passed' AND abilities = 'passed' AND attended_enough)",
            name=op.f("ck_course_result_passed_in_every_part"),
        ),
        sa.CheckConstraint(
            "abilities IN ('passed', 'not_yet', 'not_assessed')", name=op.f("ck_course_result_abilities_known")
        ),
        sa.CheckConstraint(
            "competencies IN ('passed', 'not_yet', 'not_assessed')", name=op.f("ck_course_result_competencies_known")
        ),
        sa.CheckConstraint(
            "understanding IN ('passed', 'not_yet', 'not_assessed')", name=op.f("ck_course_result_understanding_known")
        ),
        sa.ForeignKeyConstraint(
            ["booking_id", "staff_id"],
            ["booking.id", "booking.staff_id"],
            name=op.f("fk_course_result_booking_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id", "stage"], ["course.id", "course.stage"], name=op.f("fk_course_result_course_id_stage")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_course_result_programme_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_course_result_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_result")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_course_result_id_programme_id")),
        sa.UniqueConstraint(
            "id", "staff_id", "stage", "passed", name=op.f("uq_course_result_id_staff_id_stage_passed")
        ),
    )
    op.create_index(op.f("ix_course_result_booking_id"), "course_result", ["booking_id"], unique=False)
    op.create_index(op.f("ix_course_result_staff_id"), "course_result", ["staff_id"], unique=False)
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)", name=op.f("ck_recognition_programme_where_specific")
        ),
        sa.CheckConstraint("evidence <> '' AND reason <> ''", name=op.f("ck_recognition_has_evidence_and_reason")),
        sa.CheckConstraint(
            "stage IN ('selection', 'fundamental', 'programme')", name=op.f("ck_recognition_stage_known")
        ),
        sa.CheckConstraint("approved_by_id <> requested_by_id", name=op.f("ck_recognition_approver_is_not_who_asked")),
        sa.CheckConstraint("approved_by_id <> staff_id", name=op.f("ck_recognition_approver_is_not_the_person")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name=op.f("fk_recognition_approved_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_recognition_programme_id")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["staff.id"], name=op.f("fk_recognition_requested_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recognition_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint("id", "programme_id", name=op.f("uq_recognition_id_programme_id")),
        sa.UniqueConstraint("id", "staff_id", "stage", name=op.f("uq_recognition_id_staff_id_stage")),
    )
    op.create_index(op.f("ix_recognition_staff_id"), "recognition", ["staff_id"], unique=False)


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("recognition")
    op.drop_table("course_result")
    op.drop_table("attendance")
    op.drop_table("booking")
    op.drop_table("event_trainer")
    op.drop_table("event_day")
    op.drop_table("event")
    op.drop_table("course")
