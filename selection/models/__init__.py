"""The tables, a file per subject; importing this package makes all of them known."""

from selection.models import (
    authorisations,
    calendars,
    capture,
    centres,
    delivery,
    groups,
    jobs,
    notices,
    people,
    programmes,
    scoring,
    sessions,
    standards,
    supervision,
    trail,
    training,
)

__all__ = [
    "authorisations",
    "calendars",
    "capture",
    "centres",
    "delivery",
    "groups",
    "jobs",
    "notices",
    "people",
    "programmes",
    "scoring",
    "sessions",
    "standards",
    "supervision",
    "trail",
    "training",
]
