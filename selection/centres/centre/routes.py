"""Pages of a centre: the list, one centre, opening, editing and closing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.centre import actions, queries
from selection.centres.centre.forms import CentreForm
from selection.centres.devices import queries as holds
from selection.centres.guards import hold_candidates, hold_centre
from selection.centres.rosters import roster
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.centres import Centre
from selection.rules.names import kept
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.CENTRES_READ)
def index() -> ResponseReturnValue:
    """List the centres, searched and sorted."""
    asked = {
        "words": kept(request.args.get("words", "")),
        "state": request.args.get("state", "open"),
        "sort": request.args.get("sort", "-held_on"),
    }
    page = page_in(request.args)
    rows, pages = queries.listed(signed_in(), **asked, page=page)
    return render_template(
        "centres/index.html", rows=rows, pages=pages, asked=asked, states=queries.STATES, today=clock.today()
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def open_centre() -> ResponseReturnValue:
    """Open a centre."""
    form = _form()
    if form.validate_on_submit():
        try:
            centre = actions.open_centre(form.details(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{centre.title} is open. Now put candidates forward.")
            return redirect(url_for(".show", centre_id=centre.id))
    return render_template("centres/edit.html", form=form, centre=None)


@bp.get("/<int:centre_id>")
@requires(Permission.CENTRES_READ)
def show(centre_id: int) -> ResponseReturnValue:
    """Show a centre with everybody on it, and how far each exercise is."""
    found = roster(signed_in(), Permission.CENTRES_READ, centre_id)
    decides = queries.may_decide(found.centre.chair_id, found.centre.area_id)
    runs = signed_in().reach(Permission.CENTRES_RUN).takes_in(found.centre.area_id)
    held = holds.of_centre(centre_id) if runs and found.centre.closed_at is None else []
    return render_template(
        "centres/show.html", roster=found, centre=found.centre, chair_decides=decides, runs=runs, holds=held
    )


@bp.route("/<int:centre_id>/edit", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def edit(centre_id: int) -> ResponseReturnValue:
    """Change what is said of a centre."""
    hold_centre(centre_id)
    hold_candidates(centre_id)  # nobody gets a place, or seals, while another day is judged
    found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    form = _form(found.centre)
    if form.validate_on_submit():
        form.check(found.centre, what=found.centre.title)
        try:
            actions.change(found, form.details(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{found.centre.title} is changed.")
            return redirect(url_for(".show", centre_id=centre_id))
    elif not form.is_submitted():
        form.show(found.centre)
    return render_template("centres/edit.html", form=form, centre=found.centre)


@bp.post("/<int:centre_id>/close")
@requires(Permission.CENTRES_RUN)
def close(centre_id: int) -> ResponseReturnValue:
    """Close a centre for good."""
    hold_centre(centre_id)
    found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    if found.centre.closed_at is None:
        actions.close(found, by=signed_in())
        db.session.commit()
        flash(f"{found.centre.title} is closed.")
    return redirect(url_for(".show", centre_id=centre_id))


def _form(centre: Centre | None = None) -> CentreForm:
    form = CentreForm()
    chairs = queries.chairs()
    if centre is not None and centre.chair_id not in dict(chairs):
        chairs.append((centre.chair_id, f"{centre.chair.name} (no login that may decide)"))
    areas = choices.areas_within(signed_in().reach(Permission.CENTRES_RUN))
    form.offer(areas=areas, standards=queries.standards(), chairs=chairs)
    return form
