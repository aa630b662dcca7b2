"""`flask serve`: the whole service on one machine, as `make run` starts it."""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from config import ROOT, Settings, settings
from selection.commands.demo.load import has_staff
from selection.commands.demo.logins import sign_ins
from selection.commands.processes import household
from selection.commands.seed import add_reference
from selection.core import clock
from selection.core.db import db
from selection.core.migrate import upgrade

HOST = "127.0.0.1"
WORKERS = 2
LONGEST_REQUEST = "180"
"""Seconds of silence after which a worker is given up; the import of a workbook of 100,000 rows may take a minute."""


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Migrate, load the demo into an empty database, and serve web and jobs until stopped."""
    given = settings()
    _refuse_taken(given.port)
    click.echo("Bringing the database up to date…")
    upgrade(given.database_url)
    password = given.demo_password or _kept_password(given.instance / "demo_password")
    who = _fill(password)
    with household(ROOT) as parts:
        parts.start("The web server", _web_server(given.port))
        parts.start("The timetable of jobs", _python("flask", "jobs", "serve"))
        if parts.await_ready(lambda: _answers(given.port)):
            click.echo(_welcome(given, who, password))
        ended = parts.await_end()
        click.echo(f"\n{ended} ended by itself; stopping the rest." if ended else "\nStopping…", err=bool(ended))
    sys.exit(1 if ended else 0)


def _fill(password: str) -> list[str]:
    """Load what the database lacks, and return who can sign in to its demo, a line each."""
    empty = not has_staff()
    db.session.rollback()  # another process writes now
    if empty:  # in a process of its own, whose memory is gone afterwards
        _flask("seed", "demo", password=password)
    add_reference("flask serve", clock.now())  # last: the past of the demo needs a standard that was there
    db.session.commit()
    who = list(sign_ins())
    db.session.close()
    db.engine.dispose()
    return who


def _web_server(port: int) -> list[str]:
    workers = (
        "--workers",
        str(WORKERS),
        "--timeout",
        LONGEST_REQUEST,
        "--graceful-timeout",
        "5",
        "--no-control-socket",
    )
    return _python("gunicorn", "wsgi:app", "--bind", f"{HOST}:{port}", *workers, "--log-level", "warning")


def _python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


def _flask(*words: str, password: str) -> None:
    """Run another of our commands; if it fails, so do we."""
    environment = {**os.environ, "SELECTION_DEMO_PASSWORD": password}  # noqa: TID251 - passed on
    done = subprocess.run(_python("flask", *words), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise click.ClickException(f"`flask {' '.join(words)}` failed.")


def _refuse_taken(port: int) -> None:
    """Say at once that the port is taken, rather than after the demo was loaded."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise click.ClickException(f"Port {port} is taken; choose another: PORT={port + 1} make run") from error


def _answers(port: int) -> bool:
    """Say whether the web server takes calls."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _kept_password(path: Path) -> str:
    """Make a password for the demo once, readable by its owner only, and keep it."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="ascii")
    return path.read_text(encoding="ascii")


def _welcome(given: Settings, who: list[str], password: str) -> str:
    """Return where the service is and how to sign in to its demo, if that is what the database holds."""
    lines = ["", f"  {given.service_name}:  http://{HOST}:{given.port}", ""]
    if who:
        lines += ["  Sign in to the demo as", *(f"    {line}" for line in who)]
        lines += [f"  each with the password  {password}", ""]
    return "\n".join([*lines, "  Ctrl-C stops it."])
