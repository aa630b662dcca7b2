"""Pages on which a session moves, is caught up with, or is taken back."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.groups.blueprint import bp
from selection.groups.sessions import actions, telling
from selection.groups.sessions.asked import group_of_page
from selection.groups.sessions.diary import Diary, diary, sitting
from selection.groups.sessions.forms import FOLLOWING, AddForm, MoveForm, SureForm, mark_of
from selection.models.sessions import GroupSession
from selection.rules.moving import warnings_about
from selection.rules.roles import Permission
from selection.rules.schedule import Shift
from selection.rules.sessions import SessionKind
from selection.rules.words import day_in_words
from selection.web.asked import number_in
from selection.web.gate import requires, signed_in


@bp.route("/<int:group_id>/sessions/<int:session_id>/move", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def move_session(group_id: int, session_id: int) -> ResponseReturnValue:
    """Move a session, and what follows if that is meant, after showing what becomes of each."""
    known = diary(group_of_page(group_id))
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
    before = telling.who_is_there(known, shifts)
    try:
        actions.move(
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
    telling.of_shifts(known, shifts, before=before, reason=form.reason.data or "", by=signed_in())
    db.session.commit()
    flash(f"{title} is on {day_in_words(day)} now.")
    return redirect(url_for(".sessions", group_id=group_id))


@bp.route("/<int:group_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.GROUPS_WRITE)
def add_session(group_id: int) -> ResponseReturnValue:
    """Add a catch-up, or another day for a session that was not held."""
    known = diary(group_of_page(group_id))
    form = AddForm(session_id=number_in(request.args, "session_id"))
    form.offer(one for one in known.sessions if one.kind == SessionKind.REGULAR)
    if form.validate_on_submit():
        of = known.session(form.session_id.data)
        try:
            shift = actions.shift_of_adding(known, of, form.when(sitting(of)))
            actions.add(known, of, form.when(sitting(of)), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            telling.of_shifts(known, [shift], reason="", by=signed_in())
            db.session.commit()
            flash(f"A session for {of.title} is added on {day_in_words(form.day.entered)}.")
            return redirect(url_for(".sessions", group_id=group_id))
    return render_template("groups/sessions/add.html", form=form, group=known.group)


@bp.post("/<int:group_id>/sessions/<int:session_id>/take-back")
@requires(Permission.GROUPS_WRITE)
def take_back_session(group_id: int, session_id: int) -> ResponseReturnValue:
    """Take a catch-up back that has not begun."""
    known = diary(group_of_page(group_id))
    at = known.session(session_id)
    title = at.title
    if SureForm().validate_on_submit():
        try:
            shift = actions.shift_of_taking_back(known, at)
            before = telling.who_is_there(known, [shift])
            actions.take_back(known, at, by=signed_in())
        except Refused as refusal:
            again = url_for(".session", group_id=group_id, session_id=session_id)
            return render_template("groups/refused.html", name=title, reasons=refusal.reasons, again=again), 409
        telling.of_shifts(known, [shift], before=before, reason="", by=signed_in())
        db.session.commit()
        flash(f"{title} is taken back.")
    return redirect(url_for(".sessions", group_id=group_id))
