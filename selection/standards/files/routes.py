"""Pages and addresses of standards as files."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.standards import queries
from selection.standards.blueprint import bp
from selection.standards.files import actions
from selection.standards.files.forms import ImportForm
from selection.standards.files.reading import Fault, Faulty, schema
from selection.standards.guards import everywhere
from selection.web.gate import requires


@bp.get("/standard.schema.json")
@requires(Permission.OWN_READ)
def json_schema() -> ResponseReturnValue:
    """Give the JSON Schema of a standard's file to anybody who is signed in."""
    return Response(schema(), mimetype="application/schema+json")


@bp.get("/<int:standard_id>/export")
@requires(Permission.STANDARDS_READ)
def export(standard_id: int) -> ResponseReturnValue:
    """Give a version as a file."""
    standard = queries.one(standard_id)
    headers = {"Content-Disposition": f"attachment; filename={actions.file_name(standard)}"}
    return Response(actions.exported(standard), mimetype="application/json", headers=headers)


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.STANDARDS_WRITE)
def import_() -> ResponseReturnValue:
    """Make a draft of a file, all of it or nothing, and name everything that is wrong with it."""
    by = everywhere(Permission.STANDARDS_WRITE)
    form = ImportForm()
    faults: tuple[Fault, ...] = ()
    if form.validate_on_submit():
        sent = form.file.data
        try:
            draft = actions.import_standard(
                sent.read(), name=sent.filename or "file", next_number=form.next_number.data, by=by
            )
        except Faulty as faulty:
            faults = faulty.faults
            form.file.errors = [f"Nothing was imported: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}"]
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{draft.title}, version {draft.number}, is imported as a draft.")
            return redirect(url_for(".show", standard_id=draft.id))
    return render_template("standards/import.html", form=form, faults=faults)
