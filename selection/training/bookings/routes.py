"""Pages of booking, and of putting people on the waiting list where nothing is free."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.models.training import Event
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.bookings import actions, queries
from selection.training.bookings.actions import NotBooked
from selection.training.bookings.forms import BookForm, CancelForm
from selection.training.events import queries as events
from selection.training.judging import Judged
from selection.training.waitings.actions import join
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/events/<int:event_id>/book")
@requires(Permission.TRAINING_RUN)
def people_to_book(event_id: int) -> ResponseReturnValue:
    """List who can be booked on an event, and who cannot with every reason."""
    event = events.to_book(event_id, by=signed_in())
    asked = {"words": request.args.get("words", "").strip()[:200], "show": request.args.get("show", "")}
    hearing, pages = queries.listed(
        event,
        words=asked["words"],
        everybody=asked["show"] == "everybody",
        page=page_in(request.args),
        today=clock.today(),
        by=signed_in(),
    )
    return render_template(
        "training/book.html",
        event=event,
        form=BookForm(),
        people=hearing.people,
        free=max(0, event.places - hearing.booked) if hearing.people else None,
        pages=pages,
        asked=asked,
        ticked=(),
    )


@bp.post("/events/<int:event_id>/book")
@requires(Permission.TRAINING_RUN)
def book(event_id: int) -> ResponseReturnValue:
    """Book the people who were ticked, all or none."""
    event = events.to_book(event_id, by=signed_in(), writing=True)
    form = BookForm()
    if not form.validate_on_submit():
        return _again(event, form, [])
    try:
        bookings = actions.book(event, form.people.data, by=signed_in())
    except NotBooked as refusal:
        form.take(refusal.reasons)
        return _again(event, form, refusal.judged)
    db.session.commit()
    flash(f"{len(bookings)} {'person is' if len(bookings) == 1 else 'people are'} booked on {event.title}.")
    return redirect(url_for(".event", event_id=event_id))


@bp.post("/events/<int:event_id>/wait")
@requires(Permission.TRAINING_RUN)
def wait(event_id: int) -> ResponseReturnValue:
    """Put the people who were ticked on the waiting list, all or none."""
    event = events.to_book(event_id, by=signed_in(), writing=True)
    form = BookForm()
    if not form.validate_on_submit():
        return _again(event, form, [])
    try:
        line = join(event, form.people.data, by=signed_in())
    except NotBooked as refusal:
        form.take(refusal.reasons)
        return _again(event, form, refusal.judged)
    db.session.commit()
    flash(f"{len(line)} {'person waits' if len(line) == 1 else 'people wait'} for a place on {event.title}.")
    return redirect(url_for(".event", event_id=event_id))


def _again(event: Event, form: BookForm, judged: Sequence[Judged]) -> ResponseReturnValue:
    """Show who was ticked, and what stands against each."""
    return render_template(
        "training/book.html",
        event=event,
        form=form,
        people=judged,
        free=None,
        pages=None,
        asked={"words": "", "show": ""},
        ticked=[one.staff.id for one in judged if not one.reasons],
    )


@bp.post("/bookings/<int:booking_id>/cancel")
@requires(Permission.TRAINING_RUN)
def cancel_booking(booking_id: int) -> ResponseReturnValue:
    """Cancel a booking; it stays on record, and its place goes to who waits for it."""
    booking = queries.one(booking_id, by=signed_in())
    form = CancelForm()
    if booking.cancelled_at is None:
        form.check(booking, what=f"The booking of {booking.staff.name}")
    filled = actions.cancel(booking, by=signed_in())
    db.session.commit()
    flash(f"The booking of {booking.staff.name} is cancelled. It stays on record.{in_words(filled)}")
    return redirect(url_for(".event", event_id=booking.event_id))


def in_words(filled: list[str]) -> str:
    """Return who got a place that became free, as a sentence to add."""
    return f" From the waiting list: {', '.join(filled)}." if filled else ""
