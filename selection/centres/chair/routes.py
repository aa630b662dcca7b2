"""Pages of the chair's own acts, one thing a page, each with the evidence that it is about."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.chair import actions, forms, outcomes
from selection.centres.guards import hold_sitting, insist, insist_on_acting
from selection.centres.papers import papers_of
from selection.centres.rating.sheet import SEEN
from selection.centres.seats.queries import current_on
from selection.centres.washup import queries
from selection.centres.washup.queries import Table
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.centres import reasons_against_discussing
from selection.rules.outcomes import Outcome
from selection.rules.roles import Permission
from selection.web.forms import BaseForm
from selection.web.gate import requires, signed_in

AT = "/<int:centre_id>/wash-up/<int:sitting_id>"


def _table(centre_id: int, sitting_id: int) -> Table:
    """Return the exercise for the chair to act on; raises Refused for anybody else."""
    hold_sitting(sitting_id)
    table = queries.table(signed_in(), Permission.CENTRES_DECIDE, centre_id, sitting_id)
    insist_on_acting(table, signed_in())
    return table


def _revealed(centre_id: int, sitting_id: int) -> Table:
    """As `_table`, once there is something to discuss; raises Refused before the reveal."""
    table = _table(centre_id, sitting_id)
    insist(*reasons_against_discussing(table.facts))
    return table


def _act(
    table: Table, form: BaseForm, act: Callable[[], object], *, asks: str, done: str, about: int | None = None
) -> ResponseReturnValue:
    """Show the form under its question; once it is sent, act, and go back to the exercise."""
    if form.validate_on_submit():
        try:
            act()
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(done)
            return redirect(url_for(".exercise", centre_id=table.centre.id, sitting_id=table.sitting.id))
    return render_template(
        "centres/chair.html", table=table, centre=table.centre, form=form, asks=asks, about=about, seen=SEEN
    )


@bp.route(f"{AT}/competencies/<int:competency_id>", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def settle(centre_id: int, sitting_id: int, competency_id: int) -> ResponseReturnValue:
    """Record what was agreed on a competency."""
    table = _revealed(centre_id, sitting_id)
    competency = table.exercise.competency(competency_id)
    if competency is None:
        raise NotHere
    form = forms.AgreeForm()
    form.offer(papers_of(table.centre.standard_id).anchors, median=table.sealed_third is not None)

    def act() -> None:
        said = actions.Agreed(
            competency_id=competency_id,
            value=form.value.data,
            reason=form.reason.data,
            evidence=form.evidence.data,
        )
        actions.settle(table, said, by=signed_in())

    asks = f"What was agreed on {competency.title.lower()}?"
    return _act(table, form, act, asks=asks, done=f"{competency.title} is settled.", about=competency_id)


@bp.route(f"{AT}/judgement", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def settle_judgement(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Record the agreed judgement of the whole exercise."""
    table, form = _revealed(centre_id, sitting_id), forms.JudgementForm()

    def act() -> None:
        words = {"reason": form.reason.data, "evidence": form.evidence.data}
        actions.settle_judgement(table, form.judgement.data, **words, by=signed_in())

    return _act(table, form, act, asks="What was agreed on the exercise as a whole?", done="The judgement is settled.")


@bp.route(f"{AT}/incident", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def settle_incident(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Record whether a reported critical incident is confirmed."""
    table, form = _revealed(centre_id, sitting_id), forms.IncidentForm()

    def act() -> None:
        confirmed = form.confirmed.data == "yes"
        actions.settle_incident(table, confirmed=confirmed, reason=form.reason.data, by=signed_in())

    return _act(table, form, act, asks="Was there a critical incident?", done="The critical incident is settled.")


@bp.route(f"{AT}/third", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def call_third(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Call in a third assessor, because the others are deadlocked."""
    table, form = _revealed(centre_id, sitting_id), forms.ThirdForm()
    form.assessor.choices = [(0, "Choose an assessor"), *current_on(clock.today())]

    def act() -> None:
        actions.call_third(table, form.assessor.data, why=form.why.data, by=signed_in())

    done = "The third assessor is called in, and rates alone."
    return _act(table, form, act, asks="Who breaks the deadlock?", done=done)


@bp.route(f"{AT}/outcome", methods=["POST"])
@requires(Permission.CENTRES_DECIDE)
def compute(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Compute the outcome of the exercise."""
    table = _table(centre_id, sitting_id)
    outcome = outcomes.compute(table, by=signed_in())
    db.session.commit()
    flash(f"The outcome of the {table.sitting.kind.words} is {Outcome(outcome.result).words}.")
    return redirect(url_for(".exercise", centre_id=centre_id, sitting_id=sitting_id))


@bp.route(f"{AT}/void", methods=["GET", "POST"])
@requires(Permission.CENTRES_DECIDE)
def declare_void(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Declare that the exercise was not run properly."""
    table, form = _table(centre_id, sitting_id), forms.VoidForm()

    def act() -> None:
        outcomes.declare_void(table, form.reason.data, by=signed_in())

    words = table.sitting.kind.words
    return _act(table, form, act, asks=f"Declare the {words} void?", done=f"The {words} is void.")
