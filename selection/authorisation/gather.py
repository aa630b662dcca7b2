"""Rows → facts: all that the rules need of any number of people, in one query."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Integer, Row, Select, String, cast, literal, null, select, union_all

from selection.core.db import db
from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.models.people import Staff
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole, Appointed, Person, Right, Step, StopKind, Stopped
from selection.rules.programmes import Stage
from selection.rules.validity import Span

NO_WORD = cast(null(), String)
NO_PROGRAMME = cast(null(), Integer)

Fact = Row[str, int, int, int | None, str | None, date, date | None]


def people(staff_ids: Iterable[int]) -> dict[int, Person]:
    """Return the facts about each of the staff members, by id; one query however many they are."""
    wanted = list(staff_ids)
    if not wanted:
        return {}
    facts: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in db.session.execute(union_all(*(query(wanted) for query in _QUERIES))):
        facts[fact[2]].append(fact)
    return {staff_id: _person(facts[staff_id]) for staff_id in wanted if facts[staff_id]}


def person(staff_id: int) -> Person:
    """Return the facts about one staff member; raises KeyError if there is no such person."""
    return people([staff_id])[staff_id]


def _staff(ids: list[int]) -> Select[*tuple[Any, ...]]:
    return select(literal("staff"), Staff.id, Staff.id, NO_PROGRAMME, Staff.name, Staff.joined_on, Staff.left_on).where(
        Staff.id.in_(ids)
    )


def _certificates(ids: list[int]) -> Select[*tuple[Any, ...]]:
    row = Certificate
    return select(
        literal("step"), row.id, row.staff_id, row.programme_id, row.stage, row.valid_from, row.valid_to
    ).where(row.staff_id.in_(ids))


def _appointments(ids: list[int]) -> Select[*tuple[Any, ...]]:
    row = Appointment
    return select(
        literal("appointment"), row.id, row.staff_id, row.programme_id, row.role, row.valid_from, row.valid_to
    ).where(row.staff_id.in_(ids))


def _authorisations(ids: list[int]) -> Select[*tuple[Any, ...]]:
    row = Authorisation
    return select(
        literal("right"), row.id, row.staff_id, row.programme_id, row.role, row.valid_from, row.valid_to
    ).where(row.staff_id.in_(ids))


def _stops(ids: list[int]) -> Select[*tuple[Any, ...]]:
    row = Stop
    return select(literal("stop"), row.id, row.staff_id, row.programme_id, row.kind, row.from_day, row.to_day).where(
        row.staff_id.in_(ids)
    )


_QUERIES = (_staff, _certificates, _appointments, _authorisations, _stops)


def _person(facts: list[Fact]) -> Person:
    by_kind: defaultdict[str, list[Any]] = defaultdict(list)
    name, employed, staff_id = "", Span(first=date.max, last=date.min), 0
    for kind, row_id, owner, programme_id, word, first, last in facts:
        days = Span(first=first, last=last or NO_END)
        match kind:
            case "staff":
                staff_id, name, employed = owner, word or "", days
            case "step":
                step = Step(id=row_id, stage=Stage(word or ""), programme_id=programme_id, days=days)
                by_kind[kind].append(step)
            case "stop":
                by_kind[kind].append(Stopped(kind=StopKind(word or ""), programme_id=programme_id, days=days))
            case _:
                made: type[Appointed | Right] = Appointed if kind == "appointment" else Right
                role = ActingRole(word or "")
                by_kind[kind].append(made(id=row_id, programme_id=programme_id or 0, role=role, days=days))
    return Person(
        staff_id=staff_id,
        name=name,
        employed=employed,
        steps=tuple(by_kind["step"]),
        appointments=tuple(by_kind["appointment"]),
        rights=tuple(by_kind["right"]),
        stops=tuple(by_kind["stop"]),
    )
