"""Measure, say it in a table, keep it in var/bench.json; exits 0 whatever the figures, 2 if it cannot measure."""

import argparse
import json
import os
import platform
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.browser import Browser, over_http
from bench.cases import AT_EVERY_SIZE, AT_ONE_SIZE, REGISTER, SEARCH, Case
from bench.counting import Counter
from bench.databases import KINDS, Seeded, seeded
from bench.entering import enter_floor, enter_ours
from bench.measure import Effort, Measured, Side, by_turns
from bench.serving import FLOOR, OURS, ROOT, Server, cold_start, serving
from bench.targets import Targets, targets

FULL = Effort(count=400, seconds=20.0, warm_up=40)
QUICK = Effort(count=120, seconds=5.0, warm_up=20)
SIZES = (200, 2_000, 20_000)
QUICK_SIZES = (200,)
STARTS = 5

GROWTH_GOAL = 1.25
START_GOAL, MEMORY_GOAL = 0.8, 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of the table."""

    case: str
    database: str
    staff: int
    goal: float
    measured: Measured
    queries: int | None = None
    most_queries: int | None = None
    most_kilobytes: int | None = None

    def misses(self) -> list[str]:
        """Return what the line misses, each in a word or two."""
        found = []
        if self.measured.ratio > self.goal:
            found.append("ratio")
        if self.queries is not None and self.most_queries is not None and self.queries > self.most_queries:
            found.append("queries")
        if self.most_kilobytes is not None and self.measured.ours_bytes > self.most_kilobytes * 1024:
            found.append("bytes")
        return found

    def as_json(self) -> dict[str, object]:
        measured = {key: round(value, 3) for key, value in asdict(self.measured).items()}
        return {
            "case": self.case,
            "database": self.database,
            "staff": self.staff,
            **measured,
            "ratio": round(self.measured.ratio, 3),
            "goal": self.goal,
            "queries": self.queries,
            "misses": self.misses(),
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """What a worker costs before it has done anything."""

    database: str
    floor_start: float
    ours_start: float
    floor_memory: float
    ours_memory: float
    ours_unshared: float


class Pair:
    """The service and its floor, both serving one database."""

    def __init__(self, stack: ExitStack, database: Seeded) -> None:
        self.database = database
        self.targets: Targets = targets(database.outside)
        self.floor = stack.enter_context(serving(FLOOR, database.url, database.folder))
        self.ours = stack.enter_context(serving(OURS, database.url, database.folder))
        self.counter = Counter(database)
        stack.callback(self.counter.close)
        self._entered: dict[tuple[int, str | None], Browser] = {}

    def side(self, server: Server, case: Case) -> Side:
        """Return one side of a case, signed in."""
        at = (server.port, case.by)
        if at not in self._entered:
            self._entered[at] = Browser(send=over_http(server.port))
            (enter_ours if server is self.ours else enter_floor)(self._entered[at], case.by)
        requests = case.asks(self.targets, self.database.outside)
        return Side(browser=self._entered[at], requests=requests, server=server, expect=case.expect)

    def measure(self, case: Case, effort: Effort) -> Line:
        """Measure the service against its floor."""
        measured = by_turns(self.side(self.floor, case), self.side(self.ours, case), effort)
        return Line(
            case=case.name,
            database=self.database.kind,
            staff=self.database.staff,
            goal=case.goal,
            measured=measured,
            queries=self.counter.queries(case, self.targets),
            most_queries=case.most_queries,
            most_kilobytes=case.most_kilobytes,
        )


def measure(kind: str, sizes: tuple[int, ...], effort: Effort, *, only: str) -> tuple[list[Line], Process]:
    """Measure everything on one kind of database."""
    lines: list[Line] = []

    def take(line: Line) -> None:
        lines.append(line)
        print(_row(line), flush=True)

    with ExitStack() as stack:
        databases = stack.enter_context(seeded(kind, sizes))
        middle = databases[sizes[len(sizes) // 2]]
        pairs = {staff: Pair(stack, database) for staff, database in databases.items()}
        loaded = ", ".join(f"{staff:,} staff in {one.loaded_in:.0f} s" for staff, one in databases.items())
        print(f"\n{kind}: loaded {loaded}\n{HEAD}", flush=True)
        for case in AT_ONE_SIZE:
            if only in case.name:
                take(pairs[middle.staff].measure(case, effort))
        for case in AT_EVERY_SIZE:
            for pair in pairs.values() if only in case.name else ():
                take(pair.measure(case, effort))
        small, large = pairs[sizes[0]], pairs[sizes[-1]]
        for case in (REGISTER, SEARCH):
            if small is not large and only in case.name:
                take(_growth(case, small, large, effort))
        ours_memory, ours_unshared = pairs[middle.staff].ours.memory()
        process = Process(
            database=kind,
            floor_memory=pairs[middle.staff].floor.memory()[0],
            ours_memory=ours_memory,
            ours_unshared=ours_unshared,
            floor_start=cold_start(FLOOR, middle.url, middle.folder, times=STARTS),
            ours_start=cold_start(OURS, middle.url, middle.folder, times=STARTS),
        )
    print(
        f"cold start {process.ours_start:.2f} s (floor {process.floor_start:.2f}, goal {START_GOAL}); "
        f"memory a worker {process.ours_memory:.0f} MB, of it its own {process.ours_unshared:.0f} "
        f"(floor {process.floor_memory:.0f}, goal {MEMORY_GOAL})"
    )
    return lines, process


def _growth(case: Case, small: Pair, large: Pair, effort: Effort) -> Line:
    """Measure the service on many people against the service on few."""
    measured = by_turns(small.side(small.ours, case), large.side(large.ours, case), effort)
    name = f"{case.name}, {small.database.staff:,} to {large.database.staff:,}"
    return Line(
        case=name, database=small.database.kind, staff=large.database.staff, goal=GROWTH_GOAL, measured=measured
    )


COLUMNS = {"floor": 7, "ours": 7, "ratio": 6, "cpu": 5, "goal": 5, "queries": 7, "bytes": 7, "floor's": 7}
HEAD = f"{'':34} {'staff':>6} " + " ".join(f"{name:>{width}}" for name, width in COLUMNS.items())


def _row(line: Line) -> str:
    of = line.measured
    missed = f"  misses: {', '.join(line.misses())}" if line.misses() else ""
    queries = "" if line.queries is None else line.queries
    times = f"{of.floor:7.2f} {of.ours:7.2f} {of.ratio:6.2f} {of.processor_ratio:5.2f} {line.goal:5}"
    return f"{line.case:34} {line.staff:6} {times} {queries:>7} {of.ours_bytes:7} {of.floor_bytes:7}{missed}"


def main() -> int:
    """Read what is asked for, measure, and keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Milliseconds are the middle of many (p50).")
    parser.add_argument("--quick", action="store_true", help="few people and few requests, in about a minute")
    parser.add_argument("--db", choices=KINDS, action="append", help="on this kind of database alone")
    parser.add_argument("--only", default="", help="only what has this in its name")
    parser.add_argument("--staff", type=int, action="append", help="with so many people (200, 2,000 and 20,000)")
    parser.add_argument("--out", type=Path, default=ROOT / "var/bench.json", help="where the figures are kept")
    asked = parser.parse_args()
    sizes = tuple(asked.staff or (QUICK_SIZES if asked.quick else SIZES))
    lines: list[Line] = []
    processes = []
    for kind in asked.db or KINDS:
        measured, process = measure(kind, sizes, QUICK if asked.quick else FULL, only=asked.only)
        lines += measured
        processes.append(process)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(_figures(lines, processes), indent=1) + "\n", encoding="utf-8")
    missed = sum(bool(line.misses()) for line in lines)
    print(
        f"\n{len(lines)} measured, {missed} miss a goal; kept in {asked.out}. docs/performance.md says what they mean."
    )
    return 0


def _figures(lines: list[Line], processes: list[Process]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "lines": [line.as_json() for line in lines],
        "processes": [asdict(process) for process in processes],
    }


if __name__ == "__main__":
    sys.exit(main())
