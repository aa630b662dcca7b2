"""Certifying: what would be certified is shown first, then all that was chosen is issued, or nothing is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selection.authorisation.certify import Issued, issue_for_results
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.models.people import Staff
from selection.models.training import Booking, CourseResult, Event
from selection.rules.assessing import Tie
from selection.rules.reasons import Reason
from selection.rules.results import Standing, reasons_against_certifying
from selection.rules.roles import Actor
from selection.rules.training import certificate_days
from selection.rules.validity import Span
from selection.training import facts, roster, since, tell, ties
from selection.training.roster import Entry


def certify(event: Event, result_ids: Iterable[int], *, by: Actor) -> Sequence[Issued]:
    """Issue the certificates of these results of the event, and tell who has them; or raise Refused and issue none.

    The event must have been loaded for writing. What is certified already is left as it is. A certificate is valid
    from the later of two days: the event's last and the one on which the pass was recorded, because until then
    nobody could know of it; a part that was assessed again counts from its own day.
    """
    due = [one for one in _chosen(event, result_ids, by=by) if one.entry.came_to != Standing.CERTIFIED]
    reasons = [reason for planned in plan(event, due, by=by) for reason in planned.reasons]
    if reasons:
        raise Refused(*reasons)
    entries = [one.entry for one in due]
    issued = issue_for_results([(one.latest, days(event, one.latest)) for one in entries if one.latest], by=by)
    tell.of_certificates(event, zip((one.booking.staff for one in entries), issued, strict=True))
    return issued


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A booking, what ties whoever would certify it to the person, and whether they had the step before by then."""

    entry: Entry
    tie: Tie
    had_step_before: bool


def booked(event: Event, *, by: Actor) -> list[Seen]:
    """Return the bookings of the event that were not cancelled, by name, with the actor's ties; one query."""
    query = roster.with_what_became().add_columns(since.had_step_before(event), *ties.columns(by))
    query = query.where(Booking.event_id == event.id, Booking.cancelled_at.is_(None))
    rows = db.session.execute(query.order_by(Staff.sort_name, Booking.id)).all()
    return [Seen(entry=roster.entry(row[:6]), had_step_before=row[6], tie=ties.tie(row[7:])) for row in rows]


def _chosen(event: Event, result_ids: Iterable[int], *, by: Actor) -> list[Seen]:
    """Return the bookings whose latest result is named; raises Refused if another has taken its place meanwhile."""
    wanted = set(result_ids)
    if not wanted:
        raise NotHere
    latest = [(one, one.entry.latest) for one in booked(event, by=by)]
    chosen = [one for one, result in latest if result is not None and result.id in wanted]
    if len(chosen) != len(wanted):
        raise Refused(
            Reason(
                code="result.replaced",
                message="A later result has taken the place of one that you saw.",
                remedy="Look at the results as they are now.",
            )
        )
    return chosen


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A booking that would be certified, or every reason why it is not."""

    entry: Entry
    reasons: tuple[Reason, ...]


def plan(event: Event, bookings: Iterable[Seen], *, by: Actor) -> list[Planned]:
    """Return, for each of the bookings, whether this person can certify it now."""
    course = facts.course_facts(event.terms)
    return [
        Planned(
            entry=one.entry,
            reasons=reasons_against_certifying(
                one.entry.booking.staff_id,
                one.entry.booking.staff.name,
                one.entry.came_to,
                enough_now=one.entry.enough(course),
                had_step_before=one.had_step_before,
                certifier_id=by.staff_id,
                tie=one.tie,
            ),
        )
        for one in bookings
    ]


def days(event: Event, result: CourseResult) -> Span:
    """Return from when to when the certificate of a passed result is valid."""
    passed_on = max(event.ends_on, result.recorded_on)
    return certificate_days(facts.course_facts(event.terms), passed_on=passed_on)
