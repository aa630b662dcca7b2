"""The page of certificates that end soon."""

from datetime import timedelta

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.rules.programmes import STAGE_NAMES
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.reminders import queries
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in
from selection.web.pages import Pages


@bp.get("/ending")
@requires(Permission.TRAINING_READ)
def ending() -> ResponseReturnValue:
    """List the certificates that end soon and that nothing renews, with the groups that would lose somebody."""
    today = clock.today()
    days_before = current_app.config["REMINDER_DAYS"]
    until = today + timedelta(days=max(days_before, default=0))
    found = queries.endings(today, until, signed_in().reach(Permission.TRAINING_READ))
    pages = Pages.at(page_in(request.args), len(found))
    shown = found[pages.before : pages.last_row]
    return render_template(
        "training/ending.html",
        endings=shown,
        pages=pages,
        groups=queries.groups_at_risk(shown, today),
        booked=queries.booked(shown, today),
        told=queries.told(one.certificate_id for one in shown),
        days_before=days_before,
        stages=STAGE_NAMES,
        today=today,
        until=until,
    )
