"""What supervisors record and sign, what became of each session, and the secret links to calendars."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0015_supervisors_records"
down_revision = "0014_sessions"
branch_labels = None
depends_on = None


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


PUBLISHED = "SELECT 1 FROM record_form f WHERE f.id = {row}.form_id AND f.state = 'published'"
SIGNED = "SELECT 1 FROM supervisor_record r WHERE r.id = {row}.record_id AND r.signed_at IS NOT NULL"
RECORD = (
    *("id", "kind", "group_id", "supervisor_id", "held_on", "next_on", "session_id", "form_id", "supervision_id"),
    *("corrects_id", "reason", "made_at", "made_by_id", "signed_at"),
)
SUBJECT = (
    *("record_id", "facilitator_id", "kind", "group_id", "supervisor_id", "held_on", "session_id", "on_day"),
    *("position", "present", "assignment_id"),
)
CONTACT = ("id", "group_id", "facilitator_id", "supervisor_id", "on_day", "supervision_id", "assignment_id")
PROVEN = (
    "supervisor_record",
    "record_subject",
    "record_answer",
    "record_action",
    "wellbeing_contact",
    "session_record",
)


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns) + ")"


def _below(table: str, query: str, message: str, columns: tuple[str, ...] = ()) -> Iterator[Refusal]:
    """Refuse whatever is done to the parts of something that is fixed; `columns` alone, if others may follow."""
    for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
        condition = " OR ".join(f"EXISTS ({query.format(row=row)})" for row in rows)
        if event == "UPDATE" and columns:
            condition = f"({condition}) AND {_changed(columns)}"
        yield Refusal(f"{table}_{event.lower()}", table, event, condition, message)


def refusals() -> Iterator[Refusal]:
    """Yield what keeps published forms, signed records, days of wellbeing and records of sessions as they are."""
    message = "a published form never changes"
    for event in ("UPDATE", "DELETE"):
        yield Refusal(f"record_form_{event.lower()}", "record_form", event, "OLD.state = 'published'", message)
    for table in ("form_point", "form_question"):
        yield from _below(table, PUBLISHED, message)
    message = "a signed record never changes"
    signed = "OLD.signed_at IS NOT NULL"
    yield Refusal(
        "supervisor_record_update", "supervisor_record", "UPDATE", f"{signed} AND {_changed(RECORD)}", message
    )
    yield Refusal("supervisor_record_delete", "supervisor_record", "DELETE", signed, message)
    yield from _below("record_subject", SIGNED, message, SUBJECT)
    for table in ("record_answer", "record_action"):
        yield from _below(table, SIGNED, message)
    message = "a day of wellbeing support stays"
    yield Refusal("wellbeing_contact_update", "wellbeing_contact", "UPDATE", _changed(CONTACT), message)
    yield Refusal("wellbeing_contact_delete", "wellbeing_contact", "DELETE", "TRUE", message)
    for event in ("UPDATE", "DELETE"):
        message = "the record of a session is only ever added to"
        yield Refusal(f"session_record_{event.lower()}", "session_record", event, "TRUE", message)


def upgrade() -> None:
    """What supervisors record, what became of sessions, and links to calendars."""
    _forms()
    _records()
    _sessions()
    _calendars()
    for refusal in refusals():
        (_trigger_on_sqlite if _on_sqlite() else _trigger_on_postgresql)(refusal)
    (_guard_sqlite if _on_sqlite() else _guard_postgresql)()


def _forms() -> None:
    op.create_table(
        "record_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('supervision', 'observation', 'review')", name=op.f("ck_record_form_kind_known")),
        sa.CheckConstraint(
            "state = 'draft' OR published_at IS NOT NULL", name=op.f("ck_record_form_published_at_a_time")
        ),
        sa.CheckConstraint("state IN ('draft', 'published')", name=op.f("ck_record_form_state_known")),
        sa.ForeignKeyConstraint(["published_by_id"], ["account.id"], name=op.f("fk_record_form_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_form")),
        sa.UniqueConstraint("id", "kind", name=op.f("uq_record_form_id_kind")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_record_form_kind_number")),
    )
    op.create_table(
        "form_point",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.CheckConstraint("point BETWEEN 1 AND 10", name=op.f("ck_form_point_from_one_up")),
        sa.ForeignKeyConstraint(["form_id"], ["record_form.id"], name=op.f("fk_form_point_form_id")),
        sa.PrimaryKeyConstraint("form_id", "point", name=op.f("pk_form_point")),
    )
    op.create_table(
        "form_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("from_facilitators", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('words', 'points')", name=op.f("ck_form_question_answer_known")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_form_question_asks_something")),
        sa.CheckConstraint("from_facilitators BETWEEN 1 AND 3", name=op.f("ck_form_question_for_one_to_three")),
        sa.ForeignKeyConstraint(["form_id"], ["record_form.id"], name=op.f("fk_form_question_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_question")),
        sa.UniqueConstraint("form_id", "position", name=op.f("uq_form_question_form_id_position")),
        sa.UniqueConstraint("id", "form_id", "answer", name=op.f("uq_form_question_id_form_id_answer")),
    )


def _records() -> None:
    op.create_table(
        "supervisor_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("supervision_from", sa.Date(), nullable=False),
        sa.Column("supervision_to", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'supervision') = (session_id IS NULL)", name=op.f("ck_supervisor_record_of_a_session")
        ),
        sa.CheckConstraint(
            "corrects_id IS NULL OR (corrects_id <> id AND reason <> '')",
            name=op.f("ck_supervisor_record_corrected_for_a_reason"),
        ),
        sa.CheckConstraint(
            "kind IN ('supervision', 'observation', 'review')", name=op.f("ck_supervisor_record_kind_known")
        ),
        sa.CheckConstraint("next_on IS NULL OR held_on < next_on", name=op.f("ck_supervisor_record_next_is_later")),
        sa.CheckConstraint(
            "supervision_id IS NOT NULL AND supervision_from IS NOT NULL AND supervision_to IS NOT NULL AND supervision_from <= held_on AND held_on <= supervision_to",
            name=op.f("ck_supervisor_record_within_supervision"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id", "kind", "group_id"],
            ["supervisor_record.id", "supervisor_record.kind", "supervisor_record.group_id"],
            name=op.f("fk_supervisor_record_corrects_id_kind_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["form_id", "kind"], ["record_form.id", "record_form.kind"], name=op.f("fk_supervisor_record_form_id_kind")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_supervisor_record_made_by_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "group_id"],
            ["group_session.id", "group_session.group_id"],
            name=op.f("fk_supervisor_record_session_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id", "group_id", "supervisor_id"],
            ["supervision.id", "supervision.group_id", "supervision.supervisor_id"],
            name="fk_supervisor_record_supervision_identity",
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id", "supervision_from", "supervision_to"],
            ["supervision.id", "supervision.starts_on", "supervision.ends_on"],
            name="fk_supervisor_record_supervision_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_supervisor_record_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor_record")),
        sa.UniqueConstraint("id", "form_id", name=op.f("uq_supervisor_record_id_form_id")),
        sa.UniqueConstraint("id", "kind", "group_id", "supervisor_id", "held_on", name="uq_supervisor_record_identity"),
        sa.UniqueConstraint("id", "kind", "group_id", name=op.f("uq_supervisor_record_id_kind_group_id")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_supervisor_record_id_session_id")),
    )
    op.create_index(op.f("ix_supervisor_record_corrects_id"), "supervisor_record", ["corrects_id"], unique=True)
    op.create_index(op.f("ix_supervisor_record_form_id"), "supervisor_record", ["form_id"], unique=False)
    op.create_index(
        op.f("ix_supervisor_record_group_id_held_on"), "supervisor_record", ["group_id", "held_on"], unique=False
    )
    op.create_index(op.f("ix_supervisor_record_made_by_id"), "supervisor_record", ["made_by_id"], unique=False)
    op.create_index(op.f("ix_supervisor_record_session_id"), "supervisor_record", ["session_id"], unique=False)
    op.create_index(op.f("ix_supervisor_record_supervision_id"), "supervisor_record", ["supervision_id"], unique=False)
    op.create_index(
        op.f("ix_supervisor_record_supervisor_id_held_on"),
        "supervisor_record",
        ["supervisor_id", "held_on"],
        unique=False,
    )
    op.create_table(
        "record_subject",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("assignment_from", sa.Date(), nullable=False),
        sa.Column("assignment_to", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'supervision') = (session_id IS NULL)", name=op.f("ck_record_subject_of_a_session")
        ),
        sa.CheckConstraint(
            "on_day = held_on OR (kind = 'review' AND on_day < held_on)", name=op.f("ck_record_subject_of_that_day")
        ),
        sa.CheckConstraint(
            "assignment_id IS NOT NULL AND assignment_from IS NOT NULL AND assignment_to IS NOT NULL AND assignment_from <= on_day AND on_day <= assignment_to",
            name=op.f("ck_record_subject_within_assignment"),
        ),
        sa.CheckConstraint("facilitator_id <> supervisor_id", name=op.f("ck_record_subject_not_on_oneself")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_record_subject_in_order")),
        sa.ForeignKeyConstraint(
            ["assignment_id", "assignment_from", "assignment_to"],
            ["assignment.id", "assignment.starts_on", "assignment.ends_on"],
            name="fk_record_subject_assignment_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "group_id", "facilitator_id"],
            ["assignment.id", "assignment.group_id", "assignment.facilitator_id"],
            name="fk_record_subject_assignment_identity",
        ),
        sa.ForeignKeyConstraint(["facilitator_id"], ["staff.id"], name=op.f("fk_record_subject_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["record_id", "kind", "group_id", "supervisor_id", "held_on"],
            [
                "supervisor_record.id",
                "supervisor_record.kind",
                "supervisor_record.group_id",
                "supervisor_record.supervisor_id",
                "supervisor_record.held_on",
            ],
            name="fk_record_subject_record",
        ),
        sa.ForeignKeyConstraint(
            ["record_id", "session_id"],
            ["supervisor_record.id", "supervisor_record.session_id"],
            name=op.f("fk_record_subject_record_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "facilitator_id"],
            ["session_facilitator.session_id", "session_facilitator.facilitator_id"],
            name=op.f("fk_record_subject_session_id_facilitator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "on_day"],
            ["group_session.id", "group_session.day"],
            name=op.f("fk_record_subject_session_id_on_day"),
        ),
        sa.PrimaryKeyConstraint("record_id", "facilitator_id", name=op.f("pk_record_subject")),
        sa.UniqueConstraint("record_id", "position", name=op.f("uq_record_subject_record_id_position")),
    )
    op.create_index(op.f("ix_record_subject_assignment_id"), "record_subject", ["assignment_id"], unique=False)
    op.create_index(
        op.f("ix_record_subject_facilitator_id_on_day"), "record_subject", ["facilitator_id", "on_day"], unique=False
    )
    op.create_index(op.f("ix_record_subject_session_id"), "record_subject", ["session_id"], unique=False)
    op.create_table(
        "record_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(answer = 'words' AND facilitator_id IS NULL AND points IS NULL AND NOT not_applicable) OR (answer = 'points' AND facilitator_id IS NOT NULL AND (points IS NOT NULL OR not_applicable))",
            name=op.f("ck_record_answer_answers_as_asked"),
        ),
        sa.CheckConstraint(
            "points IS NULL OR NOT not_applicable", name=op.f("ck_record_answer_points_or_not_applicable")
        ),
        sa.ForeignKeyConstraint(
            ["form_id", "points"],
            ["form_point.form_id", "form_point.point"],
            name=op.f("fk_record_answer_form_id_points"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "form_id", "answer"],
            ["form_question.id", "form_question.form_id", "form_question.answer"],
            name=op.f("fk_record_answer_question_id_form_id_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id", "facilitator_id"],
            ["record_subject.record_id", "record_subject.facilitator_id"],
            name=op.f("fk_record_answer_record_id_facilitator_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id", "form_id"],
            ["supervisor_record.id", "supervisor_record.form_id"],
            name=op.f("fk_record_answer_record_id_form_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_answer")),
        sa.UniqueConstraint(
            "record_id",
            "question_id",
            "facilitator_id",
            name=op.f("uq_record_answer_record_id_question_id_facilitator_id"),
        ),
    )
    op.create_index(op.f("ix_record_answer_question_id"), "record_answer", ["question_id"], unique=False)
    op.create_index(
        "uq_record_answer_once_in_words",
        "record_answer",
        ["record_id", "question_id"],
        unique=True,
        sqlite_where=sa.text("facilitator_id IS NULL"),
        postgresql_where=sa.text("facilitator_id IS NULL"),
    )
    op.create_table(
        "record_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("what <> ''", name=op.f("ck_record_action_says_what")),
        sa.ForeignKeyConstraint(["record_id"], ["supervisor_record.id"], name=op.f("fk_record_action_record_id")),
        sa.ForeignKeyConstraint(["who_id"], ["staff.id"], name=op.f("fk_record_action_who_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_action")),
        sa.UniqueConstraint("record_id", "position", name=op.f("uq_record_action_record_id_position")),
    )
    op.create_index(op.f("ix_record_action_who_id"), "record_action", ["who_id"], unique=False)
    op.create_table(
        "wellbeing_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("supervision_id", sa.Integer(), nullable=False),
        sa.Column("supervision_from", sa.Date(), nullable=False),
        sa.Column("supervision_to", sa.Date(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("assignment_from", sa.Date(), nullable=False),
        sa.Column("assignment_to", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "assignment_id IS NOT NULL AND assignment_from IS NOT NULL AND assignment_to IS NOT NULL AND assignment_from <= on_day AND on_day <= assignment_to",
            name=op.f("ck_wellbeing_contact_within_assignment"),
        ),
        sa.CheckConstraint("facilitator_id <> supervisor_id", name=op.f("ck_wellbeing_contact_not_of_oneself")),
        sa.CheckConstraint(
            "supervision_id IS NOT NULL AND supervision_from IS NOT NULL AND supervision_to IS NOT NULL AND supervision_from <= on_day AND on_day <= supervision_to",
            name=op.f("ck_wellbeing_contact_within_supervision"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "assignment_from", "assignment_to"],
            ["assignment.id", "assignment.starts_on", "assignment.ends_on"],
            name="fk_wellbeing_contact_assignment_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id", "group_id", "facilitator_id"],
            ["assignment.id", "assignment.group_id", "assignment.facilitator_id"],
            name="fk_wellbeing_contact_assignment_identity",
        ),
        sa.ForeignKeyConstraint(["facilitator_id"], ["staff.id"], name=op.f("fk_wellbeing_contact_facilitator_id")),
        sa.ForeignKeyConstraint(
            ["supervision_id", "group_id", "supervisor_id"],
            ["supervision.id", "supervision.group_id", "supervision.supervisor_id"],
            name="fk_wellbeing_contact_supervision_identity",
        ),
        sa.ForeignKeyConstraint(
            ["supervision_id", "supervision_from", "supervision_to"],
            ["supervision.id", "supervision.starts_on", "supervision.ends_on"],
            name="fk_wellbeing_contact_supervision_window",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["staff.id"], name=op.f("fk_wellbeing_contact_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wellbeing_contact")),
        sa.UniqueConstraint(
            "facilitator_id",
            "on_day",
            "supervisor_id",
            name=op.f("uq_wellbeing_contact_facilitator_id_on_day_supervisor_id"),
        ),
    )
    op.create_index(op.f("ix_wellbeing_contact_assignment_id"), "wellbeing_contact", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_wellbeing_contact_supervision_id"), "wellbeing_contact", ["supervision_id"], unique=False)
    op.create_index(op.f("ix_wellbeing_contact_supervisor_id"), "wellbeing_contact", ["supervisor_id"], unique=False)


def _sessions() -> None:
    op.create_index("uq_group_session_id_state", "group_session", ["id", "state"], unique=True)
    op.create_table(
        "session_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("recording", sa.String(length=200), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction = '')", name=op.f("ck_session_record_corrected_for_a_reason")
        ),
        sa.CheckConstraint(
            "(state = 'held' AND minutes BETWEEN 1 AND 600 AND present BETWEEN 0 AND 99) OR (state = 'not_held' AND minutes IS NULL AND present IS NULL AND recording = '' AND reason <> '')",
            name=op.f("ck_session_record_whole"),
        ),
        sa.CheckConstraint(
            "state = 'not_held' OR (minutes IS NOT NULL AND present IS NOT NULL)",
            name=op.f("ck_session_record_held_is_counted"),
        ),
        sa.CheckConstraint("state IN ('held', 'not_held')", name=op.f("ck_session_record_state_known")),
        sa.ForeignKeyConstraint(
            ["corrects_id", "session_id"],
            ["session_record.id", "session_record.session_id"],
            name=op.f("fk_session_record_corrects_id_session_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_session_record_recorded_by_id")),
        sa.ForeignKeyConstraint(
            ["session_id", "state"],
            ["group_session.id", "group_session.state"],
            name=op.f("fk_session_record_session_id_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_record")),
        sa.UniqueConstraint("id", "session_id", name=op.f("uq_session_record_id_session_id")),
    )
    op.create_index(op.f("ix_session_record_corrects_id"), "session_record", ["corrects_id"], unique=True)
    op.create_index(op.f("ix_session_record_recorded_by_id"), "session_record", ["recorded_by_id"], unique=False)
    op.create_index(op.f("ix_session_record_session_id"), "session_record", ["session_id"], unique=False)
    op.create_index(
        "uq_session_record_only_one_is_first",
        "session_record",
        ["session_id"],
        unique=True,
        sqlite_where=sa.text("corrects_id IS NULL"),
        postgresql_where=sa.text("corrects_id IS NULL"),
    )


def _calendars() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(secret_hash) = 64", name=op.f("ck_calendar_link_hash_alone")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_link_account_id")),
        sa.ForeignKeyConstraint(["group_id"], ["delivery_group.id"], name=op.f("fk_calendar_link_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_link_secret_hash")),
    )
    op.create_index(op.f("ix_calendar_link_account_id"), "calendar_link", ["account_id"], unique=False)
    op.create_index(op.f("ix_calendar_link_group_id"), "calendar_link", ["group_id"], unique=False)
    op.create_index(
        "uq_calendar_link_one_for_a_group",
        "calendar_link",
        ["account_id", "group_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_index(
        "uq_calendar_link_one_of_ones_own",
        "calendar_link",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL AND group_id IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL AND group_id IS NULL"),
    )


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
    tables = (
        *("calendar_link", "session_record", "wellbeing_contact", "record_answer", "record_action", "record_subject"),
        *("supervisor_record", "form_question", "form_point", "record_form"),
    )
    for table in tables:
        op.drop_table(table)
    op.drop_index("uq_group_session_id_state", "group_session")
