"""“Which groups can run?” with 200 and with 2,000 groups: `python -m bench.board`.

Milliseconds are the least of many requests, for a machine that does other work too. The demo's groups that run, are
halted or are planned are copied with their supervision, their team, their coming sessions and the places at them, until
there are so many; every copy passes the same keys, CHECKs and triggers as its original.
"""

import argparse
import sys
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, Table, event, text

import selection.models  # noqa: F401 - makes every table known
from bench.browser import Browser, into
from bench.databases import KINDS, Seeded, seeded
from bench.entering import enter_ours
from bench.floors.board import bare
from bench.serving import SECRET
from bench.targets import MANAGER
from config import Settings
from selection.app import create_app
from selection.core.db import Base, db

STAFF = 200
ONE_AREA = "programme.manager.north@demo.example"
"""A manager of one area of the demo, whose groups alone the page has to look at."""
STRIDE = 100_000
"""More than any id of the demo, so that a copy's ids are its original's and the number of the copy."""

COPIED = {
    "delivery_group": ("id",),
    "supervision": ("id", "group_id"),
    "assignment": ("id", "group_id", "supervision_id"),
    "group_session": ("id", "group_id"),
    "session_facilitator": ("id", "session_id", "group_id", "assignment_id"),
}
LIVE = "SELECT id FROM delivery_group WHERE state IN ('open', 'halted', 'planned') AND id < :stride"
COMING = "SELECT id FROM group_session WHERE state = 'planned' AND day >= CURRENT_DATE AND id < :stride"
ONLY = {
    "delivery_group": f"id IN ({LIVE})",
    "supervision": f"group_id IN ({LIVE})",
    "assignment": f"group_id IN ({LIVE})",
    "group_session": f"group_id IN ({LIVE}) AND id IN ({COMING})",
    "session_facilitator": f"group_id IN ({LIVE}) AND session_id IN ({COMING})",
}
COUNT = f"SELECT count(*) FROM ({LIVE}) AS live"


def multiply(engine: Engine, groups: int, *, done: int) -> int:
    """Copy the demo's live groups until there are about so many; `done` copies of each are there. Return how many."""
    with engine.begin() as connection:
        live: int = connection.execute(text(COUNT), {"stride": STRIDE}).scalar_one()
        last = -(-groups // live) - 1
        for name, shifted in COPIED.items():
            statement = _copy(Base.metadata.tables[name], shifted)
            connection.execute(text(statement), {"first": done + 1, "last": last, "stride": STRIDE})
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return last


def _copy(table: Table, shifted: tuple[str, ...]) -> str:
    columns = [column.name for column in table.columns]
    values = [f"{name} + n.i * :stride" if name in shifted else name for name in columns]
    if "reference" in columns:
        values[columns.index("reference")] = "reference || '/' || n.i"
    return (
        f"WITH RECURSIVE n(i) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
        f" INSERT INTO {table.name} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {table.name}, n WHERE {ONLY[table.name]} AND n.i <= :last"
    )


class Board:
    """The service and its floor in this process on one database, asked as somebody asks who manages groups."""

    def __init__(self, database: Seeded, who: str) -> None:
        self._app = create_app(Settings(database_url=database.url, secret_key=SECRET, instance=database.folder))
        self._browser = Browser(send=into(self._app))
        self._floor = Browser(send=into(bare(database.outside, who)))
        self._statements = 0
        enter_ours(self._browser, who)
        with self._app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def measure(self, path: str, *, times: int) -> tuple[float, float, int, int]:
        """Return the least of so many requests in ms, the floor's asked by turns, the statements of one, its bytes."""
        ours, floors = [], []
        size = 0
        for _time in range(times + 3):
            began = perf_counter()
            self._floor.get(path)
            floors.append((perf_counter() - began) * 1000)
            self._statements = 0
            began = perf_counter()
            size = len(self._browser.get(path).encode())
            ours.append((perf_counter() - began) * 1000)
        return min(ours[3:]), min(floors[3:]), self._statements, size

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self._statements += not statement.startswith("BEGIN")


def main() -> int:
    """Measure both sizes on each kind of database, and say it."""
    parser = argparse.ArgumentParser(prog="python -m bench.board")
    parser.add_argument("--db", choices=KINDS, action="append")
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    for kind in asked.db or KINDS:
        with seeded(kind, (STAFF,)) as databases:
            database, done = databases[STAFF], 0
            for groups in (200, 2_000):
                done = multiply(database.outside, groups, done=done)
                board = Board(database, MANAGER)
                for weeks in (4, 8, 26):
                    ours, floor, statements, size = board.measure(f"/delivery/?weeks={weeks}", times=asked.times)
                    what = f"{kind:10} {groups:5,} groups, {weeks:2} weeks"
                    ratio = f"{ours:7.1f} ms, floor {floor:7.1f}, ratio {ours / floor:.2f}"
                    print(f"{what}: {ratio}, {statements} queries, {size:,} bytes", flush=True)
                one_area = Board(database, ONE_AREA).measure("/delivery/?weeks=8", times=asked.times)
                print(f"{kind:10} {groups:5,} groups, of one area: {one_area[0]:7.1f} ms", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
