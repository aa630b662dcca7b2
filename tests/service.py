"""The service as it is run: gunicorn in processes of its own, on a free port and on the database of one test.

What it imports is imported once for the whole run, in a process from which each service is forked.
"""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from runpy import run_module

ROOT = Path(__file__).resolve().parents[1]

KEY = "a key for tests that signs nothing of worth"

START = 60.0
"""Seconds that the server has to answer on a busy machine."""

WHERE_IT_IS_IMPORTED = multiprocessing.get_context("forkserver")
WHERE_IT_IS_IMPORTED.set_forkserver_preload(["selection.app", "gunicorn.app.wsgiapp", "gunicorn.workers.sync"])


class Service:
    """Gunicorn with two workers on one port, for as long as the tests let it live; what it says goes to a file."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "gunicorn.log"
        self._environment = {
            "DATABASE_URL": database_url,
            "SECRET_KEY": KEY,
            "SELECTION_INSTANCE": str(folder),
            "PORT": str(self.port),
        }
        self._process: ForkServerProcess | None = None

    @property
    def up(self) -> bool:
        """True while the process lives."""
        return self._process is not None

    def start(self) -> None:
        """Start it, and wait until it answers; fail with what it said if it does not."""
        self._process = WHERE_IT_IS_IMPORTED.Process(target=_serve, args=(self.port, self._environment, self._log))
        self._process.start()
        deadline = time.monotonic() + START
        while self._process.is_alive() and time.monotonic() < deadline:
            if self._answers(patience=deadline - time.monotonic()):
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not start:\n{self._log.read_text(encoding='utf-8')[-3000:]}")

    def stop(self) -> None:
        """Let it finish what it is at, and end."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(15)
            self.kill()

    def kill(self) -> None:
        """End it at once, workers too, whatever they are at."""
        if self._process is not None:
            if self._process.is_alive():
                os.killpg(self._process.pid or 0, signal.SIGKILL)
            self._process.join()
            self._process = None

    def _answers(self, *, patience: float) -> bool:
        """True if a worker has answered, whatever it said: the port is open before a worker is ready."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request("GET", "/health")
            connection.getresponse()
        except OSError:
            return False
        finally:
            connection.close()
        return True


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[str]:
    """Serve the database; yield the address."""
    service = Service(database_url, folder)
    service.start()
    try:
        yield service.address
    finally:
        service.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _serve(port: int, environment: Mapping[str, str], log: Path) -> None:
    """Become gunicorn, at the head of a group of processes of its own."""
    os.setsid()
    os.chdir(ROOT)
    os.environ.update(environment)
    with log.open("a") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    options = ("--bind", f"127.0.0.1:{port}", "--workers", "2", "--no-control-socket", "--log-level", "warning")
    sys.argv = ["gunicorn", *options, "wsgi:app"]
    run_module("gunicorn", run_name="__main__")
