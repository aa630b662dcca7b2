"""The tables, a file per subject; importing this package makes all of them known."""

from selection.models import (
    authorisations,
    capture,
    centres,
    groups,
    jobs,
    notices,
    people,
    programmes,
    scoring,
    sessions,
    standards,
    trail,
    training,
)

__all__ = [
    "authorisations",
    "capture",
    "centres",
    "groups",
    "jobs",
    "notices",
    "people",
    "programmes",
    "scoring",
    "sessions",
    "standards",
    "trail",
    "training",
]
