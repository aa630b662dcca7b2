"""`flask jobs serve` in processes of its own, as it is run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.jobs import Lease
from selection.models.notices import Notice
from tests.factories import notices
from tests.store import Store

ROOT = Path(__file__).resolve().parents[2]

PATIENCE = 60.0
"""Seconds that a process may take to start or to end, on a machine that is busy with other things."""

Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start(database: str, tmp_path: Path) -> Iterator[Start]:
    """Starts `flask jobs serve`."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        environment = {
            **{name: value for name, value in os.environ.items() if name != "SMTP_URL"},
            "DATABASE_URL": database,
            "SECRET_KEY": "a key for tests that signs nothing of worth",
            "SELECTION_INSTANCE": str(tmp_path),
        }
        command = [sys.executable, "-m", "flask", "jobs", "serve"]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.STDOUT))
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait(PATIENCE)
        if process.stdout:
            process.stdout.close()


def said(process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout
    return process.stdout.read()


def holder(store: Store) -> str:
    """Return the process that holds the lease; empty while none does."""
    held = store.all(select(Lease))
    return held[0].holder.split(":")[1] if held else ""


def until(is_so: Callable[[], bool], within: float = PATIENCE) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


def test_one_runs_the_timetable_and_another_takes_over_when_it_stops(start: Start, store: Store) -> None:
    first = start()
    assert until(lambda: holder(store) == str(first.pid))
    second = start()
    assert not until(lambda: holder(store) != str(first.pid), within=1.5), "the second must wait"
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE) == 0
    assert until(lambda: holder(store) == str(second.pid))
    second.send_signal(signal.SIGINT)
    assert second.wait(PATIENCE) == 0
    assert b"Traceback" not in said(second)


def test_one_job_is_run_by_hand(app: Flask, store: Store) -> None:
    with store.session() as session:
        notices.notice(session)
    said = app.test_cli_runner().invoke(args=["jobs", "run", "deliver-notices"])
    assert (said.exit_code, said.output) == (0, "deliver-notices: 0 sent, 0 not.\n")
    assert store.one(select(Notice)).tries == 0, "there is no mail server"
    unknown = app.test_cli_runner().invoke(args=["jobs", "run", "tidy"])
    assert unknown.exit_code == 1
    assert "There is no job tidy; there are: deliver-notices" in unknown.output


def test_the_timetable_is_listed(app: Flask) -> None:
    assert (
        app.test_cli_runner()
        .invoke(args=["jobs", "list"])
        .output.startswith("deliver-notices  interval[0:01:00]  Send")
    )
