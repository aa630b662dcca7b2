"""`flask seed`: reference data for every service, and a demo for trying it out."""

import click
from flask.cli import AppGroup

from selection.commands.reference.load import load
from selection.core.db import db
from selection.rules.roles import Actor

seed = AppGroup("seed", help="What a database starts with.")


@seed.command("reference")
def reference() -> None:
    """Add the programme, the selection standard and the courses that are missing; nothing that is there changes."""
    added = load(by=Actor(account_id=None, staff_id=None, name="flask seed reference"))
    db.session.commit()
    for sentence in added or ["The reference data is all there; nothing was changed."]:
        click.echo(sentence)
