"""Pages of equality monitoring: one's own answers, and figures for who judges nobody."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.equality import actions, queries
from selection.equality.forms import NO_ANSWER, AnswersForm
from selection.rules.equality import (
    QUESTIONS,
    ROUNDED_TO,
    counted_before,
    figures,
    reasons_against_seeing_figures,
)
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in

bp = Blueprint("equality", __name__, url_prefix="/equality")


@bp.route("/mine", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def mine() -> ResponseReturnValue:
    """Let somebody say of themselves what they like to, change it, or take it back."""
    if signed_in().staff_id is None:
        raise NotHere
    held = queries.own(signed_in())
    form = AnswersForm(data=queries.said(held, unsaid=NO_ANSWER))
    if form.validate_on_submit():
        actions.answer(form.answers(), by=signed_in())
        db.session.commit()
        flash("Your answers are kept, apart from all else." if any(form.answers().values()) else "Nothing is kept.")
        return redirect(url_for(".mine"))
    return render_template("equality/mine.html", form=form, held=held, least=current_app.config["EQUALITY_LEAST"])


@bp.get("/")
@requires(Permission.EQUALITY_READ)
def index() -> ResponseReturnValue:
    """Show how many were decided and selected, by what people said of themselves, to who judges nobody."""
    if reasons := reasons_against_seeing_figures(signed_in()):
        raise Refused(*reasons)
    before, least = counted_before(clock.today()), current_app.config["EQUALITY_LEAST"]
    counted = queries.counts(before=before, least=least)
    shown = [(each, figures(each, counted[each.column], least=least)) for each in QUESTIONS]
    return render_template("equality/index.html", shown=shown, before=before, least=least, rounded_to=ROUNDED_TO)
