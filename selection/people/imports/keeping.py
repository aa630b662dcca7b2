"""A checked file, kept for an hour between the page that shows what it would do and the one that does it.

It lies in the instance folder, readable by the service alone, under a name that cannot be guessed and that holds whose
it is: nobody can confirm another's import.
"""

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from selection.core import clock
from selection.people.imports.checking import Checked, Line
from selection.rules.register import Entry
from selection.spreadsheets.cells import Faults

KEPT_FOR = timedelta(hours=1)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A checked file, what it was called, and how it was read."""

    checked: Checked
    file: str
    read_as: str


def keep(kept: Kept, folder: Path, *, account_id: int) -> str:
    """Keep a file without faults and return the token by which it is found; remove what is older than an hour."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    token = secrets.token_urlsafe(32)
    path = folder / _name(token, account_id)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        head = {"file": kept.file, "read_as": kept.read_as, "absent": sorted(kept.checked.absent)}
        file.write(json.dumps(head | {"headings": dict(kept.checked.headings)}) + "\n")
        for line in kept.checked.lines:
            file.write(json.dumps([line.row, asdict(line.entry)], default=date.isoformat) + "\n")
    moment = clock.now().timestamp()
    os.utime(path, (moment, moment))
    return token


def kept(token: str, folder: Path, *, account_id: int) -> Kept | None:
    """Return the file that this login keeps under the token; None if there is none, or none any more."""
    path = _path(folder, token, account_id)
    if path is None or not path.exists() or _is_old(path):
        return None
    with path.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        lines = [_line(text) for text in file]
    done = Checked(lines, frozenset(head["absent"]), head["headings"], Faults())
    return Kept(done, head["file"], head["read_as"])


def forget(token: str, folder: Path, *, account_id: int) -> None:
    """Remove what this login keeps under the token, if it is there."""
    path = _path(folder, token, account_id)
    if path is not None:
        path.unlink(missing_ok=True)


def _line(text: str) -> Line:
    row, values = json.loads(text)
    for name in ("joined_on", "left_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Line(row, Entry(**values))


def _path(folder: Path, token: str, account_id: int) -> Path | None:
    return folder / _name(token, account_id) if _TOKEN.fullmatch(token) else None


def _name(token: str, account_id: int) -> str:
    return f"{account_id}-{token}.jsonl"


def _sweep(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        if _is_old(path):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    return clock.now().timestamp() - path.stat().st_mtime > KEPT_FOR.total_seconds()
