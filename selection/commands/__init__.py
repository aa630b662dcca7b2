"""The `flask` commands: each calls the same actions as the pages do."""

from flask import Flask

from selection.commands.centres import centres
from selection.commands.database import database
from selection.commands.invariant import invariant
from selection.commands.jobs import jobs
from selection.commands.logins import logins
from selection.commands.people import people
from selection.commands.seed import seed
from selection.commands.serve import serve
from selection.commands.standards import standards


def init_app(app: Flask) -> None:
    """Make the commands known to `flask`."""
    for command in (centres, database, invariant, jobs, logins, people, seed, serve, standards):
        app.cli.add_command(command)
