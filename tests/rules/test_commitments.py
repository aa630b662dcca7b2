"""Nobody is in two places on one day, as whatever they are expected there."""

from datetime import date, timedelta

import pytest

from selection.rules.commitments import Commitment, Duty, reasons_against_clash

MONDAY = date(2027, 4, 5)
WEEK = [MONDAY + timedelta(days=number) for number in range(5)]


def on(day: date, duty: Duty = Duty.BOOKED, title: str = "Spring course") -> Commitment:
    """A promise for a day."""
    return Commitment(day=day, duty=duty, title=title)


@pytest.mark.parametrize(
    ("commitments", "messages"),
    [
        pytest.param([], [], id="free"),
        pytest.param([on(MONDAY - timedelta(days=1))], [], id="the day before"),
        pytest.param([on(WEEK[-1] + timedelta(days=1))], [], id="the day after"),
        pytest.param([on(MONDAY)], ["Ann is booked on “Spring course” on 5 April 2027."], id="the first day"),
        pytest.param(
            [on(WEEK[4], Duty.CANDIDATE, "June")], ["Ann is a candidate at “June” on 9 April 2027."], id="the last day"
        ),
        pytest.param(
            [on(WEEK[2]), on(WEEK[1]), on(WEEK[3])],
            ["Ann is booked on “Spring course” on 6 April 2027 and 2 more of these days."],
            id="several days of one thing are one reason",
        ),
        pytest.param(
            [on(WEEK[1], Duty.ASSESSOR, "June"), on(WEEK[0], Duty.TRAINER), on(WEEK[1], Duty.CHAIR, "June")],
            [
                "Ann trains “Spring course” on 5 April 2027.",
                "Ann assesses at “June” on 6 April 2027.",
                "Ann chairs “June” on 6 April 2027.",
            ],
            id="all of them, by day",
        ),
    ],
)
def test_reasons_against_clash(commitments: list[Commitment], messages: list[str]) -> None:
    assert [reason.message for reason in reasons_against_clash("Ann", WEEK, commitments)] == messages
