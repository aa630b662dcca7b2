"""The pages of a record: of anybody within reach, and of oneself."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.people import queries
from selection.people.queries import Details
from selection.people.record.view import Record, for_themselves, record_of
from selection.people.routes import bp
from selection.rules.eligibility import ACTING_ROLE_NAMES
from selection.rules.path import STANDING_NAMES
from selection.rules.roles import EVERYWHERE, Permission
from selection.trail.events import EVENTS
from selection.trail.record import record as leave_trail
from selection.web.gate import requires, signed_in


@bp.get("/<int:staff_id>")
@requires(Permission.PEOPLE_READ, leaves_trail=True)
def record(staff_id: int) -> ResponseReturnValue:
    """Show a person's record; one's own is shown as everybody sees their own."""
    if staff_id == signed_in().staff_id:
        return redirect(url_for(".own"))
    person = queries.details(staff_id, signed_in().reach(Permission.PEOPLE_READ))
    return _page(person, record_of(staff_id, clock.today()), own=False)


@bp.get("/me")
@requires(Permission.OWN_READ, leaves_trail=True)
def own() -> ResponseReturnValue:
    """Show somebody their own record, without the reasons that others wrote."""
    who = signed_in()
    if who.staff_id is None:
        raise NotHere
    person = queries.details(who.staff_id, EVERYWHERE)
    mine = for_themselves(record_of(person.id, clock.today()), who.account_id)
    return _page(person, mine, own=True)


def _page(person: Details, shown: Record, *, own: bool) -> ResponseReturnValue:
    page = render_template(
        "people/record.html",
        person=person,
        record=shown,
        own=own,
        may_change=not own and signed_in().reach(Permission.PEOPLE_WRITE).takes_in(person.area_id),
        states=STANDING_NAMES,
        roles=ACTING_ROLE_NAMES,
        events=EVENTS,
    )
    leave_trail("staff.viewed", by=signed_in(), subject_id=person.id, staff_id=person.id)
    db.session.commit()
    return page
