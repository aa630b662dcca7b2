"""The form in which every rule says no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why something is refused, what would put it right, and the earliest day on which it could be.

    `code` is stable and meant for programs; `message` and `remedy` are sentences; `earliest` is None where no day
    can be told; `field` names the form field or the item that the reason belongs to.
    """

    code: str
    message: str
    remedy: str = ""
    earliest: date | None = None
    field: str | None = None


def earliest_of(reasons: Iterable[Reason]) -> date | None:
    """Return the first day by which every reason could be put right, or None if one of them cannot be dated."""
    days = [reason.earliest for reason in reasons]
    if not days or None in days:
        return None
    return max(day for day in days if day is not None)
