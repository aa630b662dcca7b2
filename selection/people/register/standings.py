"""Where people stand today, as SQL: one condition a state for the filter, and the facts of many people at once.

Both say what `selection.rules.path.standing` says of one person; a test shows that the three agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)

from selection.core.db import rows
from selection.models.authorisations import Authorisation, Certificate, Stop
from selection.models.centres import Candidacy, Centre, Decision
from selection.models.people import Staff
from selection.models.practice import Practice
from selection.rules.eligibility import ActingRole
from selection.rules.path import OnDay, Standing, standing
from selection.rules.programmes import Stage

Day = date | BindParameter[date]
"""A day, or the place of one in a statement that is made once."""


def stands_at(wanted: Standing, today: Day) -> ColumnElement[bool]:
    """Return the condition that a staff member stands there today: the rung holds, and none above it."""
    above: list[ColumnElement[bool]] = []
    for rung, holds in _ladder(today).items():
        if rung is wanted:
            return and_(holds, *(not_(higher) for higher in above))
        above.append(holds)
    raise LookupError(wanted)


def acts_as(role: ActingRole | BindParameter[str], today: Day) -> ColumnElement[bool]:
    """Return the condition that a staff member is authorised today in the role, on any programme, and not lapsed."""
    return exists().where(
        Authorisation.staff_id == Staff.id, Authorisation.role == role, _valid(Authorisation, today), _acts(today)
    )


def standings(staff: Iterable[tuple[int, date | None]], today: date) -> dict[int, Standing]:
    """Return where each of the people stands, given as id and day of leaving; one query however many they are."""
    leaving = dict(staff)
    facts: defaultdict[int, set[str]] = defaultdict(set)
    if leaving:
        for staff_id, fact in rows(_FACTS, ids=list(leaving), today=today):
            facts[staff_id].add(fact)
    return {staff_id: standing(_on_day(facts[staff_id], left_on, today)) for staff_id, left_on in leaving.items()}


def _on_day(facts: set[str], left_on: date | None, today: date) -> OnDay:
    return OnDay(
        left=left_on is not None and left_on < today,
        stopped="stopped" in facts,
        authorised="authorised" in facts,
        lapsed="lapsed" in facts,
        certified=frozenset(_STAGES[fact] for fact in facts if fact in _STAGES),
        candidate="candidate" in facts,
    )


def _ladder(today: Day) -> dict[Standing, ColumnElement[bool]]:
    """Return what holds on each rung, the highest first; a person stands on the first that holds."""
    selected, fundamental, programme = (_certified(stage, today) for stage in Stage)
    return {
        Standing.LEFT: and_(Staff.left_on.is_not(None), Staff.left_on < today),
        Standing.STOPPED: exists().where(Stop.staff_id == Staff.id, _stops(today)),
        Standing.AUTHORISED: exists().where(
            Authorisation.staff_id == Staff.id, _valid(Authorisation, today), _acts(today)
        ),
        Standing.LAPSED: exists().where(Authorisation.staff_id == Staff.id, _valid(Authorisation, today)),
        Standing.TRAINED: and_(programme, fundamental, selected),
        Standing.FUNDAMENTAL: and_(fundamental, selected),
        Standing.SELECTED: selected,
        Standing.CANDIDATE: select(Candidacy.id)
        .join(Candidacy.centre)
        .where(Candidacy.staff_id == Staff.id, _undecided())
        .correlate(Staff)
        .exists(),
        Standing.NOT_PUT_FORWARD: true(),
    }


def _certified(stage: Stage, today: Day) -> ColumnElement[bool]:
    return exists().where(Certificate.staff_id == Staff.id, Certificate.stage == stage, _valid(Certificate, today))


def _valid(table: type[Certificate] | type[Authorisation], today: Day) -> ColumnElement[bool]:
    return and_(table.valid_from <= today, table.valid_to >= today)


def _acts(today: Day) -> ColumnElement[bool]:
    """Return the condition that an authorisation has not lapsed: a facilitator's does for want of delivery."""
    practised = exists().where(
        Practice.staff_id == Authorisation.staff_id,
        Practice.programme_id == Authorisation.programme_id,
        Practice.begins_on <= today,
        Practice.lapses_on >= today,
    )
    return or_(Authorisation.role != ActingRole.FACILITATOR, practised)


def _stops(today: Day) -> ColumnElement[bool]:
    return and_(Stop.from_day <= today, Stop.to_day >= today)


def _undecided() -> ColumnElement[bool]:
    return and_(Centre.closed_at.is_(None), not_(exists().where(Decision.candidacy_id == Candidacy.id)))


def _word(fact: str) -> ColumnElement[str]:
    return literal_column(f"'{fact}'", String)


_STAGES = {str(stage): stage for stage in Stage}
_TODAY = bindparam("today", type_=Date)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)

# Asked for once and not with each part: to write the ids out four times takes longer than to look them up.
_THEM = select(select(Staff.id).where(Staff.id.in_(_IDS)).cte("them").c.id)

_FACTS = union_all(
    select(Certificate.staff_id, Certificate.stage)
    .where(_valid(Certificate, _TODAY))
    .where(Certificate.staff_id.in_(_THEM)),
    select(Authorisation.staff_id, case((_acts(_TODAY), _word("authorised")), else_=_word("lapsed")))
    .where(_valid(Authorisation, _TODAY))
    .where(Authorisation.staff_id.in_(_THEM)),
    select(Stop.staff_id, _word("stopped")).where(_stops(_TODAY)).where(Stop.staff_id.in_(_THEM)),
    select(Candidacy.staff_id, _word("candidate"))
    .join(Candidacy.centre)
    .where(_undecided())
    .where(Candidacy.staff_id.in_(_THEM)),
)
