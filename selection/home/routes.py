"""The first page after signing in."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from selection.centres.queries import waiting_for as centres_waiting_for
from selection.core import clock
from selection.delivery.queries import waiting_for as delivery_waiting_for
from selection.groups.queries import waiting_for as groups_waiting_for
from selection.rules.roles import Actor, Permission
from selection.standards.waiting import waiting_for as standards_waiting_for
from selection.supervision.queries import waiting_for as supervision_waiting_for
from selection.training.queries import waiting_for as training_waiting_for
from selection.web.gate import requires, signed_in
from selection.web.waiting import Waiting

bp = Blueprint("home", __name__)

SOURCES = (
    ("Assessment centres", centres_waiting_for),
    ("Selection standards", standards_waiting_for),
    ("Training", training_waiting_for),
    ("Groups", groups_waiting_for),
    ("Sessions", delivery_waiting_for),
    ("Supervision", supervision_waiting_for),
)


@bp.get("/")
@requires(Permission.OWN_READ)
def index() -> ResponseReturnValue:
    """Show what waits for the person, soonest first within each part of the work."""
    return render_template("home/index.html", parts=_waiting(signed_in(), clock.today()), today=clock.today())


def _waiting(by: Actor, today: date) -> list[tuple[str, list[Waiting]]]:
    found = [(title, sorted(source(by, today), key=_soonest)) for title, source in SOURCES]
    return [(title, waiting) for title, waiting in found if waiting]


def _soonest(waiting: Waiting) -> tuple[date, str]:
    return waiting.due or date.max, waiting.title
