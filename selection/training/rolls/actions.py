"""What changes the roll."""

from collections.abc import Iterable
from datetime import date

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.training import Attendance
from selection.rules.courses import reasons_against_roll
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.training.rolls.queries import Line, Roll, in_words


def take(roll: Roll, days: Iterable[date], present: Iterable[tuple[int, date]], *, by: Actor) -> int:
    """Take the roll of the days for everybody booked: present as named (booking and day), absent otherwise.

    Returns for how many people something changed; raises Refused for a day that is to come or not the event's.
    """
    taken, there = sorted(set(days)), set(present)
    every = (*roll.days, *roll.coming)
    if reasons := reasons_against_roll(taken, every, booked=len(roll.lines), today=clock.today()):
        raise Refused(*reasons)
    changes = [(line, line.changes(taken, there)) for line in roll.lines]
    for line, new in changes:
        _write(line, new)
    db.session.flush()
    for line, new in changes:
        if new:
            before = {"days": in_words({day: line.present[day] for day in new if day in line.present})}
            record(
                "attendance.recorded",
                by=by,
                subject_id=line.booking.id,
                staff_id=line.booking.staff_id,
                before=before if before["days"] else None,
                after={"days": in_words(new)},
            )
    return sum(bool(new) for _line, new in changes)


def _write(line: Line, new: dict[date, bool]) -> None:
    rows = {row.day: row for row in line.booking.attendance}
    for day, is_there in new.items():
        if day in rows:
            rows[day].present = is_there
        else:
            line.booking.attendance.append(Attendance(day=day, present=is_there))
