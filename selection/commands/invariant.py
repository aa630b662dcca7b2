"""`flask invariant`: say whether the promise holds, in the live rows and under attack."""

import sys
from collections.abc import Iterator
from itertools import chain

import click
from flask.cli import with_appcontext

from selection.authorisation.invariant import onslaught, rows, schema
from selection.authorisation.invariant.finding import Finding
from selection.core.db import db, only_reading
from selection.trail import seals


@click.command("invariant")
@with_appcontext
def invariant() -> None:
    """Check the live rows, attack a scratch copy of the schema, and say what held; fails if anything did not."""
    broken = 0
    total = 0
    for finding in chain(_rows(), _trail(), schema.findings(db.engine), onslaught.findings(db.engine)):
        total += 1
        broken += not finding.holds
        seen = f"  [{finding.seen}]" if finding.seen and not finding.holds else ""
        click.echo(f"{'holds ' if finding.holds else 'BROKEN'}  {finding.check}{seen}")
    click.echo(f"{total - broken} of {total} held.")
    sys.exit(1 if broken else 0)


def _rows() -> Iterator[Finding]:
    with db.engine.connect() as connection:
        yield from rows.findings(connection)


def _trail() -> Iterator[Finding]:
    with only_reading():
        faults = seals.check().faults
        db.session.rollback()  # what comes next writes through connections of its own
    yield Finding(check="every entry of the audit trail is as it was sealed", holds=not faults, seen=" ".join(faults))
