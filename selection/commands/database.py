"""`flask database`: bring the schema up to date, or say how far it is."""

import click
from flask.cli import AppGroup

from selection.core.db import db
from selection.core.migrate import upgrade_engine
from selection.core.schema import at, newest

database = AppGroup("database", help="The schema of the database.")


@database.command("upgrade")
def upgrade() -> None:
    """Apply every migration that the database lacks."""
    upgrade_engine(db.engine)
    click.echo(f"The database is at {newest()}.")


@database.command("status")
def status() -> None:
    """Say which migration the database is at, and which is the newest."""
    with db.engine.connect() as connection:
        click.echo(f"The database is at {at(connection)}; the newest is {newest()}.")
