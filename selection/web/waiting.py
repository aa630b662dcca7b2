"""What waits for a person: each slice names its own, the first page shows them together."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One thing to do: a title that says what, where to do it, and by when if there is a day."""

    title: str
    detail: str
    url: str
    due: date | None = None
