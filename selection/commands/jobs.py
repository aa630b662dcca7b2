"""`flask jobs`: the timetable of what the service does by itself."""

import logging

import click
from flask.cli import AppGroup, ScriptInfo

from selection.jobs import process
from selection.jobs.timetable import TIMETABLE, named

jobs = AppGroup("jobs", help="What the service does by itself.")


@jobs.command("serve", with_appcontext=False)
@click.pass_obj
def serve(info: ScriptInfo) -> None:
    """Run the timetable until stopped; a second process waits until the first is gone."""
    logging.basicConfig(level=logging.INFO, format="jobs: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    process.serve(info.load_app())


@jobs.command("run")
@click.argument("name")
def run(name: str) -> None:
    """Run one job now, whoever runs the timetable."""
    job = named(name)
    if job is None:
        raise click.ClickException(f"There is no job {name}; there are: {', '.join(each.name for each in TIMETABLE)}.")
    click.echo(f"{name}: {job.run()}.")


@jobs.command("list")
def list_() -> None:
    """Say which jobs there are, and when they run."""
    for job in TIMETABLE:
        click.echo(f"{job.name}  {job.when}  {job.says}")
