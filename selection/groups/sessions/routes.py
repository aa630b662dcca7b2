"""Pages of a group's sessions: the list, laying out, moving, catching up, and who is in the room."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.places import wall_clock
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.sessions import actions, telling, trainees
from selection.groups.sessions.diary import Diary, diary, sitting
from selection.groups.sessions.forms import (
    FOLLOWING,
    MODULE,
    WEEKDAYS,
    AddForm,
    MoveForm,
    RoomForm,
    ScheduleForm,
    SureForm,
    TraineeForm,
    mark_of,
)
from selection.models.groups import Group
from selection.models.sessions import GroupSession
from selection.rules.moving import warnings_about
from selection.rules.programmes import Part, hours_in
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.rules.schedule import Shift, minutes_of
from selection.rules.sessions import NATION_NAMES, SessionKind
from selection.rules.words import day_in_words
from selection.web.gate import requires, signed_in

CHANGED = Reason(
    code="changed.meanwhile",
    message="Somebody changed the group's sessions or team since you opened this page.",
    remedy="Look at what it is now, then try once more.",
)


def _group(group_id: int) -> Group:
    by = signed_in()
    writes = request.method == "POST"
    return loading.to_change(group_id, by=by) if writes else loading.to_read(group_id, Permission.GROUPS_WRITE, by=by)


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
    known = diary(_group(group_id))
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
                after = actions.lay_out(known, layout, today=today, by=signed_in())
                telling.of_shifts(after, shifts, reason="The schedule was laid out.", by=signed_in())
                db.session.commit()
                flash(f"{group.reference} has {len(after.sessions)} sessions.")
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


@bp.get("/<int:group_id>/sessions/<int:session_id>")
@requires(Permission.GROUPS_READ)
def session(group_id: int, session_id: int) -> ResponseReturnValue:
    """Show a session: when it is, who is in the room, who sits in, and what it lacks."""
    known = diary(loading.to_read(group_id, by=signed_in()))
    return _show(known, known.session(session_id), _room_form(known.session(session_id)), TraineeForm(formdata=None))


def _room_form(at: GroupSession, *, sent: bool = False) -> RoomForm:
    form = RoomForm() if sent else RoomForm(formdata=None)
    form.offer(at)
    if not sent:
        form.in_room.data = [one.facilitator_id for one in at.places if one.in_room]
        form.seen.data = _mark(at)
    return form


def _mark(at: GroupSession) -> str:
    return "-".join([f"{at.version}", *(f"{one.id}.{int(one.in_room)}" for one in at.places)])


def _show(known: Diary, at: GroupSession, room: RoomForm, trainee: TraineeForm) -> ResponseReturnValue:
    fixed = sitting(at).is_fixed(wall_clock())
    writes = signed_in().reach(Permission.GROUPS_WRITE).takes_in(known.group.area_id)
    link = next((one for one in known.group.supervisions if one.starts_on <= at.day <= one.ends_on), None)
    return render_template(
        "groups/sessions/session.html",
        group=known.group,
        known=known,
        at=at,
        link=link,
        lacking=() if fixed else known.lacking(at),
        room=room,
        trainee=trainee,
        changes=writes and not fixed and known.group.state != "closed",
        day_off=known.days_off(at.day).get(at.day),
    )


@bp.post("/<int:group_id>/sessions/<int:session_id>/room")
@requires(Permission.GROUPS_WRITE)
def set_room(group_id: int, session_id: int) -> ResponseReturnValue:
    """Say who of the team is in the room."""
    known = diary(_group(group_id))
    at = known.session(session_id)
    form = _room_form(at, sent=True)
    if form.validate_on_submit() and form.seen.data != _mark(at):
        form.take([CHANGED])
        form.seen.data = _mark(at)
    elif form.validate_on_submit():
        try:
            actions.set_room(known, at, form.in_room.data or (), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
            form.seen.data = _mark(at)
        else:
            db.session.commit()
            flash(f"Who is in the room at {at.title} is saved.")
            return redirect(url_for(".session", group_id=group_id, session_id=session_id))
    return _show(known, at, form, TraineeForm(formdata=None))


@bp.route("/<int:group_id>/sessions/<int:session_id>/move", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def move_session(group_id: int, session_id: int) -> ResponseReturnValue:
    """Move a session, and what follows if that is meant, after showing what becomes of each."""
    known = diary(_group(group_id))
    at = known.session(session_id)
    form = MoveForm(day=at.day, starts_at=at.starts_at)
    shifts: tuple[Shift, ...] = ()
    warnings: Sequence[str] = ()
    if form.validate_on_submit():
        to, following = form.when(sitting(at)), form.following.data == FOLLOWING
        shifts = actions.shifts_of_move(known, at, to, following=following)
        warnings = warnings_about(
            shifts[0], () if following else known.sittings, known.slots, days_off=known.days_off(to.day)
        )
        against = actions.reasons_against_move(known, at, to, shifts, without=form.without.data)
        mark = mark_of(shifts, form.without.data)
        if against:
            form.take(against)
            form.seen.data = ""
        elif form.seen.data == mark:
            return _moved(known, at, form, shifts)
        else:
            form.seen.data = mark
    return render_template(
        "groups/sessions/move.html", form=form, group=known.group, at=at, shifts=shifts, warnings=warnings
    )


def _moved(known: Diary, at: GroupSession, form: MoveForm, shifts: Sequence[Shift]) -> ResponseReturnValue:
    """Carry the move out that was seen and confirmed."""
    group_id, title, day = known.group.id, at.title, form.day.entered
    try:
        after = actions.move(
            known,
            at,
            form.when(sitting(at)),
            following=form.following.data == FOLLOWING,
            without=form.without.data,
            reason=form.reason.data or "",
            by=signed_in(),
        )
    except Refused as refusal:
        again = url_for(".move_session", group_id=group_id, session_id=at.id)
        return render_template("groups/refused.html", name=title, reasons=refusal.reasons, again=again), 409
    telling.of_shifts(after, shifts, reason=form.reason.data or "", by=signed_in())
    db.session.commit()
    flash(f"{title} is on {day_in_words(day)} now.")
    return redirect(url_for(".sessions", group_id=group_id))


@bp.route("/<int:group_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def add_session(group_id: int) -> ResponseReturnValue:
    """Add a catch-up, or another day for a session that was not held."""
    known = diary(_group(group_id))
    form = AddForm(session_id=request.args.get("session_id", type=int))
    form.offer(one for one in known.sessions if one.kind == SessionKind.REGULAR)
    if form.validate_on_submit():
        of = known.session(form.session_id.data)
        try:
            actions.add(known, of, form.when(sitting(of)), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"A session for {of.title} is added on {day_in_words(form.day.entered)}.")
            return redirect(url_for(".sessions", group_id=group_id))
    return render_template("groups/sessions/add.html", form=form, group=known.group)


@bp.post("/<int:group_id>/sessions/<int:session_id>/take-back")
@requires(Permission.GROUPS_WRITE)
def take_back_session(group_id: int, session_id: int) -> ResponseReturnValue:
    """Take a catch-up back that has not begun."""
    known = diary(_group(group_id))
    at = known.session(session_id)
    title = at.title
    if SureForm().validate_on_submit():
        try:
            actions.take_back(known, at, by=signed_in())
        except Refused as refusal:
            again = url_for(".session", group_id=group_id, session_id=session_id)
            return render_template("groups/refused.html", name=title, reasons=refusal.reasons, again=again), 409
        db.session.commit()
        flash(f"{title} is taken back.")
    return redirect(url_for(".sessions", group_id=group_id))


@bp.post("/<int:group_id>/sessions/fill")
@requires(Permission.GROUPS_WRITE)
def fill_rooms(group_id: int) -> ResponseReturnValue:
    """Let people of the team into every coming session's room that has too few."""
    known = diary(_group(group_id))
    if SureForm().validate_on_submit():
        try:
            number = actions.fill_rooms(known, by=signed_in())
        except Refused as refusal:
            again = url_for(".sessions", group_id=group_id)
            name = known.group.reference
            return render_template("groups/refused.html", name=name, reasons=refusal.reasons, again=again), 409
        db.session.commit()
        flash(f"{number} places in rooms were filled." if number else "Nobody else of the team is free.")
    return redirect(url_for(".sessions", group_id=group_id))


