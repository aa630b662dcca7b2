"""Who is on the team on which days, when it is short, and when somebody could join after all."""

from datetime import date

from selection.rules.earliest import earliest_days, free_days
from selection.rules.eligibility import ActingRole
from selection.rules.supervision import AssignmentKind
from selection.rules.team import Shortfall, regulars_on, shortfalls, stretches
from selection.rules.validity import Span
from tests.rules.group_facts import ALL, ANN, DORA, FINN, FIRST, FROM_JUNE, JUNE, LAST, MAY, TILL_MAY, on
from tests.rules.path_facts import CSOGP, OTHER, days, person, right, suspended, three

JULY = days(date(2027, 7, 1), LAST)


def test_days_are_cut_where_somebody_comes_or_goes() -> None:
    assert stretches(ALL, []) == (ALL,)
    assert stretches(ALL, [ALL, days(date(2027, 1, 1))]) == (ALL,)
    assert stretches(ALL, [JUNE, FROM_JUNE]) == (TILL_MAY, JUNE, JULY)
    assert stretches(days(LAST, FIRST), [JUNE]) == ()


def test_cover_does_not_count_as_regular() -> None:
    team = [on(ANN, MAY), on(FINN, ALL, AssignmentKind.COVER), on(DORA, JUNE)]
    assert regulars_on(team, FIRST) == {ANN}
    assert regulars_on(team, JUNE.first) == {DORA}


def test_short_days_are_told_with_how_many_are_there() -> None:
    team = [on(ANN), on(FINN, FROM_JUNE), on(DORA, JUNE, AssignmentKind.COVER)]
    assert shortfalls(ALL, team, 2) == (Shortfall(days=TILL_MAY, there=1),)
    assert shortfalls(ALL, team, 3) == (Shortfall(days=TILL_MAY, there=1), Shortfall(days=FROM_JUNE, there=2))
    assert shortfalls(FROM_JUNE, team, 2) == ()


def test_one_person_twice_is_one() -> None:
    team = [on(ANN, TILL_MAY), on(ANN, FROM_JUNE), on(ANN, JUNE)]
    assert shortfalls(ALL, team, 2) == (Shortfall(days=ALL, there=1),)


def free(*taken: Span, **facts: tuple[object, ...]) -> tuple[Span, ...]:
    """The days of the group that Ann has for it."""
    ann = person(steps=three(), **facts)  # type: ignore[arg-type]
    return free_days(ann, ActingRole.FACILITATOR, CSOGP, within=ALL, taken=taken)


def test_free_days_are_those_without_any_reason_against() -> None:
    assert free(rights=(right(),)) == (ALL,)
    assert free() == ()
    assert free(rights=(right(programme_id=OTHER),)) == ()
    assert free(JUNE, rights=(right(),)) == (TILL_MAY, JULY)
    assert free(rights=(right(),), stops=(suspended(days(FIRST, date(2027, 6, 30))),)) == (JULY,)
    assert free(rights=(right(),), stops=(suspended(ALL, OTHER),)) == (ALL,)
    assert free(rights=(right(TILL_MAY), right(FROM_JUNE))) == (ALL,)


def test_the_earliest_days_last_as_long_as_wanted_if_they_can() -> None:
    assert earliest_days([FROM_JUNE], ALL) == FROM_JUNE
    assert earliest_days([TILL_MAY, JULY], ALL) == JULY
    assert earliest_days([FROM_JUNE], TILL_MAY) == days(date(2027, 6, 1), date(2027, 6, 29))
    assert earliest_days([days(LAST, LAST)], TILL_MAY) is None
    assert earliest_days([], ALL) is None
