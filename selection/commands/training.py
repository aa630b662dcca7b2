"""`flask training import`: a file of earlier training handed in, as the page does it; approved on the page alone."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from selection.commands.faults import stop_at
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Account, Staff
from selection.rules.roles import Actor, Permission
from selection.spreadsheets.cells import Unreadable
from selection.training.imports.actions import Faulty, check, hand_in, hash_of
from selection.training.imports.plan import plan
from selection.web.gate import signed_in_as

training = AppGroup("training", help="Training and its certificates.")


@training.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "number", required=True, help="The staff number of the training lead who answers for the file.")
@click.option("--reason", required=True, help="Where the file comes from.")
@click.option("--dry-run", is_flag=True, help="Say what would be handed in, and keep nothing.")
def import_(file: Path, *, number: str, reason: str, dry_run: bool) -> None:
    """Hand in earlier training from a CSV file or an XLSX workbook: all of it, or nothing and what is wrong with it."""
    by, content = _lead(number), file.read_bytes()
    try:
        checked, read_as = check(content)
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file.name}, read as {read_as}.")
    stop_at(checked.faults)
    if dry_run:
        planned = plan(checked, by=by)
        stop_at(planned.faults)
        click.echo(f"{len(planned.steps):,} would be handed in, {planned.there:,} stand on earlier files.")
        return
    try:
        handed_in, new = hand_in(checked, file=file.name, file_hash=hash_of(content), reason=reason, by=by)
    except Faulty as faulty:
        stop_at(faulty.faults)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    else:
        db.session.commit()
        done = "handed in" if new else "handed in before; nothing was changed"
        click.echo(f"Import {handed_in.id}: {handed_in.rows:,} rows {done}. It is {handed_in.state.replace('_', ' ')}.")


def _lead(number: str) -> Actor:
    """Return the training lead with this staff number, who has a login; ends if there is none."""
    query = select(Account).join(Staff, Staff.id == Account.staff_id).where(Staff.number == number.strip().upper())
    account = db.session.scalar(query.where(Account.active))
    actor = account and signed_in_as(account).actor
    if not actor or not actor.may(Permission.TRAINING_CERTIFY):
        raise click.ClickException(f"Nobody with the staff number {number} has a login that may certify.")
    return actor
