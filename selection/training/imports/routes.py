"""Pages of the import of earlier training: the list, handing a file in, one file with its rows, and the decision."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.imports import TrainingImport
from selection.rules.programmes import STAGE_NAMES
from selection.rules.requests import RequestState
from selection.rules.roles import Permission
from selection.spreadsheets.cells import MOST_ROWS, Faults, Unreadable
from selection.training.blueprint import bp
from selection.training.imports import actions, queries
from selection.training.imports.actions import Faulty
from selection.training.imports.facts import catalogue
from selection.training.imports.forms import APPROVE, DecideForm, ImportForm
from selection.training.imports.layout import LAYOUT
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/imports/")
@requires(Permission.TRAINING_READ)
def imports() -> ResponseReturnValue:
    """List the files of earlier training, the open ones first."""
    rows, pages = queries.listed(page=page_in(request.args), by=signed_in())
    return render_template("training/imports.html", rows=rows, pages=pages)


@bp.route("/imports/new", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def import_training() -> ResponseReturnValue:
    """Take a file, check it whole, and keep what it says until somebody else approves it; or name every fault."""
    form, faults = ImportForm(), Faults()
    if form.validate_on_submit():
        try:
            return redirect(url_for(".training_import", import_id=_hand_in(form).id))
        except Unreadable as error:
            form.file.errors = [str(error)]
        except Faulty as error:
            faults = error.faults
            form.file.errors = [faults.in_words]
        except Refused as refusal:
            form.take(refusal.reasons)
    titles = [course.title for course in catalogue().values()]
    return render_template(
        "training/import_form.html", form=form, faults=faults, columns=LAYOUT, most=MOST_ROWS, titles=titles
    )


@bp.get("/imports/template.csv")
@requires(Permission.TRAINING_CERTIFY)
def training_import_template() -> ResponseReturnValue:
    """Give a file with the headings alone, to be filled in."""
    headers = {"Content-Disposition": "attachment; filename=earlier-training.csv"}
    return Response(LAYOUT.template.encode("utf-8-sig"), mimetype="text/csv", headers=headers)


@bp.get("/imports/<int:import_id>")
@requires(Permission.TRAINING_READ)
def training_import(import_id: int) -> ResponseReturnValue:
    """Show a file with its rows, and what became of it or the form to decide."""
    found = queries.one(import_id, by=signed_in())
    return _page(found, DecideForm(formdata=None, version=found.version))


@bp.post("/imports/<int:import_id>/decide")
@requires(Permission.TRAINING_CERTIFY)
def decide_import(import_id: int) -> ResponseReturnValue:
    """Approve a file whole, which issues its certificates, or refuse it whole."""
    found, faults = queries.to_decide(import_id, by=signed_in()), Faults()
    form = DecideForm()
    if form.validate_on_submit():
        form.check(found, what="The import")
        try:
            if form.outcome.data == APPROVE:
                number = actions.approve(found, reason=form.reason.data, by=signed_in())
                done = "1 certificate is issued." if number == 1 else f"{number:,} certificates are issued."
            else:
                actions.refuse(found, reason=form.reason.data, by=signed_in())
                done = "The file is refused. It stays on record, and no certificate stands on it."
        except Refused as refusal:
            form.take(refusal.reasons)
            faults = refusal.faults if isinstance(refusal, Faulty) else faults
        else:
            db.session.commit()
            flash(done)
            return redirect(url_for(".training_import", import_id=import_id))
    return _page(found, form, faults)


@bp.post("/imports/<int:import_id>/take-back")
@requires(Permission.TRAINING_CERTIFY)
def take_back_import(import_id: int) -> ResponseReturnValue:
    """Take a file back that one handed in and that nobody decided on."""
    actions.take_back(queries.to_decide(import_id, by=signed_in()), by=signed_in())
    db.session.commit()
    flash("The file is taken back. Nothing stands on it.")
    return redirect(url_for(".training_import", import_id=import_id))


def _hand_in(form: ImportForm) -> TrainingImport:
    """Hand the form's file in and say so; raises Unreadable, Faulty and Refused."""
    content = form.file.data.read()
    checked, read_as = actions.check(content)
    handed_in, new = actions.hand_in(
        checked, file=form.called, file_hash=actions.hash_of(content), reason=form.reason.data, by=signed_in()
    )
    if new:
        db.session.commit()
        flash(f"Read as {read_as}, and handed in. No certificate stands on it until somebody else approves it.")
    else:
        flash("This very file was handed in before. Nothing was changed.", "Already there")
    return handed_in


def _page(found: TrainingImport, form: DecideForm, faults: Faults | None = None) -> ResponseReturnValue:
    who = signed_in()
    rows, pages = queries.rows_of(found, page=page_in(request.args))
    is_open = found.state == RequestState.OPEN
    may_certify = is_open and who.may(Permission.TRAINING_CERTIFY)
    return render_template(
        "training/import.html",
        found=found,
        form=form,
        faults=faults or Faults(),
        rows=rows,
        pages=pages,
        sums=queries.sums(found),
        stages=STAGE_NAMES,
        may_decide=may_certify and who.staff_id != found.imported_by_id,
        may_take_back=may_certify and who.staff_id == found.imported_by_id,
    )
