"""Processes that live and end together: when one ends, or we are told to stop, all do, and nothing is left over."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from types import FrameType

PATIENCE = 10.0
"""Seconds that a process has to end by itself once asked; then it is killed."""

TICK = 0.2
"""Seconds between two looks at the processes."""

PR_SET_PDEATHSIG = 1


class Household:
    """A few processes that are started together and end together; made by `household()`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told = Event()
        self._members: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one, in a session of its own, so that Ctrl-C reaches it through us and in order."""
        process = subprocess.Popen(
            command,
            cwd=self._folder,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - we have one thread
        )
        self._members.append((name, process))

    def await_ready(self, ready: Callable[[], bool]) -> bool:
        """Wait until it is ready; False if one ends before that or we are told to stop."""
        while not ready():
            if self.ended() or self._told.wait(TICK):
                return False
        return True

    def await_end(self) -> str | None:
        """Wait until we are told to stop, or one ends by itself; return the name of the one that did."""
        while not self._told.wait(TICK):
            if name := self.ended():
                return name
        return None

    def ended(self) -> str | None:
        """Return the name of one that has ended, if any has."""
        return next((name for name, process in self._members if process.poll() is not None), None)

    def tell(self, _number: int, _frame: FrameType | None) -> None:
        """Take the signal to stop."""
        self._told.set()

    def end(self) -> None:
        """Ask all to end, and after a while kill those that have not, with whatever they had started."""
        for _name, process in self._members:
            if process.poll() is None:
                process.terminate()
        for _name, process in self._members:
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def household(folder: Path) -> Iterator[Household]:
    """Keep processes together for as long as the block runs; `folder` is where they run."""
    members = Household(folder)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, members.tell)
    try:
        yield members
    finally:
        members.end()


def _end_with_parent() -> None:
    """Ask Linux to end this process when we are killed and cannot do so ourselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
