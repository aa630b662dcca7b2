"""The page of the staff register."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.people.register import asked, queries
from selection.people.routes import bp
from selection.rules.eligibility import ACTING_ROLE_NAMES
from selection.rules.path import STANDING_NAMES
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.PEOPLE_READ)
def register() -> ResponseReturnValue:
    """Show the staff within reach: searched, filtered, sorted, a page at a time."""
    reach = signed_in().reach(Permission.PEOPLE_READ)
    areas = choices.areas_within(reach)
    wanted = asked.read(request.args, areas=areas)
    people, pages = queries.search(wanted, reach, today=clock.today())
    return render_template(
        "people/register.html",
        people=people,
        pages=pages,
        asked=wanted,
        areas=areas,
        roles=ACTING_ROLE_NAMES,
        states=STANDING_NAMES,
    )
