"""Pages of a review: the chair asks a second person, and each of the two says what the exercise is."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.guards import hold_review, hold_sitting, insist, insist_on_chair, insist_on_open
from selection.centres.rating.sheet import SEEN
from selection.centres.reviews import actions, queries
from selection.centres.reviews.forms import AskForm, ViewForm
from selection.centres.reviews.queries import Reviewed
from selection.centres.roster import Candidate, Roster, Sits
from selection.centres.rosters import of_review, of_sitting
from selection.centres.seats.queries import current_on
from selection.centres.washup.queries import table_of
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.centres import reasons_against_discussing, reasons_against_touching
from selection.rules.outcomes import Outcome
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.gate import requires, signed_in

AT = "/<int:centre_id>/wash-up/<int:sitting_id>/borderline"

Loaded = tuple[Roster, Candidate, Sits]


def _for_chair(centre_id: int, sitting_id: int) -> Loaded:
    """Return the exercise for the chair to review; raises Refused for anybody else, and while it is closed to them."""
    hold_sitting(sitting_id)
    found, candidate, sitting = of_sitting(signed_in(), Permission.CENTRES_DECIDE, centre_id, sitting_id)
    insist_on_chair(found.centre, signed_in())
    insist_on_open(found.centre, decided=candidate.decision is not None)
    insist(*reasons_against_touching(sitting.facts()), *reasons_against_discussing(sitting.facts()))
    return found, candidate, sitting


@bp.route(f"{AT}/ask", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def ask_second(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Name the second person who reviews a borderline."""
    found, candidate, sitting = _for_chair(centre_id, sitting_id)
    form = AskForm()
    if form.validate_on_submit():
        try:
            actions.ask(found, candidate, sitting, form.second.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash("The second person is asked. Now give your own view.")
            return redirect(url_for(".resolve", centre_id=centre_id, sitting_id=sitting_id))
    form.second.choices = [(0, "Choose an assessor"), *current_on(clock.today())]
    return render_template(
        "centres/ask_second.html", form=form, centre=found.centre, candidate=candidate, sitting=sitting
    )


@bp.route(AT, methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def resolve(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Let the chair say what a borderline is."""
    found, candidate, sitting = _for_chair(centre_id, sitting_id)
    review = queries.of_exercise(sitting, found.centre)
    if review is None:
        return redirect(url_for(".ask_second", centre_id=centre_id, sitting_id=sitting_id))
    back = url_for(".exercise", centre_id=centre_id, sitting_id=sitting_id)
    return _say(review, (found, candidate, sitting), back=lambda: back)


@bp.route("/reviews/<int:review_id>", methods=["GET", "POST"])
@requires(Permission.CENTRES_RATE, leaves_trail=True)
def review(review_id: int) -> ResponseReturnValue:
    """Show the second person the evidence of the one exercise, and let them say what it is."""
    hold_review(review_id)
    found, candidate, sitting = of_review(signed_in(), review_id)
    latest = queries.of_exercise(sitting, found.centre)
    if latest is None or latest.id != review_id:
        return render_template("centres/reviewed.html", centre=found.centre, candidate=candidate, sitting=sitting)
    record("papers.viewed", by=signed_in(), subject_id=sitting.id, staff_id=candidate.staff_id)
    return _say(latest, (found, candidate, sitting), back=lambda: url_for(".review", review_id=review_id))


def _say(latest: Reviewed, loaded: Loaded, *, back: Callable[[], str]) -> ResponseReturnValue:
    """Show the evidence and the form; once it is sent, take the view, and say whether that resolves it."""
    found, candidate, sitting = loaded
    form = ViewForm()
    if form.validate_on_submit():
        try:
            outcome = actions.say(
                latest, form.view(), found=found, candidate=candidate, sitting=sitting, by=signed_in()
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            words = f"The borderline is resolved: {Outcome(outcome.result).words}." if outcome else "Your view is kept."
            flash(words)
            return redirect(back())
    table = table_of(signed_in(), found, candidate, sitting)
    if not table.written:
        raise NotHere
    page = render_template(
        "centres/review.html",
        table=table,
        centre=found.centre,
        review=latest,
        own=latest.facts.view_of(signed_in().staff_id),
        chairs=found.centre.chair_id == signed_in().staff_id,
        form=form,
        seen=SEEN,
        about=None,
    )
    db.session.commit()
    return page
