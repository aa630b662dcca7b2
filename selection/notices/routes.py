"""The page of the outbox, for administrators."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.notices import actions, queries
from selection.notices.queries import State
from selection.rules.roles import Permission
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("/")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> ResponseReturnValue:
    """Show the letters that wait, those that were not taken and why, and those sent."""
    counts = queries.counts()
    state = request.args.get("state", _most_urgent(counts), type=State)
    letters, pages = queries.outbox(state, total=counts[state], page=page_in(request.args))
    return render_template(
        "notices/index.html",
        letters=letters,
        pages=pages,
        counts=counts,
        state=state,
        given_up=queries.given_up,
        mail_is_on=bool(current_app.config["SMTP_URL"]),
    )


def _most_urgent(counts: dict[State, int]) -> State:
    return State.FAILED if counts[State.FAILED] else State.WAITING


@bp.post("/<int:notice_id>/again")
@requires(Permission.ACCOUNTS_MANAGE)
def try_again(notice_id: int) -> ResponseReturnValue:
    """Make a letter that was not taken due at once."""
    try:
        notice = actions.try_again(notice_id, by=signed_in())
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "Nothing to do")
    else:
        db.session.commit()
        flash(f"The letter to {notice.to_address} is tried again within a minute.")
    return redirect(url_for(".index"))
