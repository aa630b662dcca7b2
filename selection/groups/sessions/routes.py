"""Pages of a group's schedule: its sessions, and laying them out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.places import wall_clock
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.sessions import actions, telling
from selection.groups.sessions.asked import group_of_page
from selection.groups.sessions.diary import diary, sitting
from selection.groups.sessions.forms import WEEKDAYS, ScheduleForm, mark_of
from selection.rules.programmes import Part, hours_in
from selection.rules.roles import Permission
from selection.rules.schedule import Shift, minutes_of
from selection.rules.sessions import NATION_NAMES
from selection.web.gate import requires, signed_in


@bp.get("/<int:group_id>/sessions")
@requires(Permission.GROUPS_READ)
def sessions(group_id: int) -> ResponseReturnValue:
    """Show the group's schedule: each session, who is in its room, and what it lacks."""
    known = diary(loading.to_read(group_id, by=signed_in()))
    now = wall_clock()
    coming = {one.id for one in known.coming(now)}
    lacking = {one.id: known.lacking(one) for one in known.sessions if one.id in coming}
    return render_template(
        "groups/sessions/index.html",
        group=known.group,
        known=known,
        lacking=lacking,
        coming=coming,
        short=sum(1 for reasons in lacking.values() if reasons),
        hours=hours_in([Part(sessions=1, minutes=minutes_of(sitting(one))) for one in known.sessions]),
        days_off=known.days_off(known.group.starts_on),
        today=now.date(),
        weekdays=WEEKDAYS,
        nations=NATION_NAMES,
        writes=signed_in().reach(Permission.GROUPS_WRITE).takes_in(known.group.area_id),
    )


@bp.route("/<int:group_id>/schedule", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def schedule(group_id: int) -> ResponseReturnValue:
    """Lay out the group's sessions, after showing what becomes of each."""
    known = diary(group_of_page(group_id))
    group, today = known.group, clock.today()
    form = ScheduleForm(first=max(group.starts_on, today), fit=group.state == "planned")
    form.offer(group.edition.modules)
    if not form.is_submitted():
        form.fill(known)
    shifts: tuple[Shift, ...] = ()
    if form.validate_on_submit():
        layout = form.layout(group.edition.modules)
        try:
            shifts = actions.shifts_of(known, layout)
            mark = mark_of(shifts, layout)
            if against := actions.reasons_against_layout(known, shifts, layout):
                form.take(against)
                mark = ""
            elif form.seen.data == mark:
                before = telling.who_is_there(known, shifts)
                number = actions.lay_out(known, layout, today=today, by=signed_in())
                telling.of_shifts(known, shifts, before=before, reason="The schedule was laid out.", by=signed_in())
                db.session.commit()
                flash(f"{group.reference} has {number} sessions.")
                return redirect(url_for(".sessions", group_id=group_id))
            form.seen.data = mark
        except Refused as refusal:
            form.take(refusal.reasons)
            form.seen.data = ""
    return render_template(
        "groups/sessions/schedule.html",
        form=form,
        group=group,
        known=known,
        shifts=shifts,
        longer=actions.last_day_for(group, shifts) if shifts else None,
    )
