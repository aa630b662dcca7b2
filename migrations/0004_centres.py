"""Assessment centres, rating forms, moderation, outcomes and decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_centres"
down_revision = "0003_standards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Assessment centres, rating forms, moderation, outcomes and decisions."""
    op.create_table(
        "assessor_training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_assessor_training_days_in_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assessor_training_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessor_training")),
    )
    op.create_index(op.f("ix_assessor_training_staff_id"), "assessor_training", ["staff_id"], unique=False)
    op.create_table(
        "centre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_centre_area_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["staff.id"], name=op.f("fk_centre_chair_id")),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_centre_standard_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
    )
    op.create_index(op.f("ix_centre_area_id"), "centre", ["area_id"], unique=False)
    op.create_index(op.f("ix_centre_chair_id"), "centre", ["chair_id"], unique=False)
    op.create_table(
        "candidacy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("nominated_by_id", sa.Integer(), nullable=True),
        sa.Column("put_forward_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_candidacy_centre_id")),
        sa.ForeignKeyConstraint(["nominated_by_id"], ["staff.id"], name=op.f("fk_candidacy_nominated_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_candidacy_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("centre_id", "staff_id", name=op.f("uq_candidacy_centre_id_staff_id")),
        sa.UniqueConstraint("id", "staff_id", name=op.f("uq_candidacy_id_staff_id")),
    )
    op.create_index(op.f("ix_candidacy_staff_id"), "candidacy", ["staff_id"], unique=False)
    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidacy_id", "staff_id"],
            ["candidacy.id", "candidacy.staff_id"],
            name=op.f("fk_sitting_candidacy_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id", "kind"], ["exercise.id", "exercise.kind"], name=op.f("fk_sitting_exercise_id_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("candidacy_id", "exercise_id", name=op.f("uq_sitting_candidacy_id_exercise_id")),
        sa.UniqueConstraint("id", "staff_id", "kind", name=op.f("uq_sitting_id_staff_id_kind")),
        sa.UniqueConstraint("id", "staff_id", name=op.f("uq_sitting_id_staff_id")),
    )
    op.create_index(op.f("ix_sitting_exercise_id"), "sitting", ["exercise_id"], unique=False)
    op.create_index(op.f("ix_sitting_staff_id"), "sitting", ["staff_id"], unique=False)
    op.create_table(
        "rating_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("third", sa.Boolean(), nullable=False),
        sa.Column("global_judgement", sa.String(length=20), nullable=True),
        sa.Column("critical_incident", sa.Boolean(), nullable=False),
        sa.Column("incident_note", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "global_judgement IN ('clear_no', 'borderline', 'competent', 'strong')",
            name=op.f("ck_rating_form_global_judgement_known"),
        ),
        sa.CheckConstraint("assessor_id <> staff_id", name=op.f("ck_rating_form_nobody_assesses_themselves")),
        sa.CheckConstraint(
            "sealed_at IS NULL OR global_judgement IS NOT NULL", name=op.f("ck_rating_form_sealed_with_judgement")
        ),
        sa.ForeignKeyConstraint(["assessor_id"], ["staff.id"], name=op.f("fk_rating_form_assessor_id")),
        sa.ForeignKeyConstraint(
            ["sitting_id", "staff_id"],
            ["sitting.id", "sitting.staff_id"],
            name=op.f("fk_rating_form_sitting_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_form")),
        sa.UniqueConstraint("sitting_id", "assessor_id", name=op.f("uq_rating_form_sitting_id_assessor_id")),
    )
    op.create_index(op.f("ix_rating_form_assessor_id"), "rating_form", ["assessor_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("no_opportunity", sa.Boolean(), nullable=False),
        sa.Column("why_no_opportunity", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.CheckConstraint("points IS NULL OR NOT no_opportunity", name=op.f("ck_rating_rated_or_no_opportunity")),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 0 AND 100", name=op.f("ck_rating_points_in_bounds")),
        sa.ForeignKeyConstraint(["competency_id"], ["competency.id"], name=op.f("fk_rating_competency_id")),
        sa.ForeignKeyConstraint(["form_id"], ["rating_form.id"], name=op.f("fk_rating_form_id")),
        sa.PrimaryKeyConstraint("form_id", "competency_id", name=op.f("pk_rating")),
    )
    op.create_table(
        "indicator_mark",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.String(length=10), nullable=False),
        sa.CheckConstraint("seen IN ('seen', 'contrary', 'not_seen')", name=op.f("ck_indicator_mark_seen_known")),
        sa.ForeignKeyConstraint(["form_id"], ["rating_form.id"], name=op.f("fk_indicator_mark_form_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_mark_indicator_id")),
        sa.PrimaryKeyConstraint("form_id", "indicator_id", name=op.f("pk_indicator_mark")),
    )
    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=20), nullable=False),
        sa.Column("competency_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("no_opportunity", sa.Boolean(), nullable=False),
        sa.Column("third_form_id", sa.Integer(), nullable=True),
        sa.Column("global_judgement", sa.String(length=20), nullable=True),
        sa.Column("incident_confirmed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "global_judgement IN ('clear_no', 'borderline', 'competent', 'strong')",
            name=op.f("ck_moderation_global_judgement_known"),
        ),
        sa.CheckConstraint(
            "matter <> 'agreed' OR (competency_id IS NOT NULL AND (points IS NOT NULL) <> no_opportunity)",
            name=op.f("ck_moderation_agreed_value"),
        ),
        sa.CheckConstraint(
            "matter <> 'incident' OR incident_confirmed IS NOT NULL", name=op.f("ck_moderation_incident_settled")
        ),
        sa.CheckConstraint(
            "matter <> 'judgement' OR global_judgement IS NOT NULL", name=op.f("ck_moderation_judgement_named")
        ),
        sa.CheckConstraint(
            "matter <> 'third_assessor' OR (competency_id IS NOT NULL AND third_form_id IS NOT NULL)",
            name=op.f("ck_moderation_third_form_named"),
        ),
        sa.CheckConstraint(
            "matter IN ('agreed', 'third_assessor', 'judgement', 'incident')", name=op.f("ck_moderation_matter_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_moderation_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_moderation_by_id")),
        sa.ForeignKeyConstraint(["competency_id"], ["competency.id"], name=op.f("fk_moderation_competency_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_moderation_sitting_id")),
        sa.ForeignKeyConstraint(["third_form_id"], ["rating_form.id"], name=op.f("fk_moderation_third_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
    )
    op.create_index(op.f("ix_moderation_sitting_id"), "moderation", ["sitting_id"], unique=False)
    op.create_table(
        "exercise_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("mean", sa.Integer(), nullable=True),
        sa.Column(
            "working",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("seconded_by_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('role_play', 'presentation', 'formal_interview')", name=op.f("ck_exercise_outcome_kind_known")
        ),
        sa.CheckConstraint(
            "result IN ('competent', 'borderline', 'not_yet', 'incomplete', 'void')",
            name=op.f("ck_exercise_outcome_result_known"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_exercise_outcome_by_id")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["staff.id"], name=op.f("fk_exercise_outcome_resolved_by_id")),
        sa.ForeignKeyConstraint(["seconded_by_id"], ["staff.id"], name=op.f("fk_exercise_outcome_seconded_by_id")),
        sa.ForeignKeyConstraint(
            ["sitting_id", "staff_id", "kind"],
            ["sitting.id", "sitting.staff_id", "sitting.kind"],
            name=op.f("fk_exercise_outcome_sitting_id_staff_id_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_outcome")),
        sa.UniqueConstraint(
            "id", "staff_id", "kind", "result", name=op.f("uq_exercise_outcome_id_staff_id_kind_result")
        ),
    )
    op.create_index(op.f("ix_exercise_outcome_staff_id"), "exercise_outcome", ["staff_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("standard_hash", sa.String(length=64), nullable=False),
        sa.Column("role_play_id", sa.Integer(), nullable=True),
        sa.Column("role_play_kind", sa.String(length=20), nullable=False),
        sa.Column("role_play_result", sa.String(length=20), nullable=True),
        sa.Column("presentation_id", sa.Integer(), nullable=True),
        sa.Column("presentation_kind", sa.String(length=20), nullable=False),
        sa.Column("presentation_result", sa.String(length=20), nullable=True),
        sa.Column("formal_interview_id", sa.Integer(), nullable=True),
        sa.Column("formal_interview_kind", sa.String(length=20), nullable=False),
        sa.Column("formal_interview_result", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "formal_interview_kind = 'formal_interview'", name=op.f("ck_decision_formal_interview_is_that_exercise")
        ),
        sa.CheckConstraint(
            "presentation_kind = 'presentation'", name=op.f("ck_decision_presentation_is_that_exercise")
        ),
        sa.CheckConstraint(
            "result <> 'selected' OR (role_play_id IS NOT NULL AND role_play_result IS NOT NULL AND role_play_result = 'competent' AND presentation_id IS NOT NULL AND presentation_result IS NOT NULL AND presentation_result = 'competent' AND formal_interview_id IS NOT NULL AND formal_interview_result IS NOT NULL AND formal_interview_result = 'competent')",
            name=op.f("ck_decision_selected_if_all_competent"),
        ),
        sa.CheckConstraint(
            "result IN ('selected', 'not_yet', 'deferred', 'void')", name=op.f("ck_decision_result_known")
        ),
        sa.CheckConstraint("role_play_kind = 'role_play'", name=op.f("ck_decision_role_play_is_that_exercise")),
        sa.CheckConstraint("chair_id <> staff_id", name=op.f("ck_decision_chair_is_not_candidate")),
        sa.ForeignKeyConstraint(
            ["candidacy_id", "staff_id"],
            ["candidacy.id", "candidacy.staff_id"],
            name=op.f("fk_decision_candidacy_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(["chair_id"], ["staff.id"], name=op.f("fk_decision_chair_id")),
        sa.ForeignKeyConstraint(
            ["formal_interview_id", "staff_id", "formal_interview_kind", "formal_interview_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_decision_formal_interview",
        ),
        sa.ForeignKeyConstraint(
            ["presentation_id", "staff_id", "presentation_kind", "presentation_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_decision_presentation",
        ),
        sa.ForeignKeyConstraint(
            ["role_play_id", "staff_id", "role_play_kind", "role_play_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_decision_role_play",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("candidacy_id", name=op.f("uq_decision_candidacy_id")),
        sa.UniqueConstraint("id", "staff_id", "result", name=op.f("uq_decision_id_staff_id_result")),
    )
    op.create_index(op.f("ix_decision_formal_interview_id"), "decision", ["formal_interview_id"], unique=False)
    op.create_index(op.f("ix_decision_presentation_id"), "decision", ["presentation_id"], unique=False)
    op.create_index(op.f("ix_decision_role_play_id"), "decision", ["role_play_id"], unique=False)
    op.create_index(op.f("ix_decision_staff_id"), "decision", ["staff_id"], unique=False)


def downgrade() -> None:
    """Drop what the upgrade made."""
    op.drop_table("decision")
    op.drop_table("exercise_outcome")
    op.drop_table("moderation")
    op.drop_table("indicator_mark")
    op.drop_table("rating")
    op.drop_table("rating_form")
    op.drop_table("sitting")
    op.drop_table("candidacy")
    op.drop_table("centre")
    op.drop_table("assessor_training")
