"""A standard is published by two people, says how ratings are moderated, and keeps who wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0012_standards_by_two"
down_revision = "0011_capture"
branch_labels = None
depends_on = None

# SQLite would rebuild the table, and lose its triggers, for a CHECK that does not come with a column.
COLUMNS = {
    "content_format": "INTEGER NOT NULL DEFAULT 1",
    "shipped": "BOOLEAN NOT NULL DEFAULT FALSE",
    "discuss_from_apart": "INTEGER NOT NULL DEFAULT 2"
    " CONSTRAINT ck_standard_discussed_from_one_apart CHECK (discuss_from_apart >= 1)",
    "discuss_straddling": "BOOLEAN NOT NULL DEFAULT TRUE",
    "discuss_judgements": "BOOLEAN NOT NULL DEFAULT TRUE",
    "feedback_names_assessors": "BOOLEAN NOT NULL DEFAULT FALSE"
    " CONSTRAINT ck_standard_first_format_as_it_was CHECK (content_format > 1 OR (discuss_from_apart = 2"
    " AND discuss_straddling AND discuss_judgements AND NOT feedback_names_assessors))",
    "changed_at": "{moment}",
    "changed_by_id": "INTEGER CONSTRAINT fk_standard_changed_by_id REFERENCES account (id)",
}
LAST_COLUMN = (
    "based_on_id",
    (
        "INTEGER CONSTRAINT fk_standard_based_on_id REFERENCES standard (id)"
        " CONSTRAINT ck_standard_publisher_known CHECK (state = 'draft' OR shipped OR published_by_id IS NOT NULL)"
    ),
)
CONTENT = (
    *("title", "number", "scale_min", "scale_max", "scale_standard", "assessors_per_exercise", "mean_needed"),
    *("most_below_standard", "floor", "k", "sem", "rated_share_needed", "resit_wait_months", "standing_months"),
    *("attempts_allowed", "attempts_window_months", "pass_valid_months", "content_format", "discuss_from_apart"),
    *("discuss_straddling", "discuss_judgements", "feedback_names_assessors"),
)
OWNERS = {
    "anchor": "{row}.standard_id",
    "exercise": "{row}.standard_id",
    "competency": "(SELECT e.standard_id FROM exercise e WHERE e.id = {row}.exercise_id)",
    "indicator": "(SELECT e.standard_id FROM competency c JOIN exercise e ON e.id = c.exercise_id"
    " WHERE c.id = {row}.competency_id)",
}
OPEN = "EXISTS (SELECT 1 FROM standard_proposal p WHERE p.standard_id = {standard} AND p.ended_at IS NULL)"
GUARDED = ("standard", *OWNERS, "standard_author", "standard_proposal", "standard_publication")
EVENTS = (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))


@dataclass(frozen=True)
class Refusal:
    """A trigger that refuses `event` on `table` where the condition holds, and says why."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def _different(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def _proposed() -> Iterator[Refusal]:
    """Yield what keeps a draft as it was proposed until the proposal is taken back."""
    message = "a proposed draft does not change"
    for table, owner in OWNERS.items():
        for event, rows in EVENTS:
            condition = " OR ".join(OPEN.format(standard=owner.format(row=row)) for row in rows)
            yield Refusal(f"{table}_proposed_{event.lower()}", table, event, condition, message)
    changed = f"{OPEN.format(standard='OLD.id')} AND ({_different(*CONTENT)})"
    yield Refusal("standard_proposed_update", "standard", "UPDATE", changed, message)
    yield Refusal("standard_proposed_delete", "standard", "DELETE", OPEN.format(standard="OLD.id"), message)


def _by_two() -> Iterator[Refusal]:
    """Yield what keeps a version from being published otherwise than by a second person."""
    unproven = (
        "NEW.state = 'published' AND NOT NEW.shipped AND NOT EXISTS (SELECT 1 FROM standard_publication p"
        " WHERE p.standard_id = NEW.id AND p.content_hash = NEW.content_hash"
        " AND p.published_by_id = NEW.published_by_id)"
    )
    message = "a standard is published by a second person"
    yield Refusal("standard_insert", "standard", "INSERT", "NEW.state = 'published'", "a version begins as a draft")
    yield Refusal("standard_publish", "standard", "UPDATE", unproven, message)
    yield Refusal(
        "standard_shipped", "standard", "UPDATE", _different("shipped"), "a version is shipped from the start or never"
    )
    wrote = (
        "EXISTS (SELECT 1 FROM standard_author a WHERE a.standard_id = NEW.standard_id"
        " AND a.account_id = NEW.published_by_id)"
    )
    yield Refusal("standard_publication_author", "standard_publication", "INSERT", wrote, "nobody publishes own words")
    ended = "EXISTS (SELECT 1 FROM standard_proposal p WHERE p.id = NEW.proposal_id AND p.ended_at IS NOT NULL)"
    yield Refusal("standard_publication_ended", "standard_publication", "INSERT", ended, "the proposal was taken back")


def _kept() -> Iterator[Refusal]:
    """Yield what keeps the names of those who wrote, proposed and published."""
    for event in ("UPDATE", "DELETE"):
        name = f"standard_publication_{event.lower()}"
        yield Refusal(name, "standard_publication", event, "TRUE", "a publication is only ever added")
    there = "EXISTS (SELECT 1 FROM standard s WHERE s.id = OLD.standard_id)"
    for table in ("standard_author", "standard_proposal"):
        yield Refusal(f"{table}_delete", table, "DELETE", there, f"{table} is kept while its standard is there")
    yield Refusal("standard_author_update", "standard_author", "UPDATE", "TRUE", "an author stays named")
    published = "EXISTS (SELECT 1 FROM standard_publication p WHERE p.proposal_id = OLD.id)"
    fixed = _different("id", "standard_id", "content_hash", "why", "proposed_by_id", "proposed_at")
    yield Refusal(
        "standard_proposal_update",
        "standard_proposal",
        "UPDATE",
        f"OLD.ended_at IS NOT NULL OR {fixed} OR {published}",
        "a proposal only ends, once",
    )


