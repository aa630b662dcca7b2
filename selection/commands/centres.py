"""`flask centres`: look after assessment centres from the command line."""

import sys

import click
from flask.cli import AppGroup

from selection.centres.recompute.compare import differences
from selection.centres.recompute.facts import centre_exists
from selection.core.db import only_reading

centres = AppGroup("centres", help="Look after assessment centres.")


@centres.command("recompute")
@click.argument("centre", type=int, required=False)
@only_reading()
def recompute(centre: int | None) -> None:
    """Make every decision again from the stored facts, of CENTRE or of all; fails if one would differ."""
    if centre is not None and not centre_exists(centre):
        raise click.ClickException(f"There is no centre {centre}.")
    made = differing = 0
    for one, found in differences(centre):
        made += 1
        differing += bool(found)
        for each in found:
            click.echo(f"DIFFERS  centre {one.centre.id}, {one.number}, decision {one.decision.id}: {each}")
    click.echo(f"{made - differing} of {made} decisions would be the same.")
    sys.exit(1 if differing else 0)
