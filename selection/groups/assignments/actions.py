"""Verbs on assignments: assign, change the last day, cancel. The rows are spells that carry their proof."""

from collections.abc import Sequence
from datetime import date

from selection.authorisation import commitments, gather, places
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.groups import loading
from selection.groups.assignments.stays import Stay
from selection.groups.today import has_begun
from selection.models.groups import Assignment, Group
from selection.rules.assignment import (
    GroupFacts,
    reasons_against_assignment,
    reasons_against_cancelling,
    reasons_against_last_day,
)
from selection.rules.eligibility import ActingRole, Person
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.staffing import reasons_against_another_group
from selection.rules.supervision import AssignmentKind, Spell, cut_into_spells
from selection.rules.validity import Span, day_after, day_before
from selection.trail.record import record

KEPT = ("facilitator_id", "supervisor_id", "starts_on", "ends_on", "group_id")


def assign(
    group: loading.Known, facilitator_id: int, *, kind: AssignmentKind, days: Span, today: date, by: Actor
) -> tuple[Assignment, ...]:
    """Put somebody on the group's team for the days, a spell for each supervisor and authorisation that they meet.

    They get a place at each coming session on those days, in the room as far as it is not full and they are free.
    Group and person are locked, as `loading.to_assign` locks them. Raises Refused with every reason against it.
    """

    def judged(facts: GroupFacts) -> tuple[Person, tuple[Reason, ...]]:
        person = gather.person(facilitator_id)
        return person, (
            *reasons_against_assignment(person, facts, days, today=today),
            *reasons_against_another_group(person, group.id, days, most=group.groups_at_once),
        )

    person, reasons = judged(group.facts)
    if reasons:
        raise Refused(*reasons)
    rights = person.rights_as(ActingRole.FACILITATOR, group.facts.programme_id)
    spells = cut_into_spells(days, rights, group.facts.chain)
    rows = tuple(_row(group, person, kind, spell, by) for spell in spells)
    with refused_with(lambda: judged(loading.to_assign(group.id, facilitator_id, by=by)[0].facts)[1]):
        db.session.add_all(rows)
        for row in rows:
            after = {key: getattr(row, key) for key in (*KEPT, "kind")}
            record("assignment.made", by=by, subject_id=group.id, staff_id=facilitator_id, after=after)
        db.session.flush()
        places.give(rows, room=group.in_room)
    return rows


def _row(group: loading.Known, person: Person, kind: AssignmentKind, spell: Spell, by: Actor) -> Assignment:
    practice = person.practice_on(group.facts.programme_id, spell.days.first)
    assert practice is not None  # the rules have seen to it
    return Assignment(
        group_id=group.id,
        programme_id=group.facts.programme_id,
        facilitator_id=person.staff_id,
        kind=kind,
        starts_on=spell.days.first,
        ends_on=spell.days.last,
        authorisation_id=spell.right.id,
        authorisation_from=spell.right.days.first,
        authorisation_to=spell.right.days.last,
        supervision_id=spell.supervised.id,
        supervisor_id=spell.supervised.supervisor_id,
        supervision_from=spell.supervised.days.first,
        supervision_to=spell.supervised.days.last,
        practice_id=practice.id,
        practice_from=practice.days.first,
        practice_to=practice.days.last,
        made_at=clock.now(),
        made_by_id=by.account_id,
    )


def change_last_day(group: Group, stay: Stay, last: date, *, reason: str, today: date, by: Actor) -> None:
    """Let a stay end on another day: later days are new spells, judged like any; earlier ends it, with a reason."""
    begun = last < today and today in stay.days and has_begun(group.id, today, stay.facilitator.id)
    reasons = list(reasons_against_last_day(stay.days, last, today=today, begun=begun))
    if last < stay.days.last and not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why it ends earlier.", field="reason"))
    if reasons:
        raise Refused(*reasons)
    if last > stay.days.last:
        added = Span(first=day_after(stay.days.last), last=last)
        kind, on = AssignmentKind(stay.kind), loading.known(group)
        commitments.wait_for([stay.facilitator.id])
        assign(on, stay.facilitator.id, kind=kind, days=added, today=today, by=by)
    else:
        end_after(stay.rows, last, reason=reason, by=by)


def cancel(stay: Stay, *, reason: str, today: date, by: Actor) -> None:
    """Take a stay back that has not begun, with a reason."""
    reasons = list(reasons_against_cancelling(stay.days, today=today))
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why it is cancelled.", field="reason"))
    if reasons:
        raise Refused(*reasons)
    end_after(stay.rows, day_before(stay.days.first), reason=reason, by=by)


def end_after(rows: Sequence[Assignment], last: date, *, reason: str, by: Actor) -> None:
    """End the spells after the day: those that begin later are cancelled, days up to it stay with their places."""
    places.release(rows, last)
    for row in rows:
        if row.starts_on > last:
            _remove(row, reason, by)
        elif row.ends_on > last:
            before = {key: getattr(row, key) for key in KEPT}
            row.ends_on = last
            record(
                "assignment.ended",
                by=by,
                subject_id=row.group_id,
                staff_id=row.facilitator_id,
                before=before,
                after={"ends_on": last},
                reason=reason,
            )
    db.session.flush()


def _remove(row: Assignment, reason: str, by: Actor) -> None:
    before = {key: getattr(row, key) for key in (*KEPT, "kind")}
    db.session.delete(row)
    record(
        "assignment.cancelled",
        by=by,
        subject_id=row.group_id,
        staff_id=row.facilitator_id,
        before=before,
        reason=reason,
    )
