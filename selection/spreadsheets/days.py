"""Days as files have them: 2026-12-31, 31/12/2026, or a date of the spreadsheet."""

import re
from datetime import date

from selection.spreadsheets.cells import Cell, Unfit

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"),
)


def day_of(cell: Cell) -> date | Unfit | None:
    """Return the day that the cell holds, None for an empty one, or why it holds none."""
    if not isinstance(cell, str):
        return cell
    if not cell:
        return None
    for form in _FORMS:
        if found := form.fullmatch(cell):
            return _in_calendar(cell, *(int(found[part]) for part in ("year", "month", "day")))
    return Unfit(f"“{cell[:40]}” is not a day. Write it as 31/12/2026 or 2026-12-31.")


def _in_calendar(cell: str, year: int, month: int, day: int) -> date | Unfit:
    try:
        return date(year, month, day)
    except ValueError:
        return Unfit(f"{cell} is not in the calendar. The day comes first, then the month: 31/12/2026.")
