"""The chair's report of a centre, as a page and as a document."""

from collections import Counter
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.report.document import counts_as, data_of, talk_in_words
from selection.centres.roster import Roster
from selection.centres.washup import queries
from selection.core.db import db
from selection.rules.outcomes import Decision
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.downloads import as_pdf
from selection.web.gate import requires, signed_in


@bp.get("/<int:centre_id>/report")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def report(centre_id: int) -> ResponseReturnValue:
    """Show the report of a centre."""
    found, tables = _read(centre_id)
    return render_template(
        "centres/report.html",
        roster=found,
        centre=found.centre,
        tables=tables,
        counts=_counts(found),
        talk_in_words=talk_in_words,
        counts_as=counts_as,
    )


@bp.get("/<int:centre_id>/report.pdf")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def report_document(centre_id: int) -> ResponseReturnValue:
    """Return the report of a centre as a document."""
    found, tables = _read(centre_id)
    return as_pdf("centre", data_of(found, tables, _counts(found)), name=f"centre-{centre_id}.pdf")


def _read(centre_id: int) -> tuple[Roster, dict[int, queries.Table]]:
    found, tables = queries.overview(signed_in(), centre_id)
    record("report.viewed", by=signed_in(), subject_id=centre_id)
    db.session.commit()
    return found, tables


def _counts(found: Roster) -> dict[str, Any]:
    """Count the candidates by what was decided of them, the undecided last."""
    counted = Counter(each.decision.result if each.decision else "undecided" for each in found.candidates)
    return {key: counted[key] for key in (*Decision, "undecided") if counted[key]}
