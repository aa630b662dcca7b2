"""An assessor's own form: saved as they go, sealed, and before the reveal opened again by the chair."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Boolean, CursorResult, Executable, String, Table, bindparam, case, delete, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from selection.centres import tell
from selection.centres.devices import actions as devices
from selection.centres.guards import insist, insist_on_chair, insist_on_open
from selection.centres.rating import operations, queries
from selection.centres.rating.operations import Operation
from selection.centres.rating.queries import Own
from selection.centres.rating.reading import Errors, read
from selection.centres.rating.sheet import Sheet
from selection.centres.roster import Candidate, Roster, Seat, Sits, panel_of
from selection.core import clock
from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, Refused
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.rules.capture import Verdict, judge
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.scoring import (
    gaps_in,
    gaps_in_incident,
    reasons_against_changing,
    reasons_against_reopening,
    reasons_against_sealing,
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


def save(
    form: Own, sheet: Sheet, *, by: Actor, seal: bool = False, door: str = "page", device: str = ""
) -> tuple[Reason, ...]:
    """Store what was typed on a form, complete or not, and seal it if asked and nothing is missing.

    Whoever seals has held the form's candidate before the form was read. Returns the gaps that keep it from being
    sealed; what was typed is stored all the same. A form that is sealed on a device, named by its id, is no longer held
    there. Raises Refused on a form that does not change any more, and ChangedMeanwhile if another window stored
    something else.
    """
    gaps = gaps_in_sheet(form, sheet) if seal else ()
    if str(form.version) != sheet.version:
        _insist_on_same(form, sheet)
        if form.sealed_at is not None or gaps or not seal:
            return gaps
    _insist_on_open(form)
    sealed_at = clock.now() if seal and not gaps else None
    _write(form, sheet, operations.of_page(form, sheet, door=door), by=by, sealed_at=sealed_at)
    if sealed_at and device:
        devices.end_as_sealed(form, device, by=by)
    event = "form.sealed" if sealed_at else "form.saved"
    # The trail says how far the form is and never what is on it: the trail is read before the reveal.
    after: dict[str, Any] = {"rated": sheet.rated, "of": len(sheet.entries), "sealed_at": sealed_at}
    if door == "paper" or form.typed_by:
        after["from_paper_by"] = form.typed_by or by.name
    record(event, by=by, subject_id=form.form_id, staff_id=form.candidate_id, after=after)
    return gaps


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What became of an operation: the version that the form came to by it, or what is wrong with its fields."""

    verdict: Verdict
    version: int
    errors: Errors = field(default_factory=dict)
    theirs: Sheet | None = None


def apply(form: Own, operation: Operation, *, by: Actor) -> Applied:
    """Store one change that a device sends, once; raises Refused on a form that does not change any more.

    Nothing is stored unless the verdict is `apply` and there are no errors.
    """
    known = None
    if form.version != operation.base_version or form.sealed_at is not None or form.over:
        known = operations.known_hash(operation.op_id)
    verdict = judge(
        base_version=operation.base_version,
        version=form.version,
        known_hash=known[0] if known else None,
        payload_hash=operation.payload_hash,
    )
    if verdict is Verdict.ALREADY and known:
        return Applied(verdict=verdict, version=known[1])
    if verdict is Verdict.REUSED:
        return Applied(verdict=verdict, version=form.version)
    _insist_on_open(form)
    if verdict is not Verdict.APPLY:
        return Applied(verdict=verdict, version=form.version, theirs=queries.stored(form))
    before = queries.stored(form, competencies=operation.noted, marks=False)
    sheet, errors = read(
        {**before.fields(form.exercise), **operation.payload}, form.papers, form.exercise, at=clock.now()
    )
    if errors:
        return Applied(verdict=verdict, version=form.version, errors=errors)
    try:
        _write(form, sheet, operation, by=by)
    except IntegrityError:
        db.session.rollback()
        if operations.known_hash(operation.op_id) is None:
            raise
        return Applied(verdict=Verdict.REUSED, version=form.version)
    return Applied(verdict=verdict, version=form.version + 1)


def gaps_in_sheet(form: Own, sheet: Sheet) -> tuple[Reason, ...]:
    """Return everything that keeps what was typed from being sealed."""
    typed = sheet.facts(form.exercise, assessor_id=0)
    return (
        *gaps_in(typed, form.exercise.facts, form.papers.facts),
        *gaps_in_incident(reported=sheet.incident, note=sheet.incident_note),
        *reasons_against_sealing(held_on=form.held_on, today=clock.today()),
    )


