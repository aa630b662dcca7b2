"""`flask standards export` and `import`: a version as a file, as the pages do it."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Standard
from selection.prescribed.content import content_hash
from selection.prescribed.facts import WHOLE
from selection.rules.roles import Actor
from selection.standards.files.actions import exported, import_standard
from selection.standards.files.reading import Faulty

standards = AppGroup("standards", help="Versions of the selection standard as files.")

COMMAND = Actor(account_id=None, staff_id=None, name="flask standards import")


@standards.command("export")
@click.argument("title")
@click.argument("number", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, writable=True), required=False)
def export(title: str, number: int, file: Path | None) -> None:
    """Write version NUMBER of the standard TITLE to FILE, or print it."""
    query = select(Standard).where(Standard.title == title, Standard.number == number)
    standard = db.session.scalars(query.options(*WHOLE)).one_or_none()
    if standard is None:
        raise click.ClickException(f"There is no version {number} of “{title}”.")
    text = exported(standard)
    if file is None:
        click.echo(text, nl=False)
        return
    file.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"{file}: {title}, version {number}, {content_hash(standard)}.")


@standards.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--next-number", is_flag=True, help="Make it the next version of its title, whatever its number.")
def import_(file: Path, *, next_number: bool) -> None:
    """Make a draft of FILE: all of it, or nothing and what is wrong with it."""
    try:
        draft = import_standard(file.read_bytes(), name=file.name, next_number=next_number, by=COMMAND)
    except Faulty as faulty:
        for fault in faulty.faults:
            click.echo(f"{fault.place}: {fault.sentence}", err=True)
        many = len(faulty.faults)
        raise click.ClickException(f"Nothing was imported: {many} {'fault' if many == 1 else 'faults'}.") from faulty
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(
        f"{draft.title}, version {draft.number}, is a draft now; the hash of its content is {content_hash(draft)}."
    )
