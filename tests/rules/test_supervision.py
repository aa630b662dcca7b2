"""Spells under one supervisor and one authorisation each."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Right
from selection.rules.supervision import Supervised, cut_into_spells
from selection.rules.validity import Span
from tests.rules.group_facts import ALL, DORA, FROM_JUNE, LAST, MAY, NAMES, TILL_MAY, TOM, under
from tests.rules.path_facts import CSOGP, days, right


def test_a_period_is_cut_where_the_supervisor_or_the_authorisation_changes() -> None:
    tom, dora = under(TOM, TILL_MAY), under(DORA, FROM_JUNE)
    old, new = right(days(date(2027, 1, 1), date(2027, 7, 10))), right(days(date(2027, 7, 11), date(2028, 1, 1)))
    spells = cut_into_spells(ALL, [new, old], [dora, tom])
    assert [(spell.days, spell.right, spell.supervised) for spell in spells] == [
        (TILL_MAY, old, tom),
        (days(date(2027, 6, 1), date(2027, 7, 10)), old, dora),
        (days(date(2027, 7, 11), LAST), new, dora),
    ]


def test_a_period_without_an_end_is_cut_too() -> None:
    spells = cut_into_spells(days(MAY.first), [right(days(MAY.first))], [under(TOM, days(MAY.first))])
    assert [spell.days for spell in spells] == [Span(first=MAY.first, last=NO_END)]


def test_open_days_are_in_no_spell() -> None:
    assert cut_into_spells(ALL, [right(MAY)], [under(TOM, FROM_JUNE)]) == ()


START = date(2027, 1, 1)
numbers = st.integers(0, 40)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, length = draw(numbers), draw(st.integers(0, 15))
    return days(START + timedelta(first), START + timedelta(first + length))


@given(spans(), st.lists(spans(), max_size=4), st.lists(spans(), max_size=4))
def test_spells_hold_exactly_the_days_that_are_authorised_and_supervised(
    wanted: Span, rights: list[Span], links: list[Span]
) -> None:
    held = [
        Right(id=number, programme_id=CSOGP, role=ActingRole.FACILITATOR, days=span)
        for number, span in enumerate(rights)
    ]
    chain = [
        Supervised(
            id=number, supervisor_id=TOM, supervisor_name=NAMES[TOM], role=ActingRole.TREATMENT_MANAGER, days=span
        )
        for number, span in enumerate(links)
    ]
    spells = cut_into_spells(wanted, held, chain)
    every = [START + timedelta(number) for number in range(60)]
    expected = [
        day for day in every if day in wanted and any(day in one for one in rights) and any(day in one for one in links)
    ]
    assert [day for day in every for spell in spells if day in spell.days] == expected
    for spell in spells:
        assert spell.right.days.covers(spell.days)
        assert spell.supervised.days.covers(spell.days)
