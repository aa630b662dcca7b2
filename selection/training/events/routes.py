"""Pages of events."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.programmes import Stage
from selection.rules.results import Standing
from selection.rules.roles import Permission
from selection.training import facts, roster, teaching
from selection.training.blueprint import bp
from selection.training.bookings.routes import in_words
from selection.training.courses import queries as courses
from selection.training.events import actions, queries
from selection.training.events.cancelling import cancel_event
from selection.training.events.forms import CancelEventForm, EventForm
from selection.training.waitings import queries as waitings
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in

STAGES = {Stage.FUNDAMENTAL.value: "Fundamental training", Stage.PROGRAMME.value: "Programme training"}


@bp.get("/")
@requires(Permission.TRAINING_READ)
def index() -> ResponseReturnValue:
    """List the coming events within reach, or the past ones, of one stage or of every."""
    past = request.args.get("when") == "past"
    stage = request.args.get("stage", "")
    chosen = Stage(stage) if stage in STAGES else None
    page = page_in(request.args)
    events, pages = queries.listed(past=past, stage=chosen, page=page, today=clock.today(), by=signed_in())
    asked = {"when": "past" if past else "coming", "stage": chosen.value if chosen else ""}
    return render_template(
        "training/index.html", events=events, pages=pages, asked=asked, stages=STAGES, today=clock.today()
    )


@bp.get("/events/<int:event_id>")
@requires(Permission.TRAINING_TEACH)
def event(event_id: int) -> ResponseReturnValue:
    """Show an event with its bookings and what has become of each, to its trainers too."""
    shown = queries.one(event_id, Permission.TRAINING_READ, by=signed_in(), days=True, trainers=True, taught=True)
    entries, not_any_more = roster.entries_now(shown)
    line = waitings.standing_at(event_id) if shown.cancelled_at is None else ()
    booked = [entry for entry in entries if entry.booking.cancelled_at is None]
    return render_template(
        "training/event.html",
        event=shown,
        booked=booked,
        line=line,
        cancelled=[entry for entry in entries if entry.booking.cancelled_at is not None],
        to_certify=[entry for entry in booked if entry.came_to == Standing.PASSED],
        not_any_more=not_any_more,
        course=facts.course_facts(shown.terms),
        may_record=teaching.may_record(shown, by=signed_in()),
        today=clock.today(),
    )


@bp.route("/courses/<int:course_id>/events/new", methods=["GET", "POST"])
@requires(Permission.TRAINING_RUN)
def new_event(course_id: int) -> ResponseReturnValue:
    """Open an event of a course."""
    course = courses.one(course_id, writing=request.method == "POST", prerequisites=False)
    form = EventForm()
    form.offer(queries.areas(signed_in()))
    if form.validate_on_submit():
        try:
            opened = actions.open_event(course, form.area.data, form.details(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The event {opened.title} is open. People can be booked now.")
            return redirect(url_for(".event", event_id=opened.id))
    return render_template("training/event_form.html", form=form, course=course, terms=course.newest, event=None)


@bp.route("/events/<int:event_id>/edit", methods=["GET", "POST"])
@requires(Permission.TRAINING_RUN)
def edit_event(event_id: int) -> ResponseReturnValue:
    """Change an event."""
    shown = queries.one(
        event_id, Permission.TRAINING_RUN, by=signed_in(), writing=request.method == "POST", days=True, trainers=True
    )
    form = EventForm()
    form.lies_in(shown.area)
    if request.method == "GET":
        form.show(shown)
    elif form.validate():
        form.check_against(shown)
        try:
            filled = actions.change_event(shown, form.details(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The event {shown.title} is saved.{in_words(filled)}")
            return redirect(url_for(".event", event_id=event_id))
    return render_template("training/event_form.html", form=form, course=shown.course, terms=shown.terms, event=shown)


@bp.route("/events/<int:event_id>/cancel", methods=["GET", "POST"])
@requires(Permission.TRAINING_RUN)
def cancel(event_id: int) -> ResponseReturnValue:
    """Cancel an event, after showing whom it frees and who is told."""
    writing = request.method == "POST"
    shown = queries.one(event_id, Permission.TRAINING_RUN, by=signed_in(), writing=writing, days=True, trainers=True)
    form = CancelEventForm(version=str(shown.version))
    if form.validate_on_submit():
        if shown.cancelled_at is None:
            form.check(shown, what=f"The event {shown.title}")
        try:
            told = cancel_event(shown, reason=form.reason.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The event is cancelled, and {told} {'person is' if told == 1 else 'people are'} told.")
            return redirect(url_for(".event", event_id=event_id))
    return render_template(
        "training/cancel_event.html",
        form=form,
        event=shown,
        booked=queries.live_bookings(event_id),
        line=waitings.standing_at(event_id),
    )
