"""The timetable: every job, what it does and when. To add one is to add a line."""

from collections.abc import Callable
from dataclasses import dataclass

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from selection.core.clock import LONDON
from selection.jobs import reminding, sealing
from selection.notices import deliver


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A job: `run` works in an application context of its own, commits, and returns what it did, to be shown."""

    name: str
    says: str
    when: BaseTrigger
    run: Callable[[], object]


TIMETABLE = (
    Job(
        name="deliver-notices",
        says="Send the letters of the outbox that are due",
        when=IntervalTrigger(minutes=1, timezone=LONDON),
        run=deliver.deliver_due,
    ),
    Job(
        name="remind",
        says="Tell people of certificates that end soon, and of rights that lapse without delivery",
        when=CronTrigger(hour=6, minute=30, timezone=LONDON),
        run=reminding.remind_today,
    ),
    Job(
        name="remind-supervisors",
        says="Tell supervisors whose supervision is overdue, once a week",
        when=CronTrigger(hour=6, minute=45, timezone=LONDON),
        run=reminding.remind_supervisors,
    ),
    Job(
        name="seal-trail",
        says="Seal what is new on the audit trail",
        when=CronTrigger(minute=20, timezone=LONDON),
        run=sealing.seal_trail,
    ),
)


def named(name: str) -> Job | None:
    """Return the job of this name, if there is one."""
    return next((job for job in TIMETABLE if job.name == name), None)
