"""The tables, a file per subject; importing this package makes all of them known."""

from selection.models import (
    authorisations,
    centres,
    groups,
    jobs,
    notices,
    people,
    programmes,
    scoring,
    standards,
    trail,
    training,
)

__all__ = [
    "authorisations",
    "centres",
    "groups",
    "jobs",
    "notices",
    "people",
    "programmes",
    "scoring",
    "standards",
    "trail",
    "training",
]
