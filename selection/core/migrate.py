"""Bring a database to the newest schema."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine

from selection.core.schema import MIGRATIONS


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
