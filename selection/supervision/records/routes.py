"""Pages of records: write one, read it, sign it, throw a draft away, begin a correction."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.supervision import SupervisorRecord
from selection.rules.records import KIND_NAMES, RecordKind
from selection.rules.roles import Permission
from selection.supervision.blueprint import bp
from selection.supervision.records import actions, queries
from selection.supervision.records.desk import Desk, desk
from selection.supervision.records.forms import CorrectForm, record_form
from selection.supervision.records.written import written_on
from selection.trail.record import record as leave_trail
from selection.web.fields import row_key
from selection.web.gate import requires, signed_in


@bp.route("/groups/<int:group_id>/new", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def record_supervision(group_id: int) -> ResponseReturnValue:
    """Record an appointment with facilitators of a group that one supervises."""
    return _write(_desk(group_id, RecordKind.SUPERVISION), None)


@bp.route("/groups/<int:group_id>/sessions/<int:session_id>/<kind>", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def record_session(group_id: int, session_id: int, kind: str) -> ResponseReturnValue:
    """Write observation notes on a session of a group that one supervises, or review its recording."""
    if kind not in {RecordKind.OBSERVATION, RecordKind.REVIEW}:
        raise NotHere
    return _write(_desk(group_id, RecordKind(kind), session_id), None)


def _desk(group_id: int, kind: RecordKind, session_id: int | None = None) -> Desk:
    """Return the desk for a new record: with the newest form, or the one that was on screen when it was written."""
    asked = request.form.get("form_id", type=row_key)
    return desk(group_id, kind, by=signed_in(), session_id=session_id, form_id=asked, lock=request.method == "POST")


@bp.route("/records/<int:record_id>/change", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def change_record(record_id: int) -> ResponseReturnValue:
    """Change a draft of one's own."""
    row, at = _mine(record_id)
    if row.signed_at is not None and request.method == "GET":
        return redirect(url_for(".record", record_id=record_id))
    return _write(at, row)


def _mine(record_id: int) -> tuple[SupervisorRecord, Desk]:
    by = signed_in()
    row = queries.to_write(record_id, by=by)
    return row, desk(row.group_id, RecordKind(row.kind), by=by, session_id=row.session_id, form_id=row.form_id)


def _write(at: Desk, row: SupervisorRecord | None) -> ResponseReturnValue:
    """Show the form, keep what was written, and sign it if that was pressed."""
    rows = sum(name.startswith("what-") for name in request.form)
    form = record_form(
        at,
        written_on(row) if row else None,
        today=clock.today(),
        version=str(row.version) if row else "",
        sent=min(rows, 50),
    )
    if form.validate_on_submit():
        if row is not None:
            form.check(row, what=f"This {KIND_NAMES[at.kind]}")
        try:
            kept = actions.keep(at, form.written(), of=row, signed="sign" in request.form, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(_done(at, kept))
            return redirect(url_for(".record", record_id=kept.id))
    return render_template("supervision/record_form.html", at=at, form=form, row=row, kind=KIND_NAMES[at.kind])


def _done(at: Desk, kept: SupervisorRecord) -> str:
    what = KIND_NAMES[at.kind].capitalize()
    if kept.signed_at is None:
        return f"{what} of {at.group.reference}: kept as a draft. Nobody else sees it until you sign it."
    return f"{what} of {at.group.reference}: signed."


@bp.get("/records/<int:record_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def record(record_id: int) -> ResponseReturnValue:
    """Show a record; a facilitator on it sees all of it but how others were rated."""
    read = queries.one(record_id, clock.today(), by=signed_in())
    page = render_template("supervision/record.html", read=read, kind=KIND_NAMES[RecordKind(read.record.kind)])
    if read.record.signed_at is not None and not read.own:
        for subject in read.record.subjects:
            leave_trail(
                "supervisor_record.viewed", by=signed_in(), subject_id=record_id, staff_id=subject.facilitator_id
            )
        db.session.commit()
    return page


@bp.post("/records/<int:record_id>/sign")
@requires(Permission.OWN_READ)
def sign_record(record_id: int) -> ResponseReturnValue:
    """Sign a draft as it stands; what is missing leads back to the form."""
    row, at = _mine(record_id)
    try:
        actions.sign(row, at, by=signed_in())
    except Refused as refusal:
        form = record_form(at, written_on(row), today=clock.today(), version=str(row.version))
        form.take(refusal.reasons)
        page = render_template("supervision/record_form.html", at=at, form=form, row=row, kind=KIND_NAMES[at.kind])
        return page, 409
    db.session.commit()
    flash(_done(at, row))
    return redirect(url_for(".record", record_id=record_id))


@bp.post("/records/<int:record_id>/discard")
@requires(Permission.OWN_READ)
def discard_record(record_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    row, _at = _mine(record_id)
    actions.discard(row, by=signed_in())
    db.session.commit()
    flash("The draft is gone.")
    return redirect(url_for(".mine"))


@bp.route("/records/<int:record_id>/correct", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def correct_record(record_id: int) -> ResponseReturnValue:
    """Begin a correction of a signed record: a draft of its own, signed in its turn."""
    row, at = _mine(record_id)
    form = CorrectForm()
    if form.validate_on_submit():
        try:
            draft = actions.correct(row, at, reason=form.reason.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("Change what has to be put right, then sign.")
            return redirect(url_for(".change_record", record_id=draft.id))
    return render_template("supervision/correct.html", row=row, at=at, form=form, kind=KIND_NAMES[at.kind])
