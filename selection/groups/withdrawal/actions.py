"""One decision about a person and all that it touches: stand-ins take over, the rest ends, or nothing is done.

Whoever stands in as supervisor takes over first, so that the group is never without one and its team stays; then the
decision ends what still leans on the person; then facilitators are assigned to the days that became free.
"""

from collections.abc import Callable, Sequence
from datetime import date

from selection.authorisation import commitments
from selection.authorisation.ending import said_to_groups
from selection.authorisation.plan import Plan
from selection.core.db import db
from selection.core.errors import Refused
from selection.groups import loading
from selection.groups.assignments.actions import assign
from selection.groups.supervision.actions import supervise
from selection.groups.withdrawal import telling
from selection.groups.withdrawal.gaps import StandIn
from selection.models.groups import Group
from selection.notices.queue import queue_all
from selection.rules.reasons import Reason
from selection.rules.roles import Actor

PLAN_CHANGED = Reason(
    code="plan.changed",
    message="What this touches is different from what you saw.",
    remedy="Read the list below once more, then confirm.",
)


def carry_out(
    seen: Plan,
    plan: Callable[[], Plan],
    decide: Callable[[Plan], object],
    stand_ins: Sequence[StandIn],
    *,
    today: date,
    by: Actor,
) -> None:
    """Carry the decision out with its stand-ins; raises Refused, and then nothing of it may be committed.

    `seen` is what was confirmed, with its groups locked by `loading.for_decision`; `decide` ends that. Where somebody
    stands in as supervisor, spells have passed to them, and `plan` gives what is left. Whatever else comes to lean on
    the person meanwhile is no part of it: the keys then refuse the decision.
    """
    why, letters = said_to_groups(seen), telling.of_facilitators(stand_ins)
    group_ids = {one.gap.key: one.gap.group.id for one in stand_ins}
    if stand_ins:
        leaving = [right.staff_id for right in seen.authorisations]
        commitments.wait_for([*leaving, *(one.who.staff_id for one in stand_ins)])
    for one in stand_ins:
        if one.gap.is_supervision:
            supervise(
                _group_now(group_ids[one.gap.key]),
                one.who.staff_id,
                role=one.who.role,
                days=one.gap.days,
                reason=why,
                today=today,
                by=by,
            )
            db.session.flush()
            db.session.expire_all()
    left = plan() if any(one.gap.is_supervision for one in stand_ins) else seen
    if not {group.id for group in left.groups} <= {group.id for group in seen.groups}:
        raise Refused(PLAN_CHANGED)
    decide(left)
    db.session.flush()
    for one in stand_ins:
        if one.gap.kind is not None:
            group = loading.known(_group_now(group_ids[one.gap.key]))
            assign(group, one.who.staff_id, kind=one.gap.kind, days=one.gap.days, today=today, by=by)
            db.session.expire_all()
    queue_all(letters)


def _group_now(group_id: int) -> Group:
    """Return the group as it is now that more was written."""
    return loading.for_decision([group_id], to_write=False)[group_id]
