"""What is wrong with a file, as a command says it."""

import click

from selection.spreadsheets.cells import Faults


def stop_at(faults: Faults) -> None:
    """List the faults and end, if there are any."""
    if not faults:
        return
    for fault in sorted(faults.listed, key=lambda one: one.row):
        click.echo(f"Row {fault.row}, {fault.column or 'the whole row'}: {fault.sentence}", err=True)
    if faults.more:
        click.echo(f"… and {faults.more:,} more.", err=True)
    raise click.ClickException(f"Nothing was imported: {faults.total:,} {'fault' if faults.total == 1 else 'faults'}.")
