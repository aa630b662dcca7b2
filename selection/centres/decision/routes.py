"""Pages of a decision: what it rests on, and the chair's signature."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.decision import actions, queries
from selection.centres.decision.forms import SignForm
from selection.centres.decision.queries import ToDecide
from selection.centres.guards import hold_candidacy
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.centres import reasons_against_signing
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.filters import words
from selection.web.gate import requires, signed_in


@bp.get("/<int:centre_id>/candidates/<int:candidacy_id>/decision")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def decision(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Show what a decision rests on, what follows from it, and who signed it."""
    asked = queries.to_decide(signed_in(), Permission.CENTRES_READ, centre_id, candidacy_id)
    page = _page(asked, SignForm(formdata=None))
    record("decision.viewed", by=signed_in(), subject_id=candidacy_id, staff_id=asked.candidate.staff_id)
    db.session.commit()
    return page


@bp.post("/<int:centre_id>/candidates/<int:candidacy_id>/decision")
@requires(Permission.CENTRES_DECIDE)
def sign(centre_id: int, candidacy_id: int) -> ResponseReturnValue:
    """Sign the decision."""
    hold_candidacy(candidacy_id)
    asked = queries.to_decide(signed_in(), Permission.CENTRES_DECIDE, centre_id, candidacy_id)
    form = SignForm()
    if form.validate_on_submit():
        try:
            signed = actions.sign(asked, note=form.note.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The decision on {asked.candidate.name} is signed: {words(signed.result).lower()}.")
            return redirect(url_for(".decision", centre_id=centre_id, candidacy_id=candidacy_id))
    return _page(asked, form)


def _page(asked: ToDecide, form: SignForm) -> str:
    candidate, centre = asked.candidate, asked.roster.centre
    return render_template(
        "centres/decision.html",
        asked=asked,
        candidate=candidate,
        centre=centre,
        form=form,
        chairs=centre.chair_id == signed_in().staff_id and signed_in().may(Permission.CENTRES_DECIDE),
        against=() if candidate.decision else reasons_against_signing(candidate.facts()),
        after=queries.afterwards(candidate.decision) if candidate.decision else None,
        grounds=queries.grounds_of(asked.parts) if candidate.decision else {},
    )
