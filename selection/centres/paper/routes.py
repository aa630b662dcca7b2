"""Pages of paper forms: printing them, and typing one afterwards."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.guards import hold_form
from selection.centres.paper import actions, queries
from selection.centres.paper.forms import PaperForm
from selection.centres.rating import queries as rating
from selection.centres.rating.reading import Errors, errors_of, read
from selection.centres.rating.sheet import JUDGEMENTS, SEEN, Sheet
from selection.centres.rosters import roster
from selection.core import clock
from selection.core.db import db
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in


@bp.get("/<int:centre_id>/paper")
@requires(Permission.CENTRES_RUN)
def paper_forms(centre_id: int) -> ResponseReturnValue:
    """Show the forms that are still to be filled, to print them blank or to type one from paper."""
    found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    return render_template(
        "centres/paper.html",
        roster=found,
        centre=found.centre,
        to_fill=queries.to_fill(found),
        seen=SEEN,
        judgements=JUDGEMENTS,
    )


@bp.route("/<int:centre_id>/forms/<int:form_id>/transcribe", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def transcribe(centre_id: int, form_id: int) -> ResponseReturnValue:
    """Type an assessor's form from paper: another person does, and it is marked as such for good."""
    seal = request.form.get("do") == "seal"
    if seal:
        hold_form(form_id)
    paper = queries.on_paper(signed_in(), centre_id, form_id)
    actions.insist_on_typing(paper, signed_in())
    form, own = PaperForm(paper_kept=paper.form.paper_kept), paper.form
    if not form.is_submitted():
        return _page(paper, form, rating.stored(own), {})
    sheet, errors = read(request.form, own.papers, own.exercise, at=clock.now())
    if not form.validate() or errors:
        return _page(paper, form, sheet, errors)
    gaps = actions.transcribe(paper, sheet, paper_kept=form.paper_kept.data, by=signed_in(), seal=seal)
    db.session.commit()
    if gaps:
        paper = queries.on_paper(signed_in(), centre_id, form_id)
        sheet.version = str(paper.form.version)
        return _page(paper, form, sheet, errors_of(gaps), saved=True)
    flash(f"The form of {paper.seat.assessor} on {own.candidate} is {'sealed' if seal else 'saved'}.")
    if seal:
        return redirect(url_for(".paper_forms", centre_id=centre_id))
    return redirect(url_for(".transcribe", centre_id=centre_id, form_id=form_id))


def _page(
    paper: queries.OnPaper, form: PaperForm, sheet: Sheet, errors: Errors, *, saved: bool = False
) -> ResponseReturnValue:
    said = {name: list(messages) for name, messages in form.errors.items() if name}
    return render_template(
        "centres/transcribe.html",
        paper=paper,
        own=paper.form,
        form=form,
        sheet=sheet,
        errors=said | errors,
        gaps=saved,
        papers=paper.form.papers,
        exercise=paper.form.exercise,
        seen=SEEN,
        judgements=JUDGEMENTS,
    )
