"""Pages of rating: what one has to rate, one's own form, and the chair's way to open a sealed one again."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.devices.keys import key_of
from selection.centres.guards import hold_form, hold_sitting, insist_on_chair
from selection.centres.rating import actions, queries
from selection.centres.rating.forms import ReopenForm
from selection.centres.rating.reading import Errors, errors_of, read
from selection.centres.rating.sheet import JUDGEMENTS, SEEN, Entry, Sheet
from selection.centres.rosters import of_sitting
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in


@bp.get("/mine")
@requires(Permission.CENTRES_RATE)
def my_ratings() -> ResponseReturnValue:
    """List what the assessor has to rate, day by day."""
    forms = queries.mine(signed_in())
    return render_template("centres/my_ratings.html", forms=forms, today=clock.today(), key=_key())


@bp.get("/forms/<int:form_id>")
@requires(Permission.CENTRES_RATE)
def rating_form(form_id: int) -> ResponseReturnValue:
    """Show one's own form: to write on, or as it was sealed."""
    own = queries.own(signed_in(), form_id)
    return _page(own, queries.stored(own), {})


@bp.post("/forms/<int:form_id>")
@requires(Permission.CENTRES_RATE)
def save_form(form_id: int) -> ResponseReturnValue:
    """Save one's own form, or seal it; what was typed stays on the page if something is wrong."""
    seal = request.form.get("do") == "seal"
    if seal:
        hold_form(form_id)
    own = queries.own_to_write(signed_in(), form_id)
    sheet, errors = read(request.form, own.papers, own.exercise, at=clock.now())
    if errors:
        return _page(own, sheet, errors)
    gaps = actions.save(own, sheet, by=signed_in(), seal=seal, device=request.form.get("device", ""))
    db.session.commit()
    if gaps:
        own = queries.own(signed_in(), form_id)
        sheet.version = str(own.version)  # what was typed is stored, though not sealed
        return _page(own, sheet, errors_of(gaps), gaps)
    flash(f"Your form on {own.candidate} is {'sealed' if seal else 'saved'}.")
    return redirect(url_for(".my_ratings") if seal else url_for(".rating_form", form_id=form_id))


@bp.get("/forms/<int:form_id>/offline")
@requires(Permission.CENTRES_RATE)
def form_to_keep(form_id: int) -> ResponseReturnValue:
    """Give the blank form of one's own exercise for a device to keep: no name is on it and nothing that was written."""
    own = queries.own(signed_in(), form_id)
    if own.sealed_at is not None or own.over:
        raise NotHere  # nothing is written on it any more, and its page names people
    blank = Sheet(entries={each.id: Entry() for each in own.exercise.competencies})
    return _page(own, blank, {}, to_keep=True)


def _page(
    own: queries.Own, sheet: Sheet, errors: Errors, gaps: tuple[Reason, ...] = (), *, to_keep: bool = False
) -> ResponseReturnValue:
    template = "centres/rating_form.html" if own.sealed_at is None and not own.over else "centres/sealed_form.html"
    return render_template(
        template,
        own=own,
        sheet=sheet,
        errors=errors,
        gaps=gaps,
        papers=own.papers,
        exercise=own.exercise,
        seen=SEEN,
        judgements=JUDGEMENTS,
        to_keep=to_keep,
        now=clock.now(),
        today=clock.today(),
        key=_key(),
    )


def _key() -> str:
    return key_of(signed_in(), secret=current_app.config["SECRET_KEY"])


@bp.route("/<int:centre_id>/sittings/<int:sitting_id>/forms/<int:form_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def reopen(centre_id: int, sitting_id: int, form_id: int) -> ResponseReturnValue:
    """Let the chair open a sealed form again before the reveal."""
    hold_sitting(sitting_id)
    found, candidate, sitting = of_sitting(signed_in(), Permission.CENTRES_DECIDE, centre_id, sitting_id)
    insist_on_chair(found.centre, signed_in())
    seat = next((each for each in sitting.seats if each.form_id == form_id), None)
    if seat is None:
        raise NotHere
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            actions.reopen(found, candidate, sitting, seat, why=form.why.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{seat.assessor} can write on the form again.")
            return redirect(url_for(".show", centre_id=centre_id))
    return render_template(
        "centres/reopen.html", form=form, centre=found.centre, candidate=candidate, sitting=sitting, seat=seat
    )
