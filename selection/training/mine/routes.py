"""The pages of a person's own training."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core import clock
from selection.core.db import db
from selection.rules.booking import reasons_against_cancelling
from selection.rules.calendar import add_months
from selection.rules.roles import Permission
from selection.training import facts
from selection.training.blueprint import bp
from selection.training.bookings import actions as bookings
from selection.training.bookings import queries as of_bookings
from selection.training.bookings.forms import CancelForm
from selection.training.mine import queries
from selection.training.mine.queries import Booked
from selection.training.waitings import actions as waitings
from selection.training.waitings import queries as of_waitings
from selection.web.gate import requires, signed_in

MONTHS_BACK = 6
"""Events that one trained and that ended longer ago call for nothing any more."""


@bp.get("/mine")
@requires(Permission.OWN_READ)
def mine() -> ResponseReturnValue:
    """Show where and when one is booked, where one waits and at which place, and what became of earlier bookings."""
    staff_id, today = signed_in().staff_id, clock.today()
    booked = queries.booked(staff_id) if staff_id else []
    coming, earlier = queries.split(booked, today)
    return render_template(
        "training/mine.html",
        coming=coming,
        earlier=earlier,
        line=queries.in_line(staff_id, today) if staff_id else [],
        may_cancel={one.entry.booking.id for one in coming if _may_cancel(one)},
        taught=queries.taught(staff_id, add_months(today, -MONTHS_BACK)) if staff_id else [],
        today=today,
        no_staff=staff_id is None,
    )


def _may_cancel(one: Booked) -> bool:
    span, has_result = facts.span(one.event), one.entry.latest is not None
    return not reasons_against_cancelling(span, has_result=has_result, today=clock.today(), oneself=True)


@bp.post("/mine/bookings/<int:booking_id>/cancel")
@requires(Permission.OWN_READ)
def cancel_own(booking_id: int) -> ResponseReturnValue:
    """Cancel a booking of one's own, before the event begins."""
    booking = of_bookings.own(booking_id, by=signed_in())
    form = CancelForm()
    if booking.cancelled_at is None:
        form.check(booking, what=f"Your booking on {booking.event.title}")
    bookings.cancel(booking, by=signed_in())
    db.session.commit()
    flash(f"Your booking on {booking.event.title} is cancelled. Somebody else can have the place.")
    return redirect(url_for(".mine"))


@bp.post("/mine/waiting/<int:waiting_id>/leave")
@requires(Permission.OWN_READ)
def leave_line(waiting_id: int) -> ResponseReturnValue:
    """Give up a place in a line of one's own."""
    waiting = of_waitings.own(waiting_id, by=signed_in())
    form = CancelForm()
    if waiting.ended_at is None:
        form.check(waiting, what=f"Your wait for {waiting.event.title}")
    waitings.leave(waiting, by=signed_in())
    db.session.commit()
    flash(f"You no longer wait for a place on {waiting.event.title}.")
    return redirect(url_for(".mine"))
