"""What a check came to."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One line of the report: what was checked, whether it holds, and if not what was seen."""

    check: str
    holds: bool
    seen: str = ""
