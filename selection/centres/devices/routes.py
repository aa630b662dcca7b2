"""What a device says of itself, and the coordinator's way to give one up that will not come back."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.centres.blueprint import bp
from selection.centres.devices import actions, queries
from selection.centres.devices.forms import GiveUpForm
from selection.centres.rating import queries as forms
from selection.centres.rating.operations import UUID
from selection.centres.rosters import roster
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in

MOST_UNSENT = 1_000_000
SYSTEMS = ("iPad", "iPhone", "Android", "CrOS", "Windows", "Macintosh", "Linux")


@bp.post("/forms/<int:form_id>/hold")
@requires(Permission.CENTRES_RATE)
def hold_form(form_id: int) -> ResponseReturnValue:
    """Keep that a device has one's own form open, or that it is handed back there."""
    form = forms.own_to_write(signed_in(), form_id)
    said = request.get_json(silent=True)
    said = said if isinstance(said, dict) else {}
    device_id, unsent = said.get("device"), said.get("unsent")
    if not isinstance(device_id, str) or not UUID.fullmatch(device_id) or type(unsent) is not int:
        return jsonify(code="unreadable"), 400
    if said.get("hand_back") is True and not unsent:
        actions.hand_back(form, device_id, by=signed_in())
    else:
        count = min(max(0, unsent), MOST_UNSENT)
        actions.announce(form, device_id, device=_system(), unsent=count, by=signed_in())
    db.session.commit()
    return jsonify(code="ok", version=form.version, now=clock.now().isoformat())


def _system() -> str:
    """Return what kind of device asks, in a word that tells a tablet from a desk."""
    agent = request.user_agent.string
    return next((system for system in SYSTEMS if system in agent), "unknown kind")


@bp.route("/<int:centre_id>/forms/<int:form_id>/devices/<device_id>", methods=["GET", "POST"])
@requires(Permission.CENTRES_RUN)
def give_up_device(centre_id: int, form_id: int, device_id: str) -> ResponseReturnValue:
    """Give a device up as lost, with a reason, so that the centre's day can be closed."""
    found = roster(signed_in(), Permission.CENTRES_RUN, centre_id)
    hold = queries.one(centre_id, form_id, device_id)
    form = GiveUpForm()
    if form.validate_on_submit():
        try:
            actions.give_up(found.centre, hold, why=form.why.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The device with the {hold.about} is given up.")
            return redirect(url_for(".show", centre_id=centre_id))
    return render_template("centres/give_up_device.html", form=form, centre=found.centre, hold=hold)
