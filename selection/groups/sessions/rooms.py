"""Pages of one session: who is in its room, and who sits in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.authorisation.places import wall_clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.blueprint import bp
from selection.groups.sessions import actions, trainees
from selection.groups.sessions.asked import group_of_page
from selection.groups.sessions.diary import Diary, diary, sitting
from selection.groups.sessions.forms import MODULE, RoomForm, SureForm, TraineeForm
from selection.models.sessions import GroupSession
from selection.rules.reasons import Reason
from selection.rules.roles import Permission
from selection.web.gate import requires, signed_in

CHANGED = Reason(
    code="changed.meanwhile",
    message="Somebody changed the group's sessions or team since you opened this page.",
    remedy="Look at what it is now, then try once more.",
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
    known = diary(group_of_page(group_id))
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


@bp.post("/<int:group_id>/sessions/fill")
@requires(Permission.GROUPS_WRITE)
def fill_rooms(group_id: int) -> ResponseReturnValue:
    """Let people of the team into every coming session's room that has too few."""
    known = diary(group_of_page(group_id))
    if SureForm().validate_on_submit():
        try:
            number = actions.fill_rooms(known, by=signed_in())
        except Refused as refusal:
            again = url_for(".sessions", group_id=group_id)
            name = known.group.reference
            return render_template("groups/refused.html", name=name, reasons=refusal.reasons, again=again), 409
        db.session.commit()
        filled = "1 place in a room was filled." if number == 1 else f"{number} places in rooms were filled."
        flash(filled if number else "Nobody else of the team is free.")
    return redirect(url_for(".sessions", group_id=group_id))


@bp.post("/<int:group_id>/sessions/<int:session_id>/trainees")
@requires(Permission.GROUPS_WRITE)
def sit_in(group_id: int, session_id: int) -> ResponseReturnValue:
    """Let a trainee sit in."""
    known = diary(group_of_page(group_id))
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
    known = diary(group_of_page(group_id))
    if SureForm().validate_on_submit():
        try:
            person = trainees.take_off(known, known.session(session_id), staff_id, by=signed_in())
        except Refused as refusal:
            again = url_for(".session", group_id=group_id, session_id=session_id)
            return render_template("groups/refused.html", name="", reasons=refusal.reasons, again=again), 409
        db.session.commit()
        flash(f"{person.name} no longer sits in.")
    return redirect(url_for(".session", group_id=group_id, session_id=session_id))
