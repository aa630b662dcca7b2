"""Certificates, appointments, authorisations and stops: the upper half of the chain of proof."""

import sqlalchemy as sa
from alembic import op

revision = "0006_authorisations"
down_revision = "0005_training"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Certificates, appointments, authorisations and stops: the upper half of the chain of proof."""
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("decision_result", sa.String(length=20), nullable=True),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("result_passed", sa.Boolean(), nullable=True),
        sa.Column("recognition_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'programme') = (programme_id IS NOT NULL)", name=op.f("ck_certificate_programme_where_specific")
        ),
        sa.CheckConstraint(
            "decision_id IS NULL OR (stage = 'selection' AND decision_result IS NOT NULL AND decision_result = 'selected')",
            name=op.f("ck_certificate_decision_was_selected"),
        ),
        sa.CheckConstraint(
            "result_id IS NULL OR (stage <> 'selection' AND result_passed IS NOT NULL AND result_passed)",
            name=op.f("ck_certificate_result_was_passed"),
        ),
        sa.CheckConstraint(
            "stage IN ('selection', 'fundamental', 'programme')", name=op.f("ck_certificate_stage_known")
        ),
        sa.CheckConstraint(
            "(CASE WHEN decision_id IS NULL THEN 0 ELSE 1 END + CASE WHEN result_id IS NULL THEN 0 ELSE 1 END + CASE WHEN recognition_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_certificate_stands_on_one_fact"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "staff_id", "decision_result"],
            ["decision.id", "decision.staff_id", "decision.result"],
            name=op.f("fk_certificate_decision_id_staff_id_decision_result"),
        ),
        sa.ForeignKeyConstraint(["issued_by_id"], ["account.id"], name=op.f("fk_certificate_issued_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_certificate_programme_id")),
        sa.ForeignKeyConstraint(
            ["recognition_id", "programme_id"],
            ["recognition.id", "recognition.programme_id"],
            name=op.f("fk_certificate_recognition_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recognition_id", "staff_id", "stage"],
            ["recognition.id", "recognition.staff_id", "recognition.stage"],
            name=op.f("fk_certificate_recognition_id_staff_id_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["result_id", "programme_id"],
            ["course_result.id", "course_result.programme_id"],
            name=op.f("fk_certificate_result_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["result_id", "staff_id", "stage", "result_passed"],
            ["course_result.id", "course_result.staff_id", "course_result.stage", "course_result.passed"],
            name=op.f("fk_certificate_result_id_staff_id_stage_result_passed"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_certificate_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "id", "staff_id", "stage", "programme_id", name=op.f("uq_certificate_id_staff_id_stage_programme_id")
        ),
        sa.UniqueConstraint("id", "staff_id", "stage", name=op.f("uq_certificate_id_staff_id_stage")),
        sa.UniqueConstraint("id", "valid_from", "valid_to", name="uq_certificate_window"),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(op.f("ix_certificate_decision_id"), "certificate", ["decision_id"], unique=True)
    op.create_index(op.f("ix_certificate_recognition_id"), "certificate", ["recognition_id"], unique=True)
    op.create_index(op.f("ix_certificate_result_id"), "certificate", ["result_id"], unique=True)
    op.create_index(op.f("ix_certificate_staff_id_stage"), "certificate", ["staff_id", "stage"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approver_staff_id", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_appointment_has_reason")),
        sa.CheckConstraint(
            "role IN ('treatment_manager', 'designated_supervisor')", name=op.f("ck_appointment_role_known")
        ),
        sa.CheckConstraint(
            "approver_staff_id IS NULL OR approver_staff_id <> staff_id",
            name=op.f("ck_appointment_approver_is_not_the_person"),
        ),
        sa.ForeignKeyConstraint(["approved_by_id"], ["account.id"], name=op.f("fk_appointment_approved_by_id")),
        sa.ForeignKeyConstraint(["approver_staff_id"], ["staff.id"], name=op.f("fk_appointment_approver_staff_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_appointment_programme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_appointment_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "id", "staff_id", "programme_id", "role", name=op.f("uq_appointment_id_staff_id_programme_id_role")
        ),
        sa.UniqueConstraint("id", "valid_from", "valid_to", name="uq_appointment_window"),
    )
    op.create_index(op.f("ix_appointment_staff_id"), "appointment", ["staff_id"], unique=False)
    op.create_table(
        "authorisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("selection_id", sa.Integer(), nullable=False),
        sa.Column("selection_stage", sa.String(length=20), nullable=False),
        sa.Column("selection_from", sa.Date(), nullable=False),
        sa.Column("selection_to", sa.Date(), nullable=False),
        sa.Column("fundamental_id", sa.Integer(), nullable=False),
        sa.Column("fundamental_stage", sa.String(length=20), nullable=False),
        sa.Column("fundamental_from", sa.Date(), nullable=False),
        sa.Column("fundamental_to", sa.Date(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("training_stage", sa.String(length=20), nullable=False),
        sa.Column("training_from", sa.Date(), nullable=False),
        sa.Column("training_to", sa.Date(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("appointment_from", sa.Date(), nullable=True),
        sa.Column("appointment_to", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "NOT (role <> 'facilitator') OR (appointment_id IS NOT NULL AND appointment_from IS NOT NULL AND appointment_to IS NOT NULL AND appointment_from <= valid_from AND valid_to <= appointment_to)",
            name=op.f("ck_authorisation_within_appointment"),
        ),
        sa.CheckConstraint("fundamental_stage = 'fundamental'", name=op.f("ck_authorisation_fundamental_is_that_step")),
        sa.CheckConstraint(
            "role IN ('facilitator', 'treatment_manager', 'designated_supervisor')",
            name=op.f("ck_authorisation_role_known"),
        ),
        sa.CheckConstraint("selection_stage = 'selection'", name=op.f("ck_authorisation_selection_is_that_step")),
        sa.CheckConstraint("training_stage = 'programme'", name=op.f("ck_authorisation_training_is_that_step")),
        sa.CheckConstraint(
            "fundamental_id IS NOT NULL AND fundamental_from IS NOT NULL AND fundamental_to IS NOT NULL AND fundamental_from <= valid_from AND valid_to <= fundamental_to",
            name=op.f("ck_authorisation_within_fundamental"),
        ),
        sa.CheckConstraint(
            "selection_id IS NOT NULL AND selection_from IS NOT NULL AND selection_to IS NOT NULL AND selection_from <= valid_from AND valid_to <= selection_to",
            name=op.f("ck_authorisation_within_selection"),
        ),
        sa.CheckConstraint(
            "training_id IS NOT NULL AND training_from IS NOT NULL AND training_to IS NOT NULL AND training_from <= valid_from AND valid_to <= training_to",
            name=op.f("ck_authorisation_within_training"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id", "appointment_from", "appointment_to"],
            ["appointment.id", "appointment.valid_from", "appointment.valid_to"],
            name="fk_authorisation_appointment_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id", "staff_id", "programme_id", "role"],
            ["appointment.id", "appointment.staff_id", "appointment.programme_id", "appointment.role"],
            name="fk_authorisation_appointment_identity",
        ),
        sa.ForeignKeyConstraint(
            ["fundamental_id", "fundamental_from", "fundamental_to"],
            ["certificate.id", "certificate.valid_from", "certificate.valid_to"],
            name="fk_authorisation_fundamental_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fundamental_id", "staff_id", "fundamental_stage"],
            ["certificate.id", "certificate.staff_id", "certificate.stage"],
            name="fk_authorisation_fundamental_identity",
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_authorisation_made_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_authorisation_programme_id")),
        sa.ForeignKeyConstraint(
            ["selection_id", "selection_from", "selection_to"],
            ["certificate.id", "certificate.valid_from", "certificate.valid_to"],
            name="fk_authorisation_selection_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["selection_id", "staff_id", "selection_stage"],
            ["certificate.id", "certificate.staff_id", "certificate.stage"],
            name="fk_authorisation_selection_identity",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_authorisation_staff_id")),
        sa.ForeignKeyConstraint(
            ["training_id", "staff_id", "training_stage", "programme_id"],
            ["certificate.id", "certificate.staff_id", "certificate.stage", "certificate.programme_id"],
            name="fk_authorisation_training_identity",
        ),
        sa.ForeignKeyConstraint(
            ["training_id", "training_from", "training_to"],
            ["certificate.id", "certificate.valid_from", "certificate.valid_to"],
            name="fk_authorisation_training_window",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation")),
        sa.UniqueConstraint(
            "id", "staff_id", "programme_id", "role", name=op.f("uq_authorisation_id_staff_id_programme_id_role")
        ),
        sa.UniqueConstraint("id", "valid_from", "valid_to", name="uq_authorisation_window"),
    )
    op.create_index(op.f("ix_authorisation_appointment_id"), "authorisation", ["appointment_id"], unique=False)
    op.create_index(op.f("ix_authorisation_fundamental_id"), "authorisation", ["fundamental_id"], unique=False)
    op.create_index(
        op.f("ix_authorisation_programme_id_role_valid_to"),
        "authorisation",
        ["programme_id", "role", "valid_to"],
        unique=False,
    )
    op.create_index(op.f("ix_authorisation_selection_id"), "authorisation", ["selection_id"], unique=False)
    op.create_index(
        op.f("ix_authorisation_staff_id_programme_id_role"),
        "authorisation",
        ["staff_id", "programme_id", "role"],
        unique=False,
    )
    op.create_index(op.f("ix_authorisation_training_id"), "authorisation", ["training_id"], unique=False)
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('suspension', 'deselection')", name=op.f("ck_stop_kind_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_stop_has_reason")),
        sa.CheckConstraint("from_day <= to_day", name=op.f("ck_stop_days_in_order")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_stop_decided_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_stop_programme_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stop_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index(op.f("ix_stop_staff_id"), "stop", ["staff_id"], unique=False)


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("stop")
    op.drop_table("authorisation")
    op.drop_table("appointment")
    op.drop_table("certificate")
