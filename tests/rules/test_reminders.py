"""Which reminder is due on which day, and when none is."""

from datetime import date, timedelta

import pytest

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Person, Practised, Right
from selection.rules.reminders import Ahead, ahead, is_renewed, reminder_due
from selection.rules.validity import Span, day_after

END = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("days_left", "due"),
    [
        pytest.param(91, None, id="the day before the first"),
        pytest.param(90, 90, id="the day of the first"),
        pytest.param(61, 90, id="the first again, which is sent once"),
        pytest.param(60, 60, id="the second"),
        pytest.param(30, 30, id="the third"),
        pytest.param(8, 30, id="the eve of the last"),
        pytest.param(7, 7, id="the last"),
        pytest.param(0, 7, id="the last valid day itself"),
        pytest.param(-1, None, id="over"),
    ],
)
def test_the_reminder_due(days_left: int, due: int | None) -> None:
    assert reminder_due(END, today=END - timedelta(days=days_left)) == due


def test_what_is_set_otherwise_holds() -> None:
    assert reminder_due(END, today=END - timedelta(days=14), days_before=(14,)) == 14
    assert reminder_due(END, today=END - timedelta(days=15), days_before=(14,)) is None
    assert reminder_due(END, today=END, days_before=()) is None


def test_what_has_no_end_is_never_due() -> None:
    assert reminder_due(NO_END, today=END) is None


@pytest.mark.parametrize(
    ("first", "last", "renewed"),
    [
        pytest.param(date(2027, 7, 1), date(2030, 6, 30), True, id="joins on the next day"),
        pytest.param(date(2027, 5, 1), date(2030, 4, 30), True, id="began before this one ends"),
        pytest.param(date(2027, 7, 2), date(2030, 7, 1), False, id="leaves a gap of one day"),
        pytest.param(date(2026, 1, 1), END, False, id="ends on the same day"),
        pytest.param(date(2027, 7, 1), date(2027, 6, 30), False, id="ended before it began"),
    ],
)
def test_a_renewal_joins_without_a_gap(first: date, last: date, renewed: bool) -> None:
    this = Span(first=date(2024, 7, 1), last=END)
    assert is_renewed(this, [this, Span(first=first, last=last)]) is renewed


PROGRAMME, OTHER = 7, 8
TRAINED = date(2026, 9, 14)
LAPSES, EXPECTED = date(2028, 9, 14), date(2027, 3, 14)


def may(last: date, role: ActingRole = ActingRole.FACILITATOR, programme_id: int = PROGRAMME) -> Right:
    return Right(id=1, programme_id=programme_id, role=role, days=Span(first=TRAINED, last=last))


def practised(first: date = TRAINED, last: date = LAPSES, *, delivered: bool = False) -> Practised:
    return Practised(id=1, programme_id=PROGRAMME, days=Span(first=first, last=last), delivered=delivered)


BOTH = {Ahead.LAPSE: LAPSES, Ahead.FIRST_DELIVERY: EXPECTED}


@pytest.mark.parametrize(
    ("rights", "practices", "today", "expected"),
    [
        pytest.param([may(NO_END)], [practised()], EXPECTED, BOTH, id="on the day by which a delivery is expected"),
        pytest.param([may(NO_END)], [practised()], day_after(EXPECTED), {Ahead.LAPSE: LAPSES}, id="a day later"),
        pytest.param([may(NO_END)], [practised()], LAPSES, {Ahead.LAPSE: LAPSES}, id="on the last day"),
        pytest.param([may(NO_END)], [practised()], day_after(LAPSES), {}, id="lapsed"),
        pytest.param([may(day_after(LAPSES))], [practised()], LAPSES, {Ahead.LAPSE: LAPSES}, id="a day to lose"),
        pytest.param([may(LAPSES)], [practised()], LAPSES, {}, id="nothing to lose: the right ends as well"),
        pytest.param([may(LAPSES), may(NO_END)], [practised()], LAPSES, {Ahead.LAPSE: LAPSES}, id="a right that joins"),
        pytest.param([may(NO_END)], [practised(delivered=True)], TRAINED, {Ahead.LAPSE: LAPSES}, id="delivered once"),
        pytest.param(
            [may(NO_END)],
            [practised(delivered=True), practised(day_after(LAPSES), date(2030, 9, 14))],
            LAPSES,
            {Ahead.LAPSE: date(2030, 9, 14)},
            id="a refresher joins",
        ),
        pytest.param([may(NO_END)], [], LAPSES, {}, id="not trained"),
        pytest.param([], [practised()], TRAINED, {}, id="stopped"),
        pytest.param([may(NO_END, programme_id=OTHER)], [practised()], TRAINED, {}, id="of another programme"),
        pytest.param([may(NO_END, ActingRole.TREATMENT_MANAGER)], [practised()], TRAINED, {}, id="supervises alone"),
    ],
)
def test_what_is_ahead_without_a_delivery(
    rights: list[Right], practices: list[Practised], today: date, expected: dict[Ahead, date]
) -> None:
    ever = Span(first=date(2000, 1, 1), last=NO_END)
    person = Person(staff_id=1, name="Ann", employed=ever, rights=tuple(rights), practices=tuple(practices))
    assert ahead(person, PROGRAMME, months=6, today=today) == expected
