"""When supervision and session reviews fall due."""

from datetime import date

import pytest

from selection.rules.supervising import Delivered, Due, due_on, period_of, reviews_due, standing
from selection.rules.validity import Span

FIRST = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param(None, date(2027, 3, 29), id="never: counted from the first day on the group"),
        pytest.param(date(2027, 3, 10), date(2027, 4, 7), id="counted from the last one"),
        pytest.param(date(2027, 2, 15), date(2027, 3, 15), id="one on an earlier group still holds"),
        pytest.param(date(2027, 2, 1), FIRST, id="one that holds to the first day"),
        pytest.param(date(2027, 1, 31), date(2027, 3, 29), id="one that held no more: from the first day"),
        pytest.param(date(2025, 1, 31), date(2027, 3, 29), id="one of years ago"),
    ],
)
def test_due_on(last: date | None, expected: date) -> None:
    assert due_on(FIRST, last, 4) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2027, 3, 21), Due.IN_TIME, id="eight days before"),
        pytest.param(date(2027, 3, 22), Due.SOON, id="a week before"),
        pytest.param(date(2027, 3, 29), Due.SOON, id="on the day"),
        pytest.param(date(2027, 3, 30), Due.OVERDUE, id="the day after"),
    ],
)
def test_standing(today: date, expected: Due) -> None:
    assert standing(date(2027, 3, 29), today, soon_days=7) is expected


@pytest.mark.parametrize(
    ("day", "months", "first", "last"),
    [
        pytest.param(date(2027, 1, 1), 3, date(2027, 1, 1), date(2027, 3, 31), id="first day of the year"),
        pytest.param(date(2027, 6, 30), 3, date(2027, 4, 1), date(2027, 6, 30), id="last day of a quarter"),
        pytest.param(date(2028, 12, 31), 3, date(2028, 10, 1), date(2028, 12, 31), id="last day of the year"),
        pytest.param(date(2028, 2, 29), 1, date(2028, 2, 1), date(2028, 2, 29), id="a month"),
        pytest.param(date(2027, 7, 1), 6, date(2027, 7, 1), date(2027, 12, 31), id="half a year"),
    ],
)
def test_period_of(day: date, months: int, first: date, last: date) -> None:
    assert period_of(day, months) == Span(first=first, last=last)


def on(day: date, run: int = 1) -> Delivered:
    return Delivered(day=day, run=run, module=f"Module {run}")


JAN, FEB, APRIL = date(2027, 1, 11), date(2027, 2, 15), date(2027, 4, 12)


@pytest.mark.parametrize(
    ("delivered", "reviewed", "expected"),
    [
        pytest.param([], [], [], id="nothing delivered"),
        pytest.param([on(JAN)], [], [("2027-03-31", None), ("2027-03-31", "Module 1")], id="a quarter and a module"),
        pytest.param([on(JAN), on(FEB)], [on(FEB)], [], id="one review serves both"),
        pytest.param(
            [on(JAN), on(APRIL)],
            [],
            [("2027-03-31", None), ("2027-06-30", "Module 1"), ("2027-06-30", None)],
            id="a module that goes on is reviewed by the end of the period of its last session",
        ),
        pytest.param([on(JAN), on(FEB, 2)], [on(JAN)], [("2027-03-31", "Module 2")], id="a second module"),
        pytest.param([on(JAN), on(APRIL)], [on(JAN)], [("2027-06-30", None)], id="a second quarter of one module"),
        pytest.param([on(date(2025, 1, 13))], [], [], id="too long ago to be asked for"),
    ],
)
def test_reviews_due(
    delivered: list[Delivered], reviewed: list[Delivered], expected: list[tuple[str, str | None]]
) -> None:
    due = reviews_due(delivered, reviewed, today=date(2027, 5, 1))
    assert [(one.by.isoformat(), one.module) for one in due] == expected
