"""Rows → facts: all that the rules need of any number of people, in one query."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    case,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from selection.core.db import rows
from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.models.practice import Practice
from selection.rules.calendar import NO_END
from selection.rules.eligibility import (
    ActingRole,
    Appointed,
    OnGroup,
    Person,
    Practised,
    Right,
    Step,
    StopKind,
    Stopped,
)
from selection.rules.programmes import Stage
from selection.rules.validity import Span

Fact = Row[str, int, int, int | None, str | None, date, Any]

IDS: BindParameter[int] = bindparam("ids", expanding=True)


def _facts(kind: str | ColumnElement[str], row: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    said = literal_column(f"'{kind}'", String) if isinstance(kind, str) else kind
    return select(said, row.id, row.staff_id, row.programme_id, *columns).where(row.staff_id.in_(IDS))


_STEP = case(
    (Certificate.recognition_id.is_(None), literal_column("'step'", String)),
    else_=literal_column("'recognised'", String),
)
_DELIVERED = case((Practice.delivered_id.is_not(None), literal_column("'delivered'", String)))
_PAPERS = (
    select(
        *(literal_column("'staff'", String), Staff.id, Staff.id, cast(null(), Integer)),
        *(Staff.name, Staff.joined_on, Staff.left_on),
    ).where(Staff.id.in_(IDS)),
    _facts(_STEP, Certificate, Certificate.stage, Certificate.valid_from, Certificate.valid_to),
    _facts("right", Authorisation, Authorisation.role, Authorisation.valid_from, Authorisation.valid_to),
    _facts("stop", Stop, Stop.kind, Stop.from_day, Stop.to_day),
    _facts("practice", Practice, _DELIVERED, Practice.begins_on, Practice.lapses_on),
)

# Built once: to build them takes several times as long as to run them.
_STANDING = union_all(*_PAPERS)
_FACTS = union_all(
    *_PAPERS,
    _facts("appointment", Appointment, Appointment.role, Appointment.valid_from, Appointment.valid_to),
    select(
        *(literal_column("'spell'", String), Assignment.group_id, Assignment.facilitator_id, Assignment.programme_id),
        *(Group.reference, Assignment.starts_on, Assignment.ends_on),
    )
    .join(Group, Group.id == Assignment.group_id)
    .where(Assignment.facilitator_id.in_(IDS)),
)


def people(staff_ids: Iterable[int]) -> dict[int, Person]:
    """Return the facts about each of the staff members, by id; one query however many they are."""
    return _gathered(_FACTS, staff_ids)


def standings(staff_ids: Iterable[int]) -> dict[int, Person]:
    """Return each of the staff members without their appointments and spells: where they stand, as far as papers say.

    Whether they may act takes more, which `people` gathers.
    """
    return _gathered(_STANDING, staff_ids)


def _gathered(statement: CompoundSelect[*tuple[Any, ...]], staff_ids: Iterable[int]) -> dict[int, Person]:
    wanted = list(staff_ids)
    if not wanted:
        return {}
    facts: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in rows(statement, ids=wanted):
        facts[fact[2]].append(fact)
    return {staff_id: _person(facts[staff_id]) for staff_id in wanted if facts[staff_id]}


def person(staff_id: int) -> Person:
    """Return the facts about one staff member; raises KeyError if there is no such person."""
    return people([staff_id])[staff_id]


# What a word stands for, looked up: to ask the enumeration takes five times as long, and there are many.
_STAGES, _ROLES = {one.value: one for one in Stage}, {one.value: one for one in ActingRole}


def _person(facts: list[Fact]) -> Person:
    told: defaultdict[type, list[Any]] = defaultdict(list)
    name, employed, staff_id = "", Span(first=date.max, last=date.min), 0
    for kind, row_id, owner, programme_id, word, first, last in facts:
        if kind == "staff":
            staff_id, name, employed = owner, word or "", Span(first=first, last=last or NO_END)
            continue
        fact = _told(kind, row_id, programme_id, word or "", first, last)
        told[type(fact)].append(fact)
    return Person(
        staff_id=staff_id,
        name=name,
        employed=employed,
        steps=tuple(told[Step]),
        appointments=tuple(told[Appointed]),
        rights=tuple(told[Right]),
        stops=tuple(told[Stopped]),
        spells=tuple(told[OnGroup]),
        practices=tuple(told[Practised]),
    )


@lru_cache(maxsize=8192)
def _told(
    kind: str, row_id: int, programme_id: int | None, word: str, first: date, last: date
) -> Step | Appointed | Right | Stopped | OnGroup | Practised:
    """Return what a row says; the same row is asked for again and again, and a fact once made never changes."""
    days = Span(first=first, last=last)
    match kind:
        case "step" | "recognised":
            stage, recognised = _STAGES[word], kind == "recognised"
            return Step(id=row_id, stage=stage, programme_id=programme_id, days=days, recognised=recognised)
        case "stop":
            return Stopped(kind=StopKind(word), programme_id=programme_id, days=days)
        case "spell":
            return OnGroup(group_id=row_id, programme_id=programme_id or 0, reference=word, days=days)
        case "practice":
            return Practised(id=row_id, programme_id=programme_id or 0, days=days, delivered=bool(word))
    made: type[Appointed | Right] = Appointed if kind == "appointment" else Right
    return made(id=row_id, programme_id=programme_id or 0, role=_ROLES[word], days=days)
