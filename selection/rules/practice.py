"""Practice: without delivery for a programme's months the right to begin a spell lapses, by the dates alone.

The months are a local setting of the programme [default 24]. They are counted from the day of the certificate of
programme training, or from the last day delivered since. Somebody who began in time and delivers never lapses.
"""

from datetime import date

from selection.rules.calendar import add_months


def lapses_on(begins_on: date, delivered_on: date | None, *, months: int) -> date:
    """Return the last day on which a spell may begin: so many months after the last day delivered, or after the first.

    24 months without delivery after 10 May 2024 are over at the end of 10 May 2026.
    """
    return add_months(max(begins_on, delivered_on or begins_on), months)
