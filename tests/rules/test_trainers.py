"""Who may train: authorised on every day, certified for years, here, not stopped, and not elsewhere."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.commitments import Commitment, Duty
from selection.rules.eligibility import Person
from selection.rules.programmes import Stage
from selection.rules.trainers import Asked, reasons_against_trainer
from tests.rules.path_facts import CSOGP, OTHER, days, deselected, person, right, step, suspended
from tests.rules.selection_facts import codes

DAYS = [date(2027, 5, 3), date(2027, 5, 4)]
ASKS = Asked(stage=Stage.PROGRAMME, programme_id=CSOGP, authorised=True, years=2)
CERTIFIED = step(Stage.PROGRAMME, days(date(2025, 5, 3), date(2028, 5, 2)))
FIT = person(steps=(CERTIFIED,), rights=(right(),))
ANYTHING = replace(ASKS, authorised=False, years=0)


@pytest.mark.parametrize(
    ("who", "asked", "expected"),
    [
        pytest.param(FIT, ASKS, [], id="authorised, and certified for two years to the day"),
        pytest.param(person(), ANYTHING, [], id="a course that asks for nothing"),
        pytest.param(person(), ASKS, ["trainer.not_authorised", "trainer.too_new"], id="neither"),
        pytest.param(
            replace(FIT, rights=(right(days(date(2027, 1, 1), date(2027, 5, 3))),)),
            ASKS,
            ["trainer.not_authorised"],
            id="authorised on the first day alone",
        ),
        pytest.param(
            replace(FIT, rights=(right(programme_id=OTHER),)), ASKS, ["trainer.not_authorised"], id="elsewhere"
        ),
        pytest.param(
            replace(FIT, rights=(right(programme_id=OTHER),), steps=(step(Stage.FUNDAMENTAL, CERTIFIED.days),)),
            replace(ASKS, stage=Stage.FUNDAMENTAL, programme_id=None),
            [],
            id="any programme does for fundamental training",
        ),
        pytest.param(
            replace(FIT, steps=(step(Stage.PROGRAMME, days(date(2025, 5, 4), date(2028, 5, 3))),)),
            ASKS,
            ["trainer.too_new"],
            id="a day short of two years",
        ),
        pytest.param(
            replace(FIT, steps=(replace(CERTIFIED, days=days(date(2024, 1, 1), date(2023, 12, 31))),)),
            ASKS,
            ["trainer.too_new"],
            id="a certificate withdrawn before it began counts for nothing",
        ),
        pytest.param(
            replace(FIT, stops=(suspended(days(DAYS[1], DAYS[1])),)), ANYTHING, ["trainer.suspension"], id="stopped"
        ),
        pytest.param(
            replace(FIT, stops=(deselected(date(2027, 1, 1), OTHER),)), ANYTHING, [], id="stopped on another programme"
        ),
        pytest.param(
            replace(FIT, employed=days(DAYS[1])), ANYTHING, ["trainer.not_here"], id="joins on the second day"
        ),
    ],
)
def test_reasons_against_trainer(who: Person, asked: Asked, expected: list[str]) -> None:
    assert codes(reasons_against_trainer(who, asked, DAYS)) == expected


def test_a_trainer_is_not_in_two_places() -> None:
    duty = Commitment(day=DAYS[1], duty=Duty.BOOKED, title="Spring course")
    (reason,) = reasons_against_trainer(FIT, ASKS, DAYS, duties=[duty])
    assert (reason.code, reason.field) == ("clash.booked", "trainers")


def test_the_earliest_day_is_said() -> None:
    (reason,) = reasons_against_trainer(
        replace(FIT, steps=(step(Stage.PROGRAMME, days(date(2025, 6, 1), date(2028, 5, 3))),)), ASKS, DAYS
    )
    assert reason.earliest == date(2027, 6, 1)
