"""The migrations make what the models say, one after the other, and can be taken back."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, create_engine, inspect

import selection.models  # noqa: F401 - makes every table known
from selection.core import migrate, schema
from selection.core.db import Base
from tests.store import Store

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def test_models_and_migrations_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_checks_of_models_and_migrations_agree(store: Store) -> None:
    """Alembic compares no CHECKs, and they are what matters here."""
    there = inspect(store.engine)
    for table in Base.metadata.sorted_tables:
        made = {check["name"] for check in there.get_check_constraints(table.name)}
        said = {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
        assert made == said, table.name


def test_each_migration_is_named_by_number_and_subject() -> None:
    scripts = ScriptDirectory.from_config(migrate._config())
    in_order = [script.revision for script in reversed(list(scripts.walk_revisions()))]
    assert in_order == sorted(path.stem for path in FOLDER.glob("*.py"))
    assert scripts.get_heads() == [schema.newest()]
    for number, name in enumerate(in_order, start=1):
        assert name.startswith(f"{number:04}_")


def test_they_can_be_taken_back(store: Store) -> None:
    with store.engine.connect() as connection:
        command.downgrade(migrate._config(connection), "base")
        connection.commit()
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(store.url)
    assert "assignment" in inspect(store.engine).get_table_names()


def test_migrating_again_changes_nothing(database: str) -> None:
    migrate.upgrade(database)
    engine = create_engine(database)
    with engine.connect() as connection:
        assert schema.at(connection) == schema.newest()
    engine.dispose()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_each_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"""')


def before(subject: str) -> str:
    """Return the migration before the one of this subject, whatever its number has become."""
    scripts = ScriptDirectory.from_config(migrate._config())
    (found,) = [script for script in scripts.walk_revisions() if script.revision.endswith(f"_{subject}")]
    return str(found.down_revision)


def test_a_course_from_before_versions_keeps_its_settings_in_its_first(store: Store) -> None:
    with store.engine.connect() as connection:
        command.downgrade(migrate._config(connection), before("catalogue"))
        connection.commit()
    store.sql("INSERT INTO area (id, name) VALUES (1, 'North')")
    periods = "days, attendance_percent, valid_months, months_after_step_before, reassess_months"
    store.sql(
        f"INSERT INTO course (id, title, stage, version, {periods})"
        " VALUES (1, 'Skills', 'fundamental', 1, 5, 90, 30, 12, 3)"
    )
    store.sql(
        "INSERT INTO event (id, course_id, area_id, title, venue, places, starts_on, ends_on, version)"
        " VALUES (1, 1, 1, 'Spring', 'Hall', 8, '2027-04-05', '2027-04-05', 1)"
    )
    store.sql("INSERT INTO event_day (event_id, day) VALUES (1, '2027-04-05')")
    migrate.upgrade(store.url)
    assert store.rows("SELECT number, days, valid_months FROM course_version") == [(1, 5, 30)]
    assert store.rows("SELECT id, course_version_id FROM event") == [(1, 1)]
    with store.engine.connect() as connection:
        command.downgrade(migrate._config(connection), before("catalogue"))
        connection.commit()
    assert store.rows("SELECT days, valid_months FROM course") == [(5, 30)]
