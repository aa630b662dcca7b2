"""The page of the capacity forecast."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.insights import asked
from selection.insights.blueprint import bp
from selection.insights.forecast import queries as figures
from selection.insights.forecast.chart import chart
from selection.rules.forecast import gaps
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.gate import requires, signed_in


@bp.get("/capacity")
@requires(Permission.TRAINING_READ)
def capacity() -> ResponseReturnValue:
    """Show for how long there will be enough facilitators and supervisors, and what would close a gap."""
    reach = signed_in().reach(Permission.TRAINING_READ)
    areas, programmes = choices.areas_within(reach), figures.programmes()
    wanted = asked.read(request.args, areas=areas, programmes=programmes)
    programme = programmes[wanted.programme] if wanted.programme else next(iter(programmes.values()), None)
    looked = figures.look(programme, wanted.area, reach, today=clock.today()) if programme else None
    both = (("facilitators", looked.facilitators), ("supervisors", looked.supervisors)) if looked else ()
    return render_template(
        "insights/capacity.html",
        asked=wanted,
        areas=areas,
        codes={one.id: one.code for one in programmes.values()},
        programme=programme,
        looked=looked,
        parts=[(who, months, chart(months), gaps(months)) for who, months in both],
    )
