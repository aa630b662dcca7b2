"""Pages of the wash-up that show: the whole centre side by side, and one exercise with its evidence."""

from flask import render_template
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.rating.sheet import SEEN
from selection.centres.washup import queries
from selection.core.db import db
from selection.rules.centres import reasons_against_computing
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.gate import requires, signed_in


@bp.get("/<int:centre_id>/wash-up")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def wash_up(centre_id: int) -> ResponseReturnValue:
    """Show candidate by exercise by competency, and what must be discussed."""
    found, tables = queries.overview(signed_in(), centre_id)
    page = render_template(
        "centres/wash_up.html",
        roster=found,
        centre=found.centre,
        tables=tables,
        to_discuss=list(queries.to_discuss(tables)),
        judgements=[each for each in tables.values() if each.judgement_open],
        incidents=[each for each in tables.values() if each.incident_open],
        chairs=found.centre.chair_id == signed_in().staff_id and signed_in().may(Permission.CENTRES_DECIDE),
    )
    record("washup.viewed", by=signed_in(), subject_id=centre_id)
    db.session.commit()
    return page


@bp.get("/<int:centre_id>/wash-up/<int:sitting_id>")
@requires(Permission.CENTRES_READ, leaves_trail=True)
def exercise(centre_id: int, sitting_id: int) -> ResponseReturnValue:
    """Show one exercise of one candidate: both ratings of each competency with their evidence, and what counts."""
    table = queries.table(signed_in(), Permission.CENTRES_READ, centre_id, sitting_id)
    chairs = table.centre.chair_id == signed_in().staff_id and signed_in().may(Permission.CENTRES_DECIDE)
    page = render_template(
        "centres/exercise.html",
        table=table,
        centre=table.centre,
        chairs=chairs,
        seen=SEEN,
        against_computing=reasons_against_computing(table.facts),
    )
    record("papers.viewed", by=signed_in(), subject_id=sitting_id, staff_id=table.candidate.staff_id)
    db.session.commit()
    return page
