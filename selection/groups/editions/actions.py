"""The verb by which a group passes to the newest edition of its programme: its rules and its schedule, or neither."""

from dataclasses import dataclass, replace
from datetime import date

from selection.core.db import db
from selection.core.errors import Refused
from selection.groups.sessions.actions import Layout, lay_out, reasons_against_layout, shifts_of
from selection.groups.sessions.diary import Diary, module_plan
from selection.models.programmes import Edition
from selection.prescribed.editions import terms_of
from selection.rules.editions import Change, changes
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.schedule import Shift
from selection.rules.supervision import GroupState
from selection.trail.record import record


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What moving a group to an edition would do: to its rules, and to each of its sessions."""

    to: Edition
    changes: tuple[Change, ...]
    layout: Layout | None
    shifts: tuple[Shift, ...]
    reasons: tuple[Reason, ...]


def preview(known: Diary, to: Edition, *, fit: bool, without: bool, today: date) -> Preview:
    """Return what moving would do, with every reason against it; changes nothing.

    A group with a schedule keeps its weekly times and those of its modules that the edition has, as the edition has
    them. What is over stays; an edition that leaves no place for what was delivered is refused by that.
    """
    layout = _layout(known, to, fit=fit, without=without, today=today)
    reasons = list(_against(known, to))
    shifts: tuple[Shift, ...] = ()
    if layout is not None and not reasons:
        try:
            shifts = shifts_of(known, layout)
            reasons += reasons_against_layout(known, shifts, layout)
        except Refused as refusal:
            reasons += refusal.reasons
    return Preview(
        to=to,
        changes=changes(terms_of(known.group.edition), terms_of(to)),
        layout=layout,
        shifts=tuple(one for one in shifts if one.changes),
        reasons=tuple(replace(one, field=None) for one in reasons),
    )


def _against(known: Diary, to: Edition) -> tuple[Reason, ...]:
    if known.group.state == GroupState.CLOSED:
        message = "The group is closed."
        return (Reason(code="group.closed", message=message, remedy="A closed group stays as it was."),)
    if to.id == known.group.edition_id:
        return (Reason(code="edition.same", message="The group runs under the newest edition already."),)
    return ()


def _layout(known: Diary, to: Edition, *, fit: bool, without: bool, today: date) -> Layout | None:
    if known.schedule is None:
        return None
    is_open = {one.module_id: one.is_open for one in known.modules}
    modules = (module_plan(one, is_open=is_open[one.module_id]) for one in to.modules if one.module_id in is_open)
    first = max(today, known.group.starts_on)
    return Layout(modules=tuple(modules), slots=known.slots, nation=known.nation, first=first, fit=fit, without=without)


def move(known: Diary, decided: Preview, *, why: str, today: date, by: Actor) -> None:
    """Let the group run under the edition that was previewed, with its schedule laid out anew; raises Refused.

    The group is one that `loading.to_change` returned, and the diary and the preview were made after it.
    """
    reasons = list(decided.reasons)
    if not why.strip():
        reasons.append(Reason(code="edition.reason", message="Say why the group is moved.", field="reason"))
    if reasons:
        raise Refused(*reasons)
    group, was = known.group, known.group.edition.number
    group.edition = decided.to
    group.edition_id = decided.to.id
    db.session.flush()
    record(
        "group.edition_changed",
        by=by,
        subject_id=group.id,
        before={"edition": was},
        after={"edition": decided.to.number},
        reason=why.strip(),
    )
    if decided.layout:
        lay_out(known, decided.layout, today=today, by=by)
