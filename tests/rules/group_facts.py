"""A group in small: it runs from May to July 2027, under Tom (9) unless said otherwise."""

from datetime import date
from itertools import count

from selection.rules.assignment import GroupFacts, Placed
from selection.rules.eligibility import ActingRole
from selection.rules.supervision import AssignmentKind, GroupState, Supervised
from selection.rules.validity import Span
from tests.rules.path_facts import CSOGP, days

ANN, TOM, DORA, FINN = 1, 9, 8, 7
NAMES = {TOM: "Tom", DORA: "Dora", ANN: "Ann Lee"}
TODAY = date(2027, 4, 12)
FIRST, LAST = date(2027, 5, 3), date(2027, 7, 30)
ALL = days(FIRST, LAST)
MAY, JUNE, JULY = (days(date(2027, month, 1 if month > 5 else 3), date(2027, month, 30)) for month in (5, 6, 7))
TILL_MAY, FROM_JUNE = days(FIRST, date(2027, 5, 31)), days(date(2027, 6, 1), LAST)

_ids = count(100)


def under(who: int, spell: Span = ALL, role: ActingRole = ActingRole.TREATMENT_MANAGER) -> Supervised:
    """A link of the chain."""
    return Supervised(id=next(_ids), supervisor_id=who, supervisor_name=NAMES[who], role=role, days=spell)


def on(who: int, spell: Span = ALL, kind: AssignmentKind = AssignmentKind.REGULAR) -> Placed:
    """A spell on the team."""
    return Placed(facilitator_id=who, days=spell, kind=kind)


def group(
    *chain: Supervised, state: GroupState = GroupState.OPEN, placed: tuple[Placed, ...] = (), spell: Span = ALL
) -> GroupFacts:
    """The group, with the links of its chain."""
    return GroupFacts(programme_id=CSOGP, state=state, days=spell, chain=chain, placed=placed)
