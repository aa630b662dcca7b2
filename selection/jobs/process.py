"""The process that runs the timetable for as long as it holds the lease, and else waits for it."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from selection.core import clock
from selection.jobs import lease
from selection.jobs.timetable import TIMETABLE, Job
from selection.notices import deliver

log = logging.getLogger(__name__)

RENEWED_EVERY = 20.0
"""Seconds between two renewals: two may fail before the lease is lost."""

ASKED_EVERY = 2.0
"""Seconds between two looks of a process that waits whether the lease is free."""


class Timekeeper:
    """Runs the jobs on a thread beside the one that keeps the lease, so that a long job does not cost the lease."""

    def __init__(self, app: Flask, holder: str) -> None:
        self._app = app
        self._holder = holder
        self._told = Event()
        self._sure_until = 0.0

    def tell(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Take the signal to stop: a job that is running ends first."""
        self._told.set()

    def serve(self) -> None:
        """Run the timetable whenever the lease is ours, until told to stop; then give the lease back."""
        with self._app.app_context():
            deliver.announce()
        waits = False
        while not self._told.is_set():
            if self._holds():
                log.info("the timetable runs here: %s", ", ".join(job.name for job in TIMETABLE))
                self._run_while_held()
                waits = False
            elif not waits:
                log.info("another process runs the timetable; waiting")
                waits = True
            self._told.wait(ASKED_EVERY)
        self._give_back()

    def _run_while_held(self) -> None:
        with self._scheduler():
            while not self._told.wait(RENEWED_EVERY):
                if not self._holds():
                    log.warning("the lease on the timetable was lost")
                    return

    def _holds(self) -> bool:
        """Take or renew the lease; while the database does not answer, it is ours until it would run out."""
        asked = monotonic()
        try:
            with self._app.app_context():
                held = lease.take(self._holder)
        except SQLAlchemyError as error:
            log.warning("the lease could not be renewed: %s", error)
            return asked < self._sure_until
        self._sure_until = asked + lease.HELD_FOR.total_seconds() if held else 0.0
        return held

    def _give_back(self) -> None:
        try:
            with self._app.app_context():
                lease.release(self._holder)
        except SQLAlchemyError as error:
            log.warning("the lease could not be given back and runs out by itself: %s", error)

    @contextmanager
    def _scheduler(self) -> Iterator[None]:
        scheduler = BackgroundScheduler(timezone=clock.LONDON, job_defaults={"coalesce": True, "max_instances": 1})
        for job in TIMETABLE:
            scheduler.add_job(run, job.when, args=[self._app, job], id=job.name, misfire_grace_time=None)
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=True)


def run(app: Flask, job: Job) -> object:
    """Run a job in a context of its own; what goes wrong is logged by the scheduler and does not stop the others."""
    with app.app_context():
        return job.run()


def serve(app: Flask) -> None:
    """Keep the timetable until SIGTERM or SIGINT."""
    keeper = Timekeeper(app, lease.new_holder())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, keeper.tell)
    keeper.serve()
