"""The pages of the timeline: of anybody within reach, and of oneself."""

from dataclasses import replace

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.people import Staff
from selection.people import queries
from selection.people.record.activities import activities
from selection.people.record.papers import papers
from selection.people.record.queries import names
from selection.people.routes import bp
from selection.people.timeline.picture import picture
from selection.people.timeline.steps import happenings
from selection.rules.roles import EVERYWHERE, Permission
from selection.trail.record import record as leave_trail
from selection.web.gate import requires, signed_in


@bp.get("/<int:staff_id>/timeline")
@requires(Permission.PEOPLE_READ, leaves_trail=True)
def timeline(staff_id: int) -> ResponseReturnValue:
    """Show a person's path as a timeline; one's own is shown as everybody sees their own."""
    if staff_id == signed_in().staff_id:
        return redirect(url_for(".own_timeline"))
    return _page(queries.person(staff_id, signed_in().reach(Permission.PEOPLE_READ)), own=False)


@bp.get("/me/timeline")
@requires(Permission.OWN_READ, leaves_trail=True)
def own_timeline() -> ResponseReturnValue:
    """Show somebody their own path, without the reasons that others wrote."""
    who = signed_in()
    if who.staff_id is None:
        raise NotHere
    return _page(queries.person(who.staff_id, EVERYWHERE), own=True)


def _page(person: Staff, *, own: bool) -> ResponseReturnValue:
    today = clock.today()
    held, done, codes = papers(person.id, today), activities(person.id, today), names()["programme_id"]
    if own:
        held = tuple(replace(paper, reason="") for paper in held)
    page = render_template(
        "people/timeline.html",
        person=person,
        own=own,
        picture=picture(held, done, codes, today=today),
        happenings=happenings(held, done, codes),
        today=today,
    )
    leave_trail("staff.viewed", by=signed_in(), subject_id=person.id, staff_id=person.id)
    db.session.commit()
    return page
