"""Ends what a withdrawal touches, from the last link of the chain up: places, assignments, supervisions, rights."""

from datetime import date

from selection.authorisation.places import release_places
from selection.authorisation.plan import Plan
from selection.core.db import db
from selection.models.authorisations import Authorisation
from selection.models.groups import Assignment, Group, Supervision
from selection.rules.roles import Actor
from selection.rules.supervision import GroupState
from selection.rules.validity import day_before
from selection.rules.words import day_in_words
from selection.trail.record import record


def end_all(plan: Plan, reason: str, by: Actor) -> None:
    """End what the plan lists, in the transaction of the decision; groups without a supervisor are halted.

    The reason stands with what ends of the person's. A group, and whoever else was on it, is told that they no longer
    act on it, and not why.
    """
    last, said = plan.last, said_to_groups(plan)
    release_places(plan.places)
    for assignment in plan.assignments:
        end_assignment(assignment, last, said, by)
    db.session.flush()
    for group in {link.group for link in plan.supervisions}:
        first = min(link.starts_on for link in plan.supervisions if link.group is group)
        _halt(group, max(last, day_before(first)), said, by)
    for link in sorted(plan.supervisions, key=lambda one: one.starts_on, reverse=True):
        _end_supervision(link, last, said, by)
    db.session.flush()
    for right in plan.authorisations:
        _shorten(right, last, reason, by)
    db.session.flush()


def said_to_groups(plan: Plan) -> str:
    """Return what the groups touched say of the decision: who no longer acts on them, and not for what reason."""
    return said_of(plan.authorisations[0].staff.name if plan.authorisations else "Somebody", plan.from_day)


def said_of(name: str, from_day: date) -> str:
    """Return what is said of somebody who no longer acts on groups from a day on."""
    return f"{name} no longer acts on the group from {day_in_words(from_day)}."


def end_assignment(row: Assignment, last: date, reason: str, by: Actor) -> None:
    """End a spell with the day, or cancel it where it would begin later; its later places were let go of before."""
    values = {key: getattr(row, key) for key in ("facilitator_id", "supervisor_id", "starts_on", "ends_on", "group_id")}
    if row.starts_on > last:
        db.session.delete(row)
        event, after = "assignment.cancelled", None
    else:
        row.ends_on = last
        event, after = "assignment.ended", {"ends_on": last}
    record(
        event, by=by, subject_id=row.group_id, staff_id=row.facilitator_id, before=values, after=after, reason=reason
    )


def _halt(group: Group, last: date, reason: str, by: Actor) -> None:
    before = {"state": group.state, "supervised_to": group.supervised_to}
    group.state = GroupState.HALTED
    group.halted_reason = reason.strip()
    if group.supervised_from is not None and last < group.supervised_from:
        group.supervised_from = group.supervised_to = None
    else:
        group.supervised_to = last
    after = {"state": group.state, "supervised_to": group.supervised_to}
    record("group.halted", by=by, subject_id=group.id, before=before, after=after, reason=reason)


def _end_supervision(row: Supervision, last: date, reason: str, by: Actor) -> None:
    values = {key: getattr(row, key) for key in ("supervisor_id", "role", "starts_on", "ends_on", "group_id")}
    if row.starts_on > last:
        db.session.delete(row)
    else:
        row.ends_on = last
    record(
        "supervision.ended",
        by=by,
        subject_id=row.group_id,
        staff_id=row.supervisor_id,
        before=values,
        after={"ends_on": last},
        reason=reason,
    )


def _shorten(right: Authorisation, last: date, reason: str, by: Actor) -> None:
    before = right.valid_to
    right.valid_to = last
    record(
        "authorisation.shortened",
        by=by,
        subject_id=right.id,
        staff_id=right.staff_id,
        before={"role": right.role, "programme_id": right.programme_id, "valid_to": before},
        after={"valid_to": last},
        reason=reason,
    )
