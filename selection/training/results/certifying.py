"""Certifying: what would be certified is shown first, then all that was chosen is issued, or nothing is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selection.authorisation.certify import issue_for_results
from selection.core.errors import NotHere, Refused
from selection.models.training import CourseResult, Event
from selection.rules.reasons import Reason
from selection.rules.results import Standing, reasons_against_certifying
from selection.rules.roles import Actor
from selection.rules.training import certificate_days
from selection.rules.validity import Span
from selection.training import facts, roster, ties
from selection.training.roster import Entry


def certify(event: Event, result_ids: Iterable[int], *, by: Actor) -> Sequence[int]:
    """Issue the certificates of these results of the event, and return their ids; or raise Refused and issue none.

    The event must have been loaded for writing. What is certified already is left as it is. A certificate is valid
    from the later of two days: the event's last and the one on which the pass was recorded, because until then
    nobody could know of it; a part that was assessed again counts from its own day.
    """
    chosen = _chosen(event, result_ids)
    due = [entry for entry in chosen if entry.came_to != Standing.CERTIFIED]
    reasons = [reason for planned in plan(event, due, by=by) for reason in planned.reasons]
    if reasons:
        raise Refused(*reasons)
    return issue_for_results([(entry.latest, days(event, entry.latest)) for entry in due if entry.latest], by=by)


def _chosen(event: Event, result_ids: Iterable[int]) -> list[Entry]:
    """Return the bookings whose latest result is named; raises Refused if another has taken its place meanwhile."""
    wanted = set(result_ids)
    entries = [one for one in roster.entries(event.id) if one.latest is not None and one.latest.id in wanted]
    if not wanted:
        raise NotHere
    if len(entries) != len(wanted):
        raise Refused(
            Reason(
                code="result.replaced",
                message="A later result has taken the place of one that you saw.",
                remedy="Look at the results as they are now.",
            )
        )
    return entries


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A booking that would be certified, or every reason why it is not."""

    entry: Entry
    reasons: tuple[Reason, ...]


def plan(event: Event, entries: Sequence[Entry], *, by: Actor) -> list[Planned]:
    """Return, for each of the bookings, whether this person can certify it now; one query."""
    tied = ties.of([entry.booking.id for entry in entries], by=by) if entries else {}
    course = facts.course_facts(event.terms)
    return [
        Planned(
            entry=entry,
            reasons=reasons_against_certifying(
                entry.booking.staff_id,
                entry.booking.staff.name,
                entry.came_to,
                enough_now=entry.enough(course),
                certifier_id=by.staff_id,
                tie=tied[entry.booking.id],
            ),
        )
        for entry in entries
    ]


def days(event: Event, result: CourseResult) -> Span:
    """Return from when to when the certificate of a passed result is valid."""
    passed_on = max(event.ends_on, result.recorded_on)
    return certificate_days(facts.course_facts(event.terms), passed_on=passed_on)