def reopen(roster: Roster, candidate: Candidate, sitting: Sits, seat: Seat, *, why: str, by: Actor) -> None:
    """Open a sealed form again, or raise Refused: the chair may, before the reveal, and says why.

    Its assessor is told.
    """
    insist_on_chair(roster.centre, by)
    insist_on_open(roster.centre, decided=candidate.decision is not None)
    panel = panel_of(sitting)
    form = next(each for each in panel.forms if each.assessor_id == seat.assessor_id)
    void = bool(sitting.void_reason)
    insist(*reasons_against_reopening(form, panel, roster.papers.facts, by_chair=True, why=why, void=void))
    try:
        _touched(_REOPENED, {"this": seat.form_id})
    except IntegrityError as race:
        db.session.rollback()
        message = "The last assessor sealed at the same moment, so that the ratings are revealed."
        raise Refused(Reason(code="form.revealed", message=message)) from race
    tell.of_reopened(seat, roster.centre, sitting.kind, why.strip())
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


def _insist_on_open(form: Own) -> None:
    """Raise Refused if nothing is written on the form any more; whose form it is, the query that loaded it has said."""
    if form.over:
        raise Refused(Reason(code="form.over", message=form.over, remedy="Nothing more is needed of you here."))
    known = Sheet().facts(form.exercise, assessor_id=0, sealed=form.sealed_at is not None)
    insist(*reasons_against_changing(known, by_assessor_id=0))


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


def _write(form: Own, sheet: Sheet, operation: Operation, *, by: Actor, sealed_at: datetime | None = None) -> None:
    """Store what the operation names, the form and the operation itself in as few statements as there are tables."""
    operations.keep(operation, by=by)
    if ratings := _ratings(form, sheet, operation):
        connection = db.session.connection()
        connection.execute(_rating_upsert(connection.dialect.name), ratings if len(ratings) > 1 else ratings[0])
    _write_marks(form, sheet, operation.indicators)
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


def _write_marks(form: Own, sheet: Sheet, named: Collection[int]) -> None:
    if blank := set(named) - set(sheet.marks):
        gone = delete(_MARK).where(_MARK.c.form_id == form.form_id, _MARK.c.indicator_id.in_(blank))
        db.session.connection().execute(gone)
    if marked := sorted(set(named) & set(sheet.marks)):
        marks = [{"form_id": form.form_id, "indicator_id": each, "seen": sheet.marks[each]} for each in marked]
        connection = db.session.connection()
        connection.execute(_mark_upsert(connection.dialect.name), marks if len(marks) > 1 else marks[0])


def _ratings(form: Own, sheet: Sheet, operation: Operation) -> list[dict[str, Any]]:
    """Return for each competency what the operation changes of it; None leaves as it is what it does not name."""
    return [
        {
            "form_id": form.form_id,
            "competency_id": each,
            "rates": f"rating-{each}" in operation.payload,
            "points": sheet.entries[each].points,
            "no_opportunity": sheet.entries[each].no_opportunity,
            "new_why": sheet.entries[each].why if f"why-{each}" in operation.payload else None,
            "new_evidence": sheet.entries[each].evidence if operation.writes_evidence(each) else None,
        }
        for each in sorted(operation.competencies)
    ]


@cache
def _rating_upsert(dialect: str) -> Executable:
    """Make the statement that stores a rating; what is not named keeps what is stored, and need not be read for it."""
    rates = bindparam("rates", type_=Boolean())
    why, evidence = bindparam("new_why", type_=String()), bindparam("new_evidence", type_=String())
    statement = INSERTS[dialect](_RATING).values(
        why_no_opportunity=func.coalesce(why, ""), evidence=func.coalesce(evidence, "")
    )
    new, old = statement.excluded, _RATING.c
    values = {
        "points": case((rates, new.points), else_=old.points),
        "no_opportunity": case((rates, new.no_opportunity), else_=old.no_opportunity),
        "why_no_opportunity": func.coalesce(why, old.why_no_opportunity),
        "evidence": func.coalesce(evidence, old.evidence),
    }
    return cast(Executable, statement.on_conflict_do_update(index_elements=("form_id", "competency_id"), set_=values))


@cache
def _mark_upsert(dialect: str) -> Executable:
    statement = INSERTS[dialect](_MARK)
    seen = {"seen": statement.excluded.seen}
    return cast(Executable, statement.on_conflict_do_update(index_elements=("form_id", "indicator_id"), set_=seen))


def _touched(statement: Executable, values: dict[str, Any]) -> int:
    """Run a statement and return how many rows it touched."""
    return cast(CursorResult[Any], db.session.connection().execute(statement, values)).rowcount
