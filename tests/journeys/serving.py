"""The service as it is run: gunicorn in a process of its own, on a free port and on the database of one test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

KEY = "a key for tests that signs nothing of worth"

START = 30.0
"""Seconds that the server has to answer on a busy machine."""


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[str]:
    """Serve the database; yield the address. What the server says goes to a file in the folder."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": KEY,
        "SELECTION_INSTANCE": str(folder),
        "PORT": str(port),
    }
    bind = ("--bind", f"127.0.0.1:{port}", "--workers", "2", "--no-control-socket", "--log-level", "warning")
    log = folder / "gunicorn.log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app", *bind],
            cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            await_answer(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(15)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_answer(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; fail with what it said if it does not."""
    deadline = time.monotonic() + START
    while server.poll() is None and time.monotonic() < deadline:
        if _answers(port, patience=deadline - time.monotonic()):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def _answers(port: int, *, patience: float) -> bool:
    """True if a worker has answered, whatever it said: the port is open long before a worker has loaded the service."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", "/health")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