def _pinned() -> Iterator[Refusal]:
    """Yield what keeps a centre from being held under a draft."""
    draft = "EXISTS (SELECT 1 FROM standard s WHERE s.id = NEW.standard_id AND s.state = 'draft')"
    for event in ("INSERT", "UPDATE"):
        name = f"centre_draft_{event.lower()}"
        yield Refusal(name, "centre", event, draft, "a centre is held under a published standard")


def refusals() -> list[Refusal]:
    """Return every refusal that holds on both databases."""
    return [*_proposed(), *_by_two(), *_kept(), *_pinned()]


def upgrade() -> None:
    """Add the fields, the three tables and the triggers."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    _fields(on_sqlite)
    _tables()
    for refusal in refusals():
        (_on_sqlite if on_sqlite else _on_postgresql)(refusal)
    (_guard_sqlite if on_sqlite else _guard_postgresql)()


def _fields(on_sqlite: bool) -> None:
    """Add the columns in place, and mark what was published without a second person as what it was: shipped."""
    moment = "DATETIME" if on_sqlite else "TIMESTAMP WITH TIME ZONE"
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE standard ADD COLUMN {name} {kind.format(moment=moment)}")
    if on_sqlite:
        query = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'refuse_standard_update'")
        again = op.get_bind().execute(query).scalar_one()
    else:
        again = (
            "CREATE TRIGGER refuse_standard_update BEFORE UPDATE ON standard"
            " FOR EACH ROW EXECUTE FUNCTION refuse_standard_update()"
        )
    op.execute(f"DROP TRIGGER refuse_standard_update{'' if on_sqlite else ' ON standard'}")
    op.execute("UPDATE standard SET shipped = TRUE WHERE state = 'published'")
    op.execute("UPDATE standard SET content_format = 2 WHERE state = 'draft'")
    op.execute(again)
    op.execute(f"ALTER TABLE standard ADD COLUMN {' '.join(LAST_COLUMN)}")


def _tables() -> None:
    """Make the tables of those who wrote, proposed and published."""
    op.create_table(
        "standard_author",
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_author_standard_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_standard_author_account_id")),
        sa.PrimaryKeyConstraint("standard_id", "account_id", name=op.f("pk_standard_author")),
    )
    op.create_table(
        "standard_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_standard_proposal_ended_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["standard.id"], name=op.f("fk_standard_proposal_standard_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f("fk_standard_proposal_proposed_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name=op.f("fk_standard_proposal_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_proposal")),
        sa.UniqueConstraint(
            *("id", "standard_id", "proposed_by_id", "content_hash"), name=op.f("uq_standard_proposal_identity")
        ),
    )
    open_ = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_standard_proposal_one_open",
        "standard_proposal",
        ["standard_id"],
        unique=True,
        sqlite_where=open_,
        postgresql_where=open_,
    )
    op.create_table(
        "standard_publication",
        sa.Column("standard_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("proposed_by_id <> published_by_id", name=op.f("ck_standard_publication_by_two")),
        sa.ForeignKeyConstraint(["standard_id"], ["standard.id"], name=op.f("fk_standard_publication_standard_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id", "standard_id", "proposed_by_id", "content_hash"],
            [f"standard_proposal.{column}" for column in ("id", "standard_id", "proposed_by_id", "content_hash")],
            name=op.f("fk_standard_publication_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_standard_publication_published_by_id")
        ),
        sa.PrimaryKeyConstraint("standard_id", name=op.f("pk_standard_publication")),
    )


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


def _guard_sqlite() -> None:
    """Refuse writes from a connection that has its keys, CHECKs or the reach of its triggers switched off."""
    switched_off = (
        "(SELECT foreign_keys FROM pragma_foreign_keys) = 0"
        " OR (SELECT ignore_check_constraints FROM pragma_ignore_check_constraints) = 1"
        " OR (SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"
    )
    for table in GUARDED:
        for event, _ in EVENTS:
            op.execute(
                f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {switched_off}"
                " BEGIN SELECT RAISE(ABORT, 'the connection has its constraints switched off'); END"
            )


def _guard_postgresql() -> None:
    """Refuse TRUNCATE, which row triggers do not see."""
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_truncate()"
        )


def downgrade() -> None:
    """Drop the triggers, the tables and the fields."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for refusal in refusals():
        op.execute(
            f"DROP TRIGGER refuse_{refusal.name}" if on_sqlite else f"DROP FUNCTION refuse_{refusal.name}() CASCADE"
        )
    for table in GUARDED:
        for event in [event.lower() for event, _ in EVENTS] if on_sqlite else ["truncate"]:
            op.execute(f"DROP TRIGGER guard_{table}_{event}{'' if on_sqlite else f' ON {table}'}")
    op.drop_table("standard_publication")
    op.drop_table("standard_proposal")
    op.drop_table("standard_author")
    # Backwards, so that no CHECK is left that speaks of a column which is gone.
    for name in reversed([*COLUMNS, LAST_COLUMN[0]]):
        op.execute(f"ALTER TABLE standard DROP COLUMN {name}")
