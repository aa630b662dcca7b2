"""The only place that asks the time; days are days in London, moments are aware UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_frozen: datetime | None = None


def now() -> datetime:
    """Return this moment, aware and in UTC."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Return the day that it is in London."""
    return now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    """Return the moment as a clock on a wall in London shows it."""
    return moment.astimezone(LONDON)


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment, for tests."""
    global _frozen  # noqa: PLW0603 - one clock for the process is the point
    before, _frozen = _frozen, moment.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
