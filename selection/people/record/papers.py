"""A person's papers, read in one query: certificates, authorisations, appointments and stops."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    case,
    cast,
    exists,
    literal_column,
    null,
    select,
    union_all,
)

from selection.core.db import rows
from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.models.extensions import CertificateExtension
from selection.models.imports import ImportedStep
from selection.people.record.lines import Kind, Origin, Paper, phase
from selection.rules.validity import Span

NO_WORD = cast(null(), String)
NO_DAY = cast(null(), Date)


def papers(staff_id: int, today: date) -> tuple[Paper, ...]:
    """Return everything that certifies, authorises, appoints or stops the person, the latest first."""
    found = rows(_PAPERS, staff_id=staff_id)
    return tuple(_read(sorted(found, key=lambda row: (row[4], row[1]), reverse=True), today))


def _read(found: list[Any], today: date) -> Iterator[Paper]:
    for kind, key, word, programme_id, first, last, number, origin, withdrawn_on, reason in found:
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


_STAFF_ID = bindparam("staff_id", type_=Integer)


def _word(of: Kind | Origin) -> ColumnElement[str]:
    return literal_column(f"'{of}'", String)


_Query = Select[*tuple[Any, ...]]


def _certificates() -> _Query:
    row = Certificate
    origin = case(
        (row.decision_id.is_not(None), _word(Origin.DECISION)),
        (row.result_id.is_not(None), _word(Origin.RESULT)),
        (exists().where(ImportedStep.recognition_id == row.recognition_id), _word(Origin.IMPORT)),
        else_=_word(Origin.RECOGNITION),
    )
    days = (row.valid_from, row.valid_to)
    kind = _word(Kind.CERTIFICATE)
    columns = (row.stage, row.programme_id, *days, row.number, origin, row.withdrawn_on, row.withdrawn_reason)
    return select(kind, row.id, *columns).where(row.staff_id == _STAFF_ID)


def _extensions() -> _Query:
    row = CertificateExtension
    columns = (row.stage, Certificate.programme_id, row.from_day, row.to_day, Certificate.number, NO_WORD, NO_DAY)
    extended = select(_word(Kind.EXTENSION), row.id, *columns, row.reason)
    return extended.join(Certificate, Certificate.id == row.certificate_id).where(row.staff_id == _STAFF_ID)


def _authorisations() -> _Query:
    row = Authorisation
    kind = _word(Kind.AUTHORISATION)
    columns = (row.role, row.programme_id, row.valid_from, row.valid_to)
    return select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, NO_WORD).where(row.staff_id == _STAFF_ID)


def _appointments() -> _Query:
    row = Appointment
    kind = _word(Kind.APPOINTMENT)
    columns = (row.role, row.programme_id, row.valid_from, row.valid_to)
    return select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, row.reason).where(row.staff_id == _STAFF_ID)


def _stops() -> _Query:
    row = Stop
    kind = _word(Kind.STOP)
    columns = (row.kind, row.programme_id, row.from_day, row.to_day)
    return select(kind, row.id, *columns, NO_WORD, NO_WORD, NO_DAY, row.reason).where(row.staff_id == _STAFF_ID)


_PAPERS = union_all(_certificates(), _extensions(), _authorisations(), _appointments(), _stops())
