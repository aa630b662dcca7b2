"""Pages of putting candidates forward."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.candidates import actions, queries
from selection.centres.candidates.forms import CandidateForm
from selection.centres.centre.queries import centre as centre_of
from selection.centres.guards import hold_candidacy, hold_centre
from selection.centres.rosters import of_candidacy
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in


@bp.route("/<int:centre_id>/candidates", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def put_forward(centre_id: int) -> ResponseReturnValue:
    """Search for staff members and put one forward."""
    hold_centre(centre_id)
    centre = centre_of(signed_in(), Permission.CENTRES_RUN, centre_id)
    form = CandidateForm()
    words = request.args.get("words", "").strip()
    if form.validate_on_submit():
        try:
            _, candidate = actions.put_forward(
                centre, staff_id=form.candidate.data, nominator=form.nominated_by.data, by=signed_in()
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{candidate.name} is put forward.")
            return redirect(url_for(".show", centre_id=centre_id))
    found = queries.search(signed_in(), centre, words)
    return render_template("centres/put_forward.html", form=form, centre=centre, words=words, found=found)


@bp.post("/<int:centre_id>/candidates/<int:candidacy_id>/take-back")
@requires(Permission.CENTRES_RUN)
def take_back(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Take a candidate back from the centre."""
    hold_candidacy(candidacy_id)
    found, candidate = of_candidacy(signed_in(), Permission.CENTRES_RUN, centre_id, candidacy_id)
    actions.take_back(found, candidate, by=signed_in())
    db.session.commit()
    flash(f"{candidate.name} is taken back.")
    return redirect(url_for(".show", centre_id=centre_id))
