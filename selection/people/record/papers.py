"""A person's papers, read in one query: certificates, authorisations, appointments and stops."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, String, case, cast, literal, null, select, union_all

from selection.core.db import db
from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.people.record.lines import Kind, Origin, Paper, phase
from selection.rules.validity import Span

NO_WORD = cast(null(), String)
NO_DAY = cast(null(), Date)


def papers(staff_id: int, today: date) -> tuple[Paper, ...]:
    """Return everything that certifies, authorises, appoints or stops the person, the latest first."""
    queries = (_certificates(), _authorisations(), _appointments(), _stops())
    chosen = union_all(*(query.where(table.staff_id == staff_id) for table, query in queries))
    rows = sorted(db.session.execute(chosen), key=lambda row: (row[4], row[1]), reverse=True)
    return tuple(_read(rows, today))


def _read(rows: list[Any], today: date) -> Iterator[Paper]:
    for kind, key, word, programme_id, first, last, number, origin, withdrawn_on, reason in rows:
        days = Span(first=first, last=last)
        yield Paper(
            kind=Kind(kind),
            id=key,
            word=word,
            programme_id=programme_id,
            days=days,
            phase=phase(days, today),
            number=number or "",
            origin=Origin(origin) if origin else None,
            withdrawn_on=withdrawn_on,
            reason=reason or "",
        )


_Query = tuple[Any, Select[*tuple[Any, ...]]]


def _certificates() -> _Query:
    row = Certificate
    origin = case(
        (row.decision_id.is_not(None), Origin.DECISION.value),
        (row.result_id.is_not(None), Origin.RESULT.value),
        else_=Origin.RECOGNITION.value,
    )
    days = (row.valid_from, row.valid_to)
    kind = literal(Kind.CERTIFICATE.value)
    columns = (row.stage, row.programme_id, *days, row.number, origin, row.withdrawn_on, row.withdrawn_reason)
    return row, select(kind, row.id, *columns)


def _authorisations() -> _Query:
    row = Authorisation
    kind = literal(Kind.AUTHORISATION.value)
    columns = (row.role, row.programme_id, row.valid_from, row.valid_to)
    return row, select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, NO_WORD)


def _appointments() -> _Query:
    row = Appointment
    kind = literal(Kind.APPOINTMENT.value)
    columns = (row.role, row.programme_id, row.valid_from, row.valid_to)
    return row, select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, row.reason)


def _stops() -> _Query:
    row = Stop
    kind = literal(Kind.STOP.value)
    columns = (row.kind, row.programme_id, row.from_day, row.to_day)
    return row, select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, row.reason)
