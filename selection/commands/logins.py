"""`flask logins`: the way in for the first administrator, who makes every other login on the pages."""

import click
from flask.cli import AppGroup

from selection.accounts.logins.actions import ADMINISTRATOR, create_external
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Actor

logins = AppGroup("logins", help="Who can sign in.")

COMMAND = Actor(account_id=None, staff_id=None, name="flask logins create-administrator", held=(ADMINISTRATOR,))


@logins.command("create-administrator")
@click.argument("email")
@click.argument("name")
def create_administrator(email: str, name: str) -> None:
    """Make a login that administers the whole service, and print its first password: this once."""
    try:
        account, password = create_external(name, email, [ADMINISTRATOR], by=COMMAND)
    except Refused as refusal:
        sentences = [f"{reason.message} {reason.remedy}".strip() for reason in refusal.reasons]
        raise click.ClickException("\n".join(["No login was made.", *sentences])) from refusal
    db.session.commit()
    click.echo(f"{account.name} administers the whole service, and signs in as {account.email}")
    click.echo(f"with the password {password}")
    click.echo("It is stored nowhere. They set one of their own on the page Password.")
