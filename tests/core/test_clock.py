"""A day is a day in London, whichever hour it is elsewhere: what is valid to the end of a day ends at that midnight."""

from datetime import UTC, date, datetime

import pytest

from selection.core import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2027, 1, 31, 23, 59, tzinfo=UTC), date(2027, 1, 31), id="winter, before midnight"),
        pytest.param(datetime(2027, 6, 30, 22, 59, tzinfo=UTC), date(2027, 6, 30), id="summer, before midnight"),
        pytest.param(datetime(2027, 6, 30, 23, 0, tzinfo=UTC), date(2027, 7, 1), id="summer, midnight in London"),
        pytest.param(datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 3, 27), id="before the clocks go on"),
        pytest.param(datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29), id="a night later"),
        pytest.param(datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2027, 10, 31), id="before the clocks go back"),
        pytest.param(datetime(2027, 10, 31, 23, 30, tzinfo=UTC), date(2027, 10, 31), id="a night later, the same"),
        pytest.param(datetime(2028, 2, 28, 23, 59, tzinfo=UTC), date(2028, 2, 28), id="on the eve of a leap day"),
    ],
)
def test_today_is_the_day_in_london(moment: datetime, day: date) -> None:
    with clock.freeze(moment):
        assert clock.today() == day
