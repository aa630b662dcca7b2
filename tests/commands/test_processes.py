"""Processes that live and end together, tried on real ones."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Starts two processes, one of which starts a third; says who they are; waits.
HOUSEHOLD = """
    import sys
    from pathlib import Path
    from selection.commands.processes import household

    child = "import subprocess; print('third', subprocess.Popen(['sleep', '60']).pid, flush=True); {first}"
    with household(Path.cwd()) as parts:
        parts.start("The first", [sys.executable, "-c", child])
        parts.start("The second", ["sleep", "60"])
        print("first", parts._members[0][1].pid, flush=True)
        print("second", parts._members[1][1].pid, flush=True)
        ended = parts.await_end()
    sys.exit(1 if ended else 0)
"""


@dataclass
class Started:
    process: subprocess.Popen[str]
    pids: dict[str, int]


@pytest.fixture
def start() -> Iterator[Callable[[str], Started]]:
    """Starts the household; `first` is what its first process does."""
    all_started: list[Started] = []

    def start(first: str) -> Started:
        command = [sys.executable, "-c", dedent(HOUSEHOLD).format(first=first)]
        process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
        assert process.stdout
        said = dict(process.stdout.readline().split() for _process in range(3))
        all_started.append(Started(process, {name: int(pid) for name, pid in said.items()}))
        return all_started[-1]

    yield start
    for started in all_started:
        for pid in [started.process.pid, *started.pids.values()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        started.process.communicate()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def all_gone(pids: Iterable[int], within: float = 5.0) -> bool:
    pids = list(pids)
    deadline = time.monotonic() + within
    while any(alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(alive(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_all_end_well(start: Callable[[str], Started], number: signal.Signals) -> None:
    started = start("import time; time.sleep(60)")
    started.process.send_signal(number)
    assert started.process.wait(15) == 0
    assert all_gone(started.pids.values())


def test_when_one_ends_by_itself_the_rest_end_too(start: Callable[[str], Started]) -> None:
    started = start("pass")
    assert started.process.wait(15) == 1
    assert all_gone(started.pids.values())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the children of a killed parent")
def test_when_it_is_killed_its_processes_end(start: Callable[[str], Started]) -> None:
    started = start("import time; time.sleep(60)")
    started.process.kill()
    assert all_gone([started.pids["first"], started.pids["second"]])
