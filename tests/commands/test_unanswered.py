"""What a command says when the database is out of reach, or not yet as the command needs it."""

from dataclasses import replace
from pathlib import Path

import pytest

from config import Settings
from selection.app import create_app
from selection.core.schema import newest

COMMANDS = [("seed", "reference"), ("jobs", "run", "remind"), ("centres", "recompute"), ("invariant",)]


def said(settings: Settings, url: str, *words: str) -> str:
    """Return what the command said as it failed; nothing else than words may have come of it."""
    done = create_app(replace(settings, database_url=url)).test_cli_runner().invoke(args=words)
    assert (done.exit_code, done.exc_info and done.exc_info[0]) == (1, SystemExit)
    return done.stderr


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database_url="", secret_key="k" * 32, instance=tmp_path, testing=True)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_database_without_a_schema(settings: Settings, tmp_path: Path, words: tuple[str, ...]) -> None:
    of_it = said(settings, f"sqlite:///{tmp_path / 'empty.sqlite'}", *words)
    assert (
        of_it == f"Error: The database is at no migration yet and not at {newest()}: `flask database upgrade` first.\n"
    )


@pytest.mark.parametrize("words", [*COMMANDS, ("database", "upgrade")])
def test_a_database_out_of_reach(settings: Settings, words: tuple[str, ...]) -> None:
    assert said(settings, "sqlite:////nowhere/at/all.sqlite", *words) == (
        "Error: The database does not answer: unable to open database file.\n"
    )
    of_it = said(settings, "postgresql+psycopg://somebody@127.0.0.1:1/selection", *words)
    assert of_it.startswith("Error: The database does not answer: ")
    assert of_it.count("\n") == 1
