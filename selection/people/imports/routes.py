"""Pages of the import: choose a file, see what it would do, let it be done."""

from pathlib import Path

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.people.imports import actions, keeping
from selection.people.imports.keeping import Kept
from selection.people.imports.layout import LAYOUT
from selection.people.imports.plan import Plan, plan
from selection.people.routes import bp
from selection.rules.roles import Permission
from selection.spreadsheets.cells import MOST_ROWS, Faults, Unreadable
from selection.spreadsheets.forms import ConfirmForm, FileForm
from selection.web import choices
from selection.web.gate import requires, signed_in

CHANGES_SHOWN = 50


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.PEOPLE_IMPORT)
def import_() -> ResponseReturnValue:
    """Take a file, check it whole, and lead to what it would do; name every fault if it has any."""
    form, faults = FileForm(), Faults()
    if form.validate_on_submit():
        try:
            checked, read_as = actions.check(form.file.data.read(), by=signed_in())
        except Unreadable as error:
            form.file.errors = [str(error)]
        else:
            if not checked.faults:
                kept = Kept(checked, form.called, read_as)
                return redirect(url_for(".confirm_import", token=keeping.keep(kept, _folder(), account_id=_whose())))
            faults = checked.faults
            form.file.errors = [faults.in_words]
    areas = choices.areas_within(signed_in().reach(Permission.PEOPLE_IMPORT))
    return render_template("people/import.html", form=form, faults=faults, areas=areas, columns=LAYOUT, most=MOST_ROWS)


@bp.get("/import/template.csv")
@requires(Permission.PEOPLE_IMPORT)
def import_template() -> ResponseReturnValue:
    """Give a file with the headings alone, to be filled in."""
    headers = {"Content-Disposition": "attachment; filename=staff.csv"}
    return Response(LAYOUT.template.encode("utf-8-sig"), mimetype="text/csv", headers=headers)


@bp.route("/import/<token>", methods=["GET", "POST"])
@requires(Permission.PEOPLE_IMPORT)
def confirm_import(token: str) -> ResponseReturnValue:
    """Show what a file would do, and do it when it is confirmed."""
    db.session.rollback()  # who came in was asked; others may write while a long file is read
    kept = keeping.kept(token, _folder(), account_id=_whose())
    if kept is None:
        flash("That import was carried out, or is older than an hour. Choose the file again.", "Over")
        return redirect(url_for(".import_"))
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            done = actions.import_staff(kept.checked, file=kept.file, by=signed_in(), seen=form.seen.data)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            keeping.forget(token, _folder(), account_id=_whose())
            flash(_how_it_went(done))
            return redirect(url_for(".register"))
    return _preview(form, kept, plan(kept.checked, by=signed_in()))


def _preview(form: ConfirmForm, kept: Kept, planned: Plan) -> ResponseReturnValue:
    form.seen.data = planned.mark()
    areas = choices.areas_within(signed_in().reach(Permission.PEOPLE_IMPORT))
    page = render_template(
        "people/import_preview.html", form=form, kept=kept, plan=planned, areas=areas, shown=CHANGES_SHOWN
    )
    db.session.rollback()  # a refused import leaves nothing behind
    return page


def _how_it_went(done: Plan) -> str:
    created, changed = len(done.created), len(done.changed)
    return f"Imported. Added: {created:,}. Changed: {changed:,}. As before: {done.unchanged:,}."


def _folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / "imports"


def _whose() -> int:
    account_id = signed_in().account_id
    assert account_id is not None  # whoever comes through the gate has a login
    return account_id
