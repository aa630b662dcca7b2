"""After the outcomes: borderline reviews, what a decision rests on, appeals, feedback; and what the database refuses."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0017_decisions"
down_revision = "0016_catalogue"
branch_labels = None
depends_on = None

# In the order in which they lean on each other.
TABLES = (
    *("borderline_review", "borderline_view", "outcome_ground", "standing_outcome"),
    *("appeal", "appeal_hearing", "appeal_void", "feedback_release"),
)
KINDS = ("role_play", "presentation", "formal_interview")


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


NAMED_BY_NEW = ", ".join(f"NEW.{kind}_id" for kind in KINDS)
NAMED_BY_D = ", ".join(f"d.{kind}_id" for kind in KINDS)
DECIDED = "SELECT 1 FROM decision d JOIN sitting t ON t.candidacy_id = d.candidacy_id WHERE t.id = {row}.sitting_id"
UPHELD = "SELECT 1 FROM appeal a JOIN appeal_hearing h ON h.appeal_id = a.id WHERE a.decision_id = d.id AND h.result = 'upheld'"
LATER = "SELECT 1 FROM exercise_outcome later WHERE later.sitting_id = o.sitting_id AND later.id > o.id"
LATEST_VIEW = (
    "(SELECT v.outcome FROM borderline_view v WHERE v.review_id = r.id AND v.reviewer_id = r.{who}"
    " ORDER BY v.id DESC LIMIT 1)"
)
AGREED = (
    "SELECT 1 FROM borderline_review r WHERE r.sitting_id = NEW.sitting_id AND r.chair_id = NEW.resolved_by_id"
    " AND r.second_id = NEW.seconded_by_id"
    " AND r.outcome_id = (SELECT max(o.id) FROM exercise_outcome o WHERE o.sitting_id = NEW.sitting_id)"
    f" AND {LATEST_VIEW.format(who='chair_id')} = NEW.result AND {LATEST_VIEW.format(who='second_id')} = NEW.result"
)
INVOLVED = (
    "EXISTS (SELECT 1 FROM appeal a JOIN decision d ON d.id = a.decision_id"
    " JOIN candidacy y ON y.id = d.candidacy_id JOIN centre c ON c.id = y.centre_id"
    " JOIN staff s ON s.id = y.staff_id WHERE a.id = NEW.appeal_id"
    " AND NEW.heard_by_id IN (c.chair_id, d.chair_id, y.nominated_by_id, s.line_manager_id))"
    " OR EXISTS (SELECT 1 FROM appeal a JOIN decision d ON d.id = a.decision_id"
    " JOIN sitting t ON t.candidacy_id = d.candidacy_id JOIN rating_form f ON f.sitting_id = t.id"
    " WHERE a.id = NEW.appeal_id AND f.assessor_id = NEW.heard_by_id)"
    " OR EXISTS (SELECT 1 FROM appeal a JOIN decision d ON d.id = a.decision_id"
    " JOIN sitting t ON t.candidacy_id = d.candidacy_id JOIN borderline_review r ON r.sitting_id = t.id"
    " WHERE a.id = NEW.appeal_id AND NEW.heard_by_id IN (r.chair_id, r.second_id))"
    " OR EXISTS (SELECT 1 FROM acquaintance k WHERE (k.staff_id = NEW.staff_id AND k.other_id = NEW.heard_by_id)"
    " OR (k.other_id = NEW.staff_id AND k.staff_id = NEW.heard_by_id))"
)


def _facts() -> Iterator[Refusal]:
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            yield Refusal(f"{table}_{event.lower()}", table, event, "TRUE", f"{table} is only ever added to")


def _of_reviews() -> Iterator[Refusal]:
    yield Refusal(
        "borderline_review_second",
        "borderline_review",
        "INSERT",
        "EXISTS (SELECT 1 FROM rating_form f WHERE f.sitting_id = NEW.sitting_id AND f.assessor_id = NEW.second_id)",
        "the second person assessed this exercise",
    )
    yield Refusal(
        "borderline_review_of",
        "borderline_review",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM exercise_outcome o WHERE o.id = NEW.outcome_id AND o.sitting_id = NEW.sitting_id"
        f" AND NOT EXISTS ({LATER})) OR NOT EXISTS (SELECT 1 FROM sitting t JOIN candidacy y ON y.id = t.candidacy_id"
        " JOIN centre c ON c.id = y.centre_id WHERE t.id = NEW.sitting_id AND c.chair_id = NEW.chair_id)",
        "a review is of the latest outcome of the exercise, by the chair of its centre",
    )
    yield Refusal(
        "borderline_view_by",
        "borderline_view",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM borderline_review r WHERE r.id = NEW.review_id"
        " AND NEW.reviewer_id IN (r.chair_id, r.second_id))",
        "only the two who review a borderline say what it is",
    )


def _of_outcomes() -> Iterator[Refusal]:
    yield Refusal(
        "exercise_outcome_resolved",
        "exercise_outcome",
        "INSERT",
        "(NEW.resolved_by_id IS NULL) <> (NEW.seconded_by_id IS NULL)"
        f" OR (NEW.resolved_by_id IS NOT NULL AND NOT EXISTS ({AGREED}))",
        "a borderline is resolved as both reviewers say",
    )
    yield Refusal(
        "exercise_outcome_decided",
        "exercise_outcome",
        "INSERT",
        f"EXISTS ({DECIDED.format(row='NEW')} AND NOT (NEW.result = 'void' AND EXISTS ({UPHELD})))",
        "after the decision an outcome changes only by an appeal that is upheld",
    )
    yield Refusal(
        "moderation_decided",
        "moderation",
        "INSERT",
        f"EXISTS ({DECIDED.format(row='NEW')})",
        "after the decision nothing is moderated",
    )
    yield Refusal(
        "sitting_update",
        "sitting",
        "UPDATE",
        "OLD.candidacy_id <> NEW.candidacy_id OR OLD.exercise_id <> NEW.exercise_id"
        " OR (OLD.void_reason <> NEW.void_reason AND (OLD.void_reason <> ''"
        f" OR EXISTS ({DECIDED.format(row='NEW').replace('NEW.sitting_id', 'NEW.id')})))",
        "an exercise stays where it was sat, and void once it is declared so",
    )
    yield Refusal(
        "centre_update",
        "centre",
        "UPDATE",
        "OLD.standard_id <> NEW.standard_id AND EXISTS (SELECT 1 FROM candidacy y WHERE y.centre_id = NEW.id)",
        "a centre with candidates keeps its standard",
    )


def _of_decisions() -> Iterator[Refusal]:
    yield Refusal(
        "decision_under",
        "decision",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM candidacy y JOIN centre c ON c.id = y.centre_id"
        " JOIN standard s ON s.id = c.standard_id WHERE y.id = NEW.candidacy_id AND c.chair_id = NEW.chair_id"
        " AND s.content_hash = NEW.standard_hash)",
        "a decision is signed by the chair of its centre, under the standard that the centre pins",
    )
    yield Refusal(
        "decision_latest",
        "decision",
        "INSERT",
        f"EXISTS (SELECT 1 FROM exercise_outcome o WHERE o.id IN ({NAMED_BY_NEW}) AND EXISTS ({LATER}))",
        "a decision rests on the latest outcome of each exercise",
    )
    yield Refusal(
        "decision_standing",
        "decision",
        "INSERT",
        "EXISTS (SELECT 1 FROM exercise_outcome o JOIN sitting t ON t.id = o.sitting_id"
        f" WHERE o.id IN ({NAMED_BY_NEW}) AND t.candidacy_id <> NEW.candidacy_id"
        " AND (EXISTS (SELECT 1 FROM sitting here WHERE here.candidacy_id = NEW.candidacy_id AND here.kind = o.kind)"
        " OR NOT EXISTS (SELECT 1 FROM standing_outcome p WHERE p.candidacy_id = NEW.candidacy_id"
        " AND p.outcome_id = o.id)))",
        "an outcome of another centre counts only where it stands and the exercise is not sat again",
    )
    yield Refusal(
        "standing_outcome_of",
        "standing_outcome",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM decision d JOIN sitting t ON t.candidacy_id = d.candidacy_id"
        " JOIN exercise_outcome o ON o.sitting_id = t.id WHERE d.id = NEW.earlier_id AND o.id = NEW.outcome_id"
        f" AND d.decided_on = NEW.stands_from AND o.id IN ({NAMED_BY_D}) AND NOT EXISTS ({LATER}))"
        " OR NOT EXISTS (SELECT 1 FROM candidacy y JOIN centre c ON c.id = y.centre_id"
        " WHERE y.id = NEW.candidacy_id AND c.held_on = NEW.counted_on)",
        "what stands is the outcome that the earlier decision names, from its day on",
    )


def _of_grounds() -> Iterator[Refusal]:
    yield Refusal(
        "outcome_ground_of",
        "outcome_ground",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM exercise_outcome o WHERE o.id = NEW.outcome_id"
        " AND (EXISTS (SELECT 1 FROM rating_form f WHERE f.id = NEW.form_id AND f.sitting_id = o.sitting_id"
        " AND f.sealed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM moderation m WHERE m.id = NEW.moderation_id"
        " AND m.sitting_id = o.sitting_id)))",
        "an outcome rests on sealed forms and moderations of its own exercise",
    )


def _of_appeals() -> Iterator[Refusal]:
    yield Refusal(
        "appeal_hearing_involved",
        "appeal_hearing",
        "INSERT",
        INVOLVED,
        "an appeal is heard by somebody who was not involved",
    )
    yield Refusal(
        "appeal_void_of",
        "appeal_void",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM appeal_hearing h JOIN appeal a ON a.id = h.appeal_id"
        " JOIN decision d ON d.id = a.decision_id JOIN sitting t ON t.candidacy_id = d.candidacy_id"
        " JOIN exercise_outcome o ON o.sitting_id = t.id"
        " WHERE h.id = NEW.hearing_id AND t.id = NEW.sitting_id AND o.id = NEW.outcome_id)",
        "an appeal makes void what was sat for the decision that it is against",
    )
    yield Refusal(
        "feedback_release_by",
        "feedback_release",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM decision d JOIN candidacy y ON y.id = d.candidacy_id"
        " JOIN centre c ON c.id = y.centre_id WHERE d.id = NEW.decision_id"
        " AND NEW.chair_id IN (c.chair_id, d.chair_id))",
        "feedback is released by the chair",
    )


def refusals() -> list[Refusal]:
    """Return every refusal that holds on both databases."""
    parts = (_facts, _of_reviews, _of_outcomes, _of_decisions, _of_grounds, _of_appeals)
    return [refusal for part in parts for refusal in part()]


def upgrade() -> None:
    """Make the tables, and the triggers on them and on what they lean on."""
    _reviews()
    _grounds()
    _appeals()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        (_on_sqlite if on_sqlite else _on_postgresql)(refusal)
    for table in TABLES:
        (_guard_sqlite if on_sqlite else _guard_postgresql)(table)


def _reviews() -> None:
    op.create_table(
        "borderline_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("outcome_result", sa.String(length=20), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome_result = 'borderline'", name=op.f("ck_borderline_review_of_a_borderline")),
        sa.CheckConstraint("chair_id <> second_id", name=op.f("ck_borderline_review_two_people")),
        sa.CheckConstraint(
            "chair_id <> staff_id AND second_id <> staff_id",
            name=op.f("ck_borderline_review_nobody_reviews_themselves"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_borderline_review_by_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["staff.id"], name=op.f("fk_borderline_review_chair_id")),
        sa.ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_borderline_review_outcome",
        ),
        sa.ForeignKeyConstraint(["second_id"], ["staff.id"], name=op.f("fk_borderline_review_second_id")),
        sa.ForeignKeyConstraint(
            ["sitting_id", "staff_id", "kind"],
            ["sitting.id", "sitting.staff_id", "sitting.kind"],
            name=op.f("fk_borderline_review_sitting_id_staff_id_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borderline_review")),
    )
    op.create_index(op.f("ix_borderline_review_outcome_id"), "borderline_review", ["outcome_id"], unique=False)
    op.create_index(op.f("ix_borderline_review_second_id"), "borderline_review", ["second_id"], unique=False)
    op.create_index(op.f("ix_borderline_review_sitting_id"), "borderline_review", ["sitting_id"], unique=False)
    op.create_table(
        "borderline_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('competent', 'not_yet')", name=op.f("ck_borderline_view_outcome_known")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_borderline_view_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_borderline_view_by_id")),
        sa.ForeignKeyConstraint(["review_id"], ["borderline_review.id"], name=op.f("fk_borderline_view_review_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["staff.id"], name=op.f("fk_borderline_view_reviewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borderline_view")),
    )
    op.create_index(op.f("ix_borderline_view_review_id"), "borderline_view", ["review_id"], unique=False)


def _grounds() -> None:
    op.create_table(
        "standing_outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("outcome_result", sa.String(length=20), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("earlier_result", sa.String(length=20), nullable=False),
        sa.Column("stands_from", sa.Date(), nullable=False),
        sa.Column("stands_to", sa.Date(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "earlier_result <> 'selected'", name=op.f("ck_standing_outcome_nothing_stands_from_a_selection")
        ),
        sa.CheckConstraint(
            "stands_from <= counted_on AND counted_on <= stands_to", name=op.f("ck_standing_outcome_stands_on_the_day")
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id", "staff_id"],
            ["candidacy.id", "candidacy.staff_id"],
            name=op.f("fk_standing_outcome_candidacy_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id", "staff_id", "earlier_result"],
            ["decision.id", "decision.staff_id", "decision.result"],
            name="fk_standing_outcome_earlier",
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_standing_outcome_outcome",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_outcome")),
        sa.UniqueConstraint("candidacy_id", "kind", name=op.f("uq_standing_outcome_candidacy_id_kind")),
    )
    op.create_table(
        "outcome_ground",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("moderation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(form_id IS NULL) <> (moderation_id IS NULL)", name=op.f("ck_outcome_ground_form_or_moderation")
        ),
        sa.CheckConstraint(
            "(form_id IS NULL) = (content_hash IS NULL)", name=op.f("ck_outcome_ground_form_with_its_hash")
        ),
        sa.ForeignKeyConstraint(["form_id"], ["rating_form.id"], name=op.f("fk_outcome_ground_form_id")),
        sa.ForeignKeyConstraint(["moderation_id"], ["moderation.id"], name=op.f("fk_outcome_ground_moderation_id")),
        sa.ForeignKeyConstraint(["outcome_id"], ["exercise_outcome.id"], name=op.f("fk_outcome_ground_outcome_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_ground")),
        sa.UniqueConstraint("outcome_id", "form_id", name=op.f("uq_outcome_ground_outcome_id_form_id")),
        sa.UniqueConstraint("outcome_id", "moderation_id", name=op.f("uq_outcome_ground_outcome_id_moderation_id")),
    )


def _appeals() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("decision_result", sa.String(length=20), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=False),
        sa.Column("lodged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("decision_result <> 'selected'", name=op.f("ck_appeal_not_against_selection")),
        sa.CheckConstraint("grounds <> ''", name=op.f("ck_appeal_has_grounds")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_appeal_by_id")),
        sa.ForeignKeyConstraint(
            ["decision_id", "staff_id", "decision_result"],
            ["decision.id", "decision.staff_id", "decision.result"],
            name=op.f("fk_appeal_decision_id_staff_id_decision_result"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
        sa.UniqueConstraint("id", "staff_id", name=op.f("uq_appeal_id_staff_id")),
    )
    op.create_index(op.f("ix_appeal_staff_id"), "appeal", ["staff_id"], unique=False)
    op.create_table(
        "appeal_hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("heard_by_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_appeal_hearing_has_reason")),
        sa.CheckConstraint("result IN ('dismissed', 'upheld')", name=op.f("ck_appeal_hearing_result_known")),
        sa.CheckConstraint("heard_by_id <> staff_id", name=op.f("ck_appeal_hearing_nobody_hears_their_own")),
        sa.ForeignKeyConstraint(
            ["appeal_id", "staff_id"],
            ["appeal.id", "appeal.staff_id"],
            name=op.f("fk_appeal_hearing_appeal_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_appeal_hearing_by_id")),
        sa.ForeignKeyConstraint(["heard_by_id"], ["staff.id"], name=op.f("fk_appeal_hearing_heard_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_hearing")),
        sa.UniqueConstraint("appeal_id", name=op.f("uq_appeal_hearing_appeal_id")),
        sa.UniqueConstraint("id", "staff_id", "result", name=op.f("uq_appeal_hearing_id_staff_id_result")),
    )
    op.create_index(op.f("ix_appeal_hearing_heard_by_id"), "appeal_hearing", ["heard_by_id"], unique=False)
    op.create_table(
        "appeal_void",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("hearing_result", sa.String(length=20), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("outcome_result", sa.String(length=20), nullable=False),
        sa.CheckConstraint("hearing_result = 'upheld'", name=op.f("ck_appeal_void_only_if_upheld")),
        sa.CheckConstraint("outcome_result = 'void'", name=op.f("ck_appeal_void_is_void")),
        sa.ForeignKeyConstraint(
            ["hearing_id", "staff_id", "hearing_result"],
            ["appeal_hearing.id", "appeal_hearing.staff_id", "appeal_hearing.result"],
            name="fk_appeal_void_hearing",
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id", "staff_id", "kind", "outcome_result"],
            ["exercise_outcome.id", "exercise_outcome.staff_id", "exercise_outcome.kind", "exercise_outcome.result"],
            name="fk_appeal_void_outcome",
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id", "staff_id", "kind"],
            ["sitting.id", "sitting.staff_id", "sitting.kind"],
            name=op.f("fk_appeal_void_sitting_id_staff_id_kind"),
        ),
        sa.PrimaryKeyConstraint("hearing_id", "sitting_id", name=op.f("pk_appeal_void")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_appeal_void_outcome_id")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_appeal_void_sitting_id")),
    )
    op.create_table(
        "feedback_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("decision_result", sa.String(length=20), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("chair_id <> staff_id", name=op.f("ck_feedback_release_chair_is_not_candidate")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_feedback_release_by_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["staff.id"], name=op.f("fk_feedback_release_chair_id")),
        sa.ForeignKeyConstraint(
            ["decision_id", "staff_id", "decision_result"],
            ["decision.id", "decision.staff_id", "decision.result"],
            name=op.f("fk_feedback_release_decision_id_staff_id_decision_result"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_release")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_feedback_release_decision_id")),
    )
    op.create_index(op.f("ix_feedback_release_staff_id"), "feedback_release", ["staff_id"], unique=False)


def _on_sqlite(refusal: Refusal) -> None:
    op.execute(
        f"CREATE TRIGGER refuse_{refusal.name} BEFORE {refusal.event} ON {refusal.table} WHEN {refusal.condition}"
        f" BEGIN SELECT RAISE(ABORT, '{refusal.message}'); END"
    )


def _on_postgresql(refusal: Refusal) -> None:
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


def _guard_sqlite(table: str) -> None:
    switched_off = (
        "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
        " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
        " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
    )
    for event in ("INSERT", "UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {switched_off}"
            " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
        )


def _guard_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
    )


def downgrade() -> None:
    """Drop the triggers and the tables."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        op.execute(
            f"DROP TRIGGER refuse_{refusal.name}" if on_sqlite else f"DROP FUNCTION refuse_{refusal.name}() CASCADE"
        )
    for table in reversed(TABLES):
        op.drop_table(table)
