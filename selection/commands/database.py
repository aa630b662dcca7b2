"""`flask database`: bring the schema up to date, or say how far it is."""

import click
from flask.cli import AppGroup

from selection.core.db import db
from selection.core.migrate import current, head, upgrade_engine

database = AppGroup("database", help="The schema of the database.")


@database.command("upgrade")
def upgrade() -> None:
    """Apply every migration that the database lacks."""
    upgrade_engine(db.engine)
    click.echo(f"The database is at {head()}.")


@database.command("status")
def status() -> None:
    """Say which migration the database is at, and which is the newest."""
    with db.engine.connect() as connection:
        click.echo(f"The database is at {current(connection)}; the newest is {head()}.")
