"""`flask people import`: the register brought to what a file says, as the page does it."""

from pathlib import Path

import click
from flask.cli import AppGroup

from selection.commands.faults import stop_at
from selection.core.db import db
from selection.core.errors import Refused
from selection.people.imports.actions import check, import_staff
from selection.people.imports.plan import plan
from selection.rules.roles import Actor, Held, Role
from selection.spreadsheets.cells import Unreadable

people = AppGroup("people", help="The staff register.")

COMMAND = Actor(
    account_id=None,
    staff_id=None,
    name="flask people import",
    held=(Held(role=Role.ADMINISTRATOR, area_id=None),),
)


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what the import would do, and store nothing.")
def import_(file: Path, *, dry_run: bool) -> None:
    """Import staff from a CSV file or an XLSX workbook: all of it, or nothing and what is wrong with it."""
    try:
        checked, read_as = check(file.read_bytes(), by=COMMAND)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file.name}, read as {read_as}.")
    stop_at(checked.faults)
    planned = plan(checked, by=COMMAND)
    stop_at(planned.faults)
    if not dry_run:
        try:
            planned = import_staff(checked, file=file.name, by=COMMAND)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from refusal
        db.session.commit()
    would = "would be " if dry_run else ""
    click.echo(
        f"{len(planned.created):,} {would}added, {len(planned.changed):,} {would}changed, "
        f"{planned.unchanged:,} as before."
    )
