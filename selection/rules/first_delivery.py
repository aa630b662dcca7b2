"""Until when somebody is expected to deliver a programme for the first time after they were trained for it.

The months are a local setting of the programme [default 6]. It is an expectation and no rule: whoever is late is shown,
so that they get a group before they have lapsed, and nothing is refused for it.
"""

from datetime import date, timedelta

from selection.rules.calendar import add_months
from selection.rules.eligibility import Person
from selection.rules.validity import day_before


def expected_by(person: Person, programme_id: int, *, months: int) -> date | None:
    """Return the last day on which a first delivery is in time; None if they have delivered, or are not trained.

    It is counted from the latest training: six months after 31 August 2026 are over at the end of 28 February 2027.
    """
    practices = [one for one in person.practices if one.programme_id == programme_id]
    begun = [one.days.first for one in practices if not one.days.is_empty]
    if not begun or any(one.delivered for one in practices):
        return None
    return add_months(max(begun), months)


def late_since(today: date, *, months: int) -> date:
    """Return the latest day of training from which a first delivery is late today, as `expected_by` counts."""
    day = add_months(today, -months) + timedelta(days=3)  # as much as a shorter month takes off
    while add_months(day, months) >= today:
        day = day_before(day)
    return day
