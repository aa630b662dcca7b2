"""The service in a process that can be killed in the middle of anything, and started again on the same database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.journeys.serving import ROOT, await_answer, free_port


class Service:
    """Gunicorn with two workers on one port, for as long as the tests let it live."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "gunicorn.log"
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a key for tests that signs nothing of worth",
            "SELECTION_INSTANCE": str(folder),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def up(self) -> bool:
        """True while the process lives."""
        return self._process is not None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        bind = ("--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--preload", "--no-control-socket")
        with self._log.open("a") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "wsgi:app", *bind, "--log-level", "warning"],
                cwd=ROOT, env=self._environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        await_answer(self.port, self._process, self._log)

    def kill(self) -> None:
        """End it at once, workers too, whatever they are at."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
