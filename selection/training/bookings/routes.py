"""Pages of booking."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.bookings import actions, queries
from selection.training.bookings.actions import NotBooked
from selection.training.bookings.forms import BookForm, CancelForm
from selection.training.events import queries as events
from selection.web.gate import requires, signed_in


@bp.get("/events/<int:event_id>/book")
@requires(Permission.TRAINING_RUN)
def people_to_book(event_id: int) -> ResponseReturnValue:
    """List who can be booked on an event, and who cannot with every reason."""
    event = events.one(event_id, Permission.TRAINING_RUN, by=signed_in())
    asked = {"words": request.args.get("words", "").strip()[:200], "show": request.args.get("show", "")}
    people, pages = queries.listed(
        event,
        words=asked["words"],
        everybody=asked["show"] == "everybody",
        page=request.args.get("page", 1, type=int),
        today=clock.today(),
        by=signed_in(),
    )
    return render_template(
        "training/book.html", event=event, form=BookForm(), people=people, pages=pages, asked=asked, ticked=()
    )


@bp.post("/events/<int:event_id>/book")
@requires(Permission.TRAINING_RUN)
def book(event_id: int) -> ResponseReturnValue:
    """Book the people who were ticked, all or none."""
    event = events.one(event_id, Permission.TRAINING_RUN, by=signed_in(), writing=True)
    form = BookForm()
    judged: list[queries.Judged] = []
    if form.validate_on_submit():
        try:
            bookings = actions.book(event, form.people.data, by=signed_in())
        except NotBooked as refusal:
            form.take(refusal.reasons)
            judged = list(refusal.judged)
        else:
            db.session.commit()
            flash(f"{len(bookings)} {'person is' if len(bookings) == 1 else 'people are'} booked on {event.title}.")
            return redirect(url_for(".event", event_id=event_id))
    return render_template(
        "training/book.html",
        event=event,
        form=form,
        people=judged,
        pages=None,
        asked={"words": "", "show": ""},
        ticked=[one.staff.id for one in judged if not one.reasons],
    )


@bp.post("/bookings/<int:booking_id>/cancel")
@requires(Permission.TRAINING_RUN)
def cancel_booking(booking_id: int) -> ResponseReturnValue:
    """Cancel a booking; it stays on record."""
    booking = queries.one(booking_id, by=signed_in())
    form = CancelForm()
    if booking.cancelled_at is None:
        form.check(booking, what=f"The booking of {booking.staff.name}")
    actions.cancel(booking, by=signed_in())
    db.session.commit()
    flash(f"The booking of {booking.staff.name} is cancelled. It stays on record.")
    return redirect(url_for(".event", event_id=booking.event_id))
