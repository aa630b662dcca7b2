"""Pages that say whether groups can run."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from selection.authorisation.places import wall_clock
from selection.core import clock
from selection.delivery.blueprint import bp
from selection.delivery.outlook import board as boards
from selection.delivery.outlook.group import outlook
from selection.prescribed.editions import staffing_of
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.asked import number_in, page_in
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.GROUPS_READ)
def board() -> ResponseReturnValue:
    """Show every group of one's areas, whose trouble comes soonest on top."""
    reach = signed_in().reach(Permission.GROUPS_READ)
    weeks = request.args.get("weeks", boards.USUAL_WEEKS, type=int)
    asked = boards.Asked(
        weeks=weeks if weeks in boards.WEEKS else boards.USUAL_WEEKS,
        area_id=number_in(request.args, "area_id"),
        page=page_in(request.args),
    )
    shown = boards.board(reach, asked, now=wall_clock())
    return render_template(
        "delivery/board.html",
        board=shown,
        asked=asked,
        choices=boards.WEEKS,
        areas=choices.areas_within(reach),
        today=clock.today(),
    )


@bp.get("/groups/<int:group_id>")
@requires(Permission.OWN_READ)
def group(group_id: int) -> ResponseReturnValue:
    """Say of every coming session of a group whether it can be delivered, and what became of those that are over."""
    shown = outlook(group_id, by=signed_in(), now=wall_clock())
    return render_template(
        "delivery/group.html",
        shown=shown,
        staffing=staffing_of(shown.group.edition),
        everything=request.args.get("all", "") == "1",
        records=signed_in().reach(Permission.GROUPS_WRITE).takes_in(shown.group.area_id),
        today=clock.today(),
    )
