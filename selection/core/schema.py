"""Which schema there is, and which there should be: read without what migrates, which no web worker needs."""

from sqlalchemy import Connection, inspect, text

from config import ROOT

MIGRATIONS = ROOT / "migrations"


def newest() -> str:
    """Return the name of the newest migration: they are named by number, and a test holds them to it."""
    return max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def at(connection: Connection) -> str | None:
    """Return the name of the migration that the database is at, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    name: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return name
