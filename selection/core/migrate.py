"""Bring a database to the newest schema, or say how far it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / "runner"))
    config.set_main_option("version_locations", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(url: str) -> None:
    """Apply every migration that the database lacks, each in a transaction of its own."""
    engine = create_engine(url)
    upgrade_engine(engine)
    engine.dispose()


def upgrade_engine(engine: Engine) -> None:
    """As `upgrade`, on an engine that is there."""
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")
        connection.commit()


def head() -> str | None:
    """Return the name of the newest migration."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(connection: Connection) -> str | None:
    """Return the name of the migration that the database is at, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()
