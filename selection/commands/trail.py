"""`flask trail`: seal the audit trail, and check it against its seals."""

import sys

import click
from flask.cli import AppGroup

from selection.core.db import only_reading
from selection.jobs.sealing import seal_trail
from selection.trail import seals

trail = AppGroup("trail", help="The audit trail and its seals.")


@trail.command("seal")
def seal() -> None:
    """Seal what is new, as the timetable does every hour, and print the fingerprint."""
    click.echo(f"{seal_trail()}.".capitalize())


@trail.command("check")
@click.option("--expect", default="", help="A fingerprint that was noted, or how it begins.")
@only_reading()
def check(expect: str) -> None:
    """Compare every entry with the seals; fails if one is not as it was sealed."""
    done = seals.check(expected=expect)
    for fault in done.faults:
        click.echo(fault)
    click.echo(
        f"{done.entries:,} entries lie under {done.seals:,} seals, and {done.unsealed:,} came since:"
        f" {'NOT as they were sealed' if done.faults else 'all is as it was sealed'}."
    )
    sys.exit(1 if done.faults else 0)
