"""Apps served as in service: gunicorn, two workers, in processes of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
OURS, FLOOR = "wsgi:app", "bench.floors.app:app"
PATIENCE = 30.0

SECRET = "a key for measuring that signs nothing of worth"
PASSWORD = "measured with patience"


def environment(database_url: str, folder: Path) -> dict[str, str]:
    """Return what the processes of one database are told."""
    return {
        **os.environ,  # noqa: TID251 - passed on
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "SELECTION_INSTANCE": str(folder),
        "SELECTION_DEMO_PASSWORD": PASSWORD,
    }


@dataclass(frozen=True, slots=True)
class Server:
    """One that answers; `started` is how many seconds it took to the first response."""

    port: int
    process: psutil.Process
    started: float

    def processor(self) -> float:
        """Return the seconds of processor time that the workers have spent."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.process.children())

    def memory(self) -> tuple[float, float]:
        """Return the resident megabytes of the larger worker, and how many of them no other process shares."""
        resident = max(worker.memory_info().rss for worker in self.process.children())
        return resident / 1e6, max(worker.memory_full_info().uss for worker in self.process.children()) / 1e6


@contextmanager
def serving(what: str, database_url: str, folder: Path, *, seconds: int = 30) -> Iterator[Server]:
    """Serve until the block ends; a request is given up after so many seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bind = ("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--no-control-socket", "--log-level", "error")
    command = [sys.executable, "-m", "gunicorn", what, *bind, "--timeout", str(seconds)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database_url, folder))
    try:
        yield Server(port=port, process=psutil.Process(process.pid), started=_answered(port, process) - began)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:  # a worker that was still starting did not hear it
            process.kill()
            process.wait()


def _answered(port: int, process: subprocess.Popen[bytes]) -> float:
    """Return when the first whole page came."""
    deadline = time.perf_counter() + PATIENCE
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/sign-in")
            if connection.getresponse().read():
                return time.perf_counter()
        except (OSError, HTTPException):
            time.sleep(0.002)
    raise RuntimeError("the server did not start")


def cold_start(what: str, database_url: str, folder: Path, *, times: int) -> float:
    """Return the seconds from nothing to the first response, in the middle of so many starts."""
    took = []
    for _time in range(times):
        with serving(what, database_url, folder) as server:
            took.append(server.started)
    return median(took)
