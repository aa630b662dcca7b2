"""Pages of supervision: who is due, one's own caseload, a group, a person."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.rules.records import KIND_NAMES
from selection.rules.roles import Permission
from selection.supervision.agreed.queries import how_many_overdue, open_of
from selection.supervision.blueprint import bp
from selection.supervision.caseload import groups, people, queries
from selection.supervision.caseload.reviews import reviews_due_of
from selection.trail.record import record as leave_trail
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.SUPERVISION_READ)
def index() -> ResponseReturnValue:
    """List who is on a group of one's areas, whose supervision falls due first on top."""
    asked = {"words": request.args.get("words", "").strip()[:200], "show": request.args.get("show", "overdue")}
    charges, pages = queries.overdue_page(
        signed_in().reach(Permission.SUPERVISION_READ),
        today=clock.today(),
        overdue=asked["show"] != "all",
        words=asked["words"],
        page=page_in(request.args),
    )
    return render_template(
        "supervision/index.html",
        charges=charges,
        pages=pages,
        asked=asked,
        agreed_overdue=how_many_overdue(signed_in(), clock.today()),
        today=clock.today(),
    )


@bp.get("/mine")
@requires(Permission.OWN_READ)
def mine() -> ResponseReturnValue:
    """Show whom one supervises today, what is due of each, and the drafts that wait for a signature."""
    staff_id = signed_in().staff_id
    charges = [] if staff_id is None else queries.supervised_by(staff_id, clock.today())
    return render_template(
        "supervision/mine.html",
        charges=charges,
        groups=sorted({(one.reference, one.group_id) for one in charges}),
        drafts=[] if staff_id is None else queries.drafts_of(staff_id),
        agreed=[] if staff_id is None else open_of(staff_id, clock.today(), by=signed_in()),
        reviews=reviews_due_of({one.staff_id for one in charges}, clock.today()) if charges else {},
        kinds=KIND_NAMES,
        today=clock.today(),
    )


@bp.get("/groups/<int:group_id>")
@requires(Permission.OWN_READ)
def group(group_id: int) -> ResponseReturnValue:
    """Show the supervision of one group: its records, and its sessions to observe or review."""
    shown = groups.group(group_id, by=signed_in())
    today = clock.today()
    page = page_in(request.args)
    sessions, pages = groups.sessions_of(group_id, today, by=signed_in(), page=page)
    days = [link for link in shown.supervisions if link.supervisor_id == signed_in().staff_id]
    return render_template(
        "supervision/group.html",
        group=shown,
        records=groups.supervisions_of(group_id, today, by=signed_in()),
        sessions=sessions,
        pages=pages,
        writes=bool(days),
        now=any(link.starts_on <= today <= link.ends_on for link in days),
        today=today,
        kinds=KIND_NAMES,
    )


@bp.get("/people/me")
@requires(Permission.OWN_READ)
def own() -> ResponseReturnValue:
    """Lead somebody to their own supervision."""
    staff_id = signed_in().staff_id
    if staff_id is None:
        raise NotHere
    return redirect(url_for(".person", staff_id=staff_id))


@bp.get("/people/<int:staff_id>")
@requires(Permission.OWN_READ, leaves_trail=True)
def person(staff_id: int) -> ResponseReturnValue:
    """Show somebody's supervision: what was recorded on them, wellbeing by date, hours delivered, what is due."""
    by, today = signed_in(), clock.today()
    who = people.person(staff_id, today, by=by)
    page = render_template(
        "supervision/person.html",
        person=who,
        own=who.id == by.staff_id,
        charges=queries.of_person(staff_id, today),
        records=people.records_of(staff_id, today, by=by),
        wellbeing=people.wellbeing_of(staff_id),
        hours=people.hours_of(staff_id, today),
        reviews=reviews_due_of({staff_id}, today)[staff_id],
        agreed=open_of(staff_id, today, by=by),
        kinds=KIND_NAMES,
        today=today,
    )
    leave_trail("staff.supervision_viewed", by=by, subject_id=staff_id, staff_id=staff_id)
    db.session.commit()
    return page