@bp.post("/<int:group_id>/sessions/<int:session_id>/trainees")
@requires(Permission.GROUPS_WRITE)
def sit_in(group_id: int, session_id: int) -> ResponseReturnValue:
    """Let a trainee sit in."""
    known = diary(_group(group_id))
    at, form = known.session(session_id), TraineeForm()
    if form.validate_on_submit():
        module = form.extent.data == MODULE
        chosen = [one for one in known.sessions if one.id == at.id or (module and one.module_id == at.module_id)]
        try:
            person = trainees.sit_in(known, chosen, form.number.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{person.name} sits in. They fill no place.")
            return redirect(url_for(".session", group_id=group_id, session_id=session_id))
    return _show(known, at, _room_form(at), form)


@bp.post("/<int:group_id>/sessions/<int:session_id>/trainees/<int:staff_id>/take-off")
@requires(Permission.GROUPS_WRITE)
def take_off_trainee(group_id: int, session_id: int, staff_id: int) -> ResponseReturnValue:
    """Take a trainee off a session."""
    known = diary(_group(group_id))
    if SureForm().validate_on_submit():
        try:
            person = trainees.take_off(known, known.session(session_id), staff_id, by=signed_in())
        except Refused as refusal:
            again = url_for(".session", group_id=group_id, session_id=session_id)
            return render_template("groups/refused.html", name="", reasons=refusal.reasons, again=again), 409
        db.session.commit()
        flash(f"{person.name} no longer sits in.")
    return redirect(url_for(".session", group_id=group_id, session_id=session_id))
