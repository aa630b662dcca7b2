"""Importing a hundred thousand people, by command and by page: `python -m bench.importing`.

Says seconds, and the most memory that the process held at once: of the command, and of a web worker that took the file
and carried it out. The service holds a hundred people of the demo before; the same file once more must change nothing.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from openpyxl import Workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from bench.browser import Browser, Request, over_http
from bench.databases import KINDS, Seeded, seeded
from bench.entering import enter_ours
from bench.serving import OURS, ROOT, Server, environment, serving

HEADING = ("number", "name", "email", "area", "joined_on", "job_title")
AREAS = ("North", "South", "East")
HIRED_FROM = date(2005, 1, 3)
ADMINISTRATOR = "administrator@demo.example"
STAFF = 100
"""How many people of the demo are there before."""

PAGE = "/staff/import"
SEEN = re.compile(r'name="seen"[^>]*value="([^"]+)"')
FOUND = 302
MOST_HELD = re.compile(r"VmHWM:\s+(\d+) kB")
PATIENCE = 180


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield the heading and so many people."""
    yield HEADING
    for number in range(count):
        joined = HIRED_FROM + timedelta(days=number % 7_000)
        name = f"Person {number:06} Ngombe-Łukasiewicz"
        area = AREAS[number % len(AREAS)]
        yield f"B{number:06}", name, f"p{number:06}@bench.example", area, joined.isoformat(), "Facilitator"


def write_csv(path: Path, count: int) -> None:
    """Write them as a spreadsheet does: a byte order mark, semicolons."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.writelines(";".join(row) + "\r\n" for row in rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """Write them as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows(count):
        sheet.append(row)
    book.save(path)


FILES: dict[str, Callable[[Path, int], None]] = {"csv": write_csv, "xlsx": write_xlsx}


def _flask(database: Seeded, *words: str) -> tuple[str, float, float]:
    """Run a command; return what it says, its seconds, and the most megabytes that it held."""
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment(database.url, database.folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = process.stdout.read() if process.stdout else ""
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"flask {' '.join(words)} failed: {said}")
    return said, perf_counter() - began, used.ru_maxrss / 1e3


def by_command(kind: str, ending: str, count: int) -> Iterator[tuple[str, float, float]]:
    """Import a file, and once more; yield what was done, the seconds and the megabytes."""
    with seeded(kind, (STAFF,)) as databases:
        database = databases[STAFF]
        file = database.folder / f"staff.{ending}"
        FILES[ending](file, count)
        for name, says in (("", f"{count:,} added, 0 changed"), (", once more", f"0 added, 0 changed, {count:,} as")):
            said, seconds, megabytes = _flask(database, "people", "import", str(file))
            assert says in said, said
            yield f"command, {ending}{name}", seconds, megabytes


def by_page(kind: str, ending: str, count: int) -> Iterator[tuple[str, float, float]]:
    """Import a file through the pages; yield the checking and showing of it, and the carrying out."""
    with seeded(kind, (STAFF,)) as databases:
        database = databases[STAFF]
        file = database.folder / f"staff.{ending}"
        FILES[ending](file, count)
        with serving(OURS, database.url, database.folder, seconds=PATIENCE) as server:
            browser = Browser(send=over_http(server.port, patience=PATIENCE))
            enter_ours(browser, ADMINISTRATOR)
            browser.get(PAGE)
            began = perf_counter()
            at = _hand_in(browser, file)
            seen = SEEN.search(browser.get(at))
            assert seen, "the preview asks for no confirmation"
            yield f"page, {ending}, checked and shown", perf_counter() - began, _most(server)
            began = perf_counter()
            browser.ask(Request(path=at, data={"seen": seen[1]}), expect=302)
            yield f"page, {ending}, carried out", perf_counter() - began, _most(server)


def _hand_in(browser: Browser, file: Path) -> str:
    """Send the file, as the form does, and return where that leads."""
    with file.open("rb") as opened:
        fields = {"csrf_token": browser.token, "file": FileStorage(opened, file.name)}
        boundary, body = encode_multipart(fields)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Cookie": cookies, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    answer = browser.send("POST", PAGE, body, headers)
    assert answer.status == FOUND, answer.text
    return answer.leads_to


def _most(server: Server) -> float:
    """Return the most megabytes that a worker has held so far."""
    statuses = [Path(f"/proc/{worker.pid}/status").read_text("ascii") for worker in server.process.children()]
    return max(int(kilobytes) for status in statuses for kilobytes in MOST_HELD.findall(status)) / 1e3


def main() -> int:
    """Measure on each kind of database, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="how many people the file has (100,000)")
    parser.add_argument("--db", choices=KINDS, action="append", help="on this kind of database alone")
    asked = parser.parse_args()
    for kind in asked.db or KINDS:
        print(f"\n{kind}, {asked.rows:,} rows{'':20} seconds  most MB")
        for ending in FILES:
            for way in (by_command, by_page):
                for what, seconds, megabytes in way(kind, ending, asked.rows):
                    print(f"{what:40} {seconds:8.1f} {megabytes:8.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
