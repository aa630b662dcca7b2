"""`flask seed`: reference data for every service, and a demo for trying it out."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from selection.commands.demo.load import before_it_all, has_staff
from selection.commands.demo.load import load as load_demo
from selection.commands.demo.logins import made_up_password, sign_ins
from selection.commands.demo.stories import FEWEST_STAFF
from selection.commands.reference.load import load as load_reference
from selection.core import clock
from selection.core.db import db
from selection.rules.roles import Actor

seed = AppGroup("seed", help="What a database starts with.")


@seed.command("reference")
def reference() -> None:
    """Add the programme, the selection standard and the courses that are missing; nothing that is there changes."""
    added = add_reference("flask seed reference", clock.now())
    db.session.commit()
    for sentence in added or ["The reference data is all there; nothing was changed."]:
        click.echo(sentence)


@seed.command("demo")
@click.option("--staff", type=click.IntRange(min=FEWEST_STAFF, max=50_000), default=300, help="How many people.")
@click.option("--seed", "number", type=int, default=1, help="The same number makes the same demo on the same day.")
@click.option("--if-empty", is_flag=True, help="Do nothing if there are staff already.")
def demo(staff: int, number: int, if_empty: bool) -> None:
    """Fill a database without staff with a believable service, reference data included."""
    if has_staff():
        if not if_empty:
            raise click.ClickException("There are staff already; the demo goes into a database without any.")
        click.echo("There are staff already; no demo was made.")
        return
    given: str | None = current_app.config["DEMO_PASSWORD"]
    password = given or made_up_password()
    add_reference("flask seed demo", before_it_all())
    for sentence in load_demo(staff=staff, seed=number, password=password):
        click.echo(sentence)
    db.session.commit()
    if given is None:
        click.echo(f"The demo logins have the password {password}")


@seed.command("sign-ins")
def list_sign_ins() -> None:
    """Print the demo logins that there are: role and e-mail address, a line each."""
    for line in sign_ins():
        click.echo(line)


def add_reference(name: str, moment: datetime) -> list[str]:
    """Load what is missing of the reference data as of the moment, and return what that was, a sentence each.

    `name` is who did it on the trail. The moment is in the past for a demo, whose past needs a standard that was there.
    """
    with clock.freeze(moment):
        return load_reference(by=Actor(account_id=None, staff_id=None, name=name))
