"""An assessor's own form: saved as they go, sealed, and before the reveal opened again by the chair."""

from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from selection.centres.guards import hold_sitting, insist, insist_on_chair, insist_on_open
from selection.centres.rating import queries
from selection.centres.rating.queries import Own
from selection.centres.rating.sheet import Sheet
from selection.centres.roster import Candidate, Roster, Seat, Sits, panel_of
from selection.core import clock
from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, Refused
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.scoring import (
    gaps_in,
    gaps_in_incident,
    reasons_against_changing,
    reasons_against_reopening,
)
from selection.trail.record import record

# Made once: an assessor saves often, and making a statement takes as long as running it.
_RATING, _MARK, _FORM = (cast(Table, each.__table__) for each in (Rating, IndicatorMark, RatingForm))
_WHOLE = (
    update(_FORM)
    .where(_FORM.c.id == bindparam("this"), _FORM.c.version == bindparam("seen_version"), _FORM.c.sealed_at.is_(None))
    .values(
        {
            name: bindparam(name)
            for name in ("version", "global_judgement", "critical_incident", "incident_note", "sealed_at")
        }
    )
)
_REOPENED = (
    update(_FORM)
    .where(_FORM.c.id == bindparam("this"), _FORM.c.sealed_at.is_not(None))
    .values(sealed_at=None, version=_FORM.c.version + 1)
)
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def save(form: Own, sheet: Sheet, *, by: Actor, seal: bool = False) -> tuple[Reason, ...]:
    """Store what was typed on one's own form, complete or not, and seal it if asked and nothing is missing.

    Returns the gaps that keep it from being sealed; what was typed is stored all the same. Raises Refused on a form
    that does not change any more, and ChangedMeanwhile if another window stored something else.
    """
    gaps = gaps_in_sheet(form, sheet) if seal else ()
    if str(form.version) != sheet.version:
        _insist_on_same(form, sheet)
        if form.sealed_at is not None or gaps or not seal:
            return gaps
    _insist_on_open(form, by)
    sealed_at = clock.now() if seal and not gaps else None
    if sealed_at:
        hold_sitting(form.sitting_id)
    _write(form, sheet, sealed_at)
    event = "form.sealed" if sealed_at else "form.saved"
    # The trail says how far the form is and never what is on it: the trail is read before the reveal.
    after = {"rated": sheet.rated, "of": len(sheet.entries), "sealed_at": sealed_at}
    record(event, by=by, subject_id=form.form_id, staff_id=form.candidate_id, after=after)
    return gaps


def gaps_in_sheet(form: Own, sheet: Sheet) -> tuple[Reason, ...]:
    """Return everything that keeps what was typed from being sealed."""
    typed = sheet.facts(form.exercise, assessor_id=0)
    gaps = gaps_in(typed, form.exercise.facts, form.papers.facts)
    return (*gaps, *gaps_in_incident(reported=sheet.incident, note=sheet.incident_note))


def reopen(roster: Roster, candidate: Candidate, sitting: Sits, seat: Seat, *, why: str, by: Actor) -> None:
    """Open a sealed form again, or raise Refused: the chair may, before the reveal, and says why."""
    insist_on_chair(roster.centre, by)
    insist_on_open(roster.centre, decided=candidate.decision is not None)
    panel = panel_of(sitting)
    form = next(each for each in panel.forms if each.assessor_id == seat.assessor_id)
    insist(*reasons_against_reopening(form, panel, roster.papers.facts, by_chair=True, why=why))
    try:
        _touched(_REOPENED, {"this": seat.form_id})
    except IntegrityError as race:
        db.session.rollback()
        message = "The last assessor sealed at the same moment, so that the ratings are revealed."
        raise Refused(Reason(code="form.revealed", message=message)) from race
    before = {"sealed_at": seat.sealed_at, "assessor_id": seat.assessor_id}
    record(
        "form.reopened",
        by=by,
        subject_id=seat.form_id,
        staff_id=candidate.staff_id,
        before=before,
        after={"sealed_at": None, "assessor_id": seat.assessor_id},
        reason=why.strip(),
    )


def _insist_on_open(form: Own, by: Actor) -> None:
    if form.over:
        raise Refused(Reason(code="form.over", message=form.over, remedy="Nothing more is needed of you here."))
    assert by.staff_id is not None
    known = Sheet().facts(form.exercise, assessor_id=by.staff_id, sealed=form.sealed_at is not None)
    insist(*reasons_against_changing(known, by_assessor_id=by.staff_id))


def _insist_on_same(form: Own, sheet: Sheet) -> None:
    """Raise ChangedMeanwhile with both versions, unless what is stored is just what was sent."""
    there = queries.stored(form)
    if there.same_as(sheet):
        return
    theirs, yours = there.in_words(form.exercise), sheet.in_words(form.exercise)
    differs = [key for key in yours if theirs.get(key) != yours[key]]
    raise ChangedMeanwhile(
        what=f"Your form on the {form.kind.words} of {form.candidate}",
        theirs={key: theirs.get(key) for key in differs},
        yours={key: yours[key] for key in differs},
    )


def _write(form: Own, sheet: Sheet, sealed_at: datetime | None) -> None:
    """Store ratings, marks and the form in as few statements as there are tables."""
    _upsert(_RATING, ("form_id", "competency_id"), _ratings(form, sheet))
    if len(sheet.marks) < sum(len(each.indicators) for each in form.exercise.competencies):
        gone = delete(_MARK).where(_MARK.c.form_id == form.form_id, _MARK.c.indicator_id.not_in(sheet.marks))
        db.session.execute(gone)
    if sheet.marks:
        marks = [{"form_id": form.form_id, "indicator_id": each, "seen": mark} for each, mark in sheet.marks.items()]
        _upsert(_MARK, ("form_id", "indicator_id"), marks)
    whole = {
        "this": form.form_id,
        "seen_version": form.version,
        "version": form.version + 1,
        "global_judgement": sheet.judgement or None,
        "critical_incident": sheet.incident,
        "incident_note": sheet.incident_note,
        "sealed_at": sealed_at,
    }
    if _touched(_WHOLE, whole) != 1:
        raise ChangedMeanwhile(what="Your form", theirs={}, yours={})


def _ratings(form: Own, sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "form_id": form.form_id,
            "competency_id": competency_id,
            "points": entry.points,
            "no_opportunity": entry.no_opportunity,
            "why_no_opportunity": entry.why,
            "evidence": entry.evidence,
        }
        for competency_id, entry in sheet.entries.items()
    ]


def _upsert(table: Table, keys: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    db.session.execute(_upserting(table, keys, db.session.get_bind().dialect.name), rows)


@cache
def _upserting(table: Table, keys: tuple[str, ...], dialect: str) -> Executable:
    statement = INSERTS[dialect](table)
    values = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return cast(Executable, statement.on_conflict_do_update(index_elements=keys, set_=values))


def _touched(statement: Executable, values: dict[str, Any]) -> int:
    """Run a statement and return how many rows it touched."""
    return cast(CursorResult[Any], db.session.execute(statement, values)).rowcount
