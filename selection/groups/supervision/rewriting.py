"""A group's days, chain and assignments, rewritten: they move together or not at all.

Keys between the links are checked at commit, but CHECKs and windows at once. So whatever leans on a link lets go of
the days that the link loses before the link does, and takes up days again once the link that covers them is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selection.authorisation import places
from selection.core import clock
from selection.core.db import db
from selection.groups.loading import days_of
from selection.groups.supervision.chain import Wanted
from selection.models.groups import Assignment, Group, Supervision
from selection.rules.roles import Actor
from selection.rules.supervision import GroupState
from selection.rules.validity import Span, without
from selection.trail.record import record

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Days of a spell that pass to a link other than the one it stands on."""

    spell: Assignment
    before: Values
    link: Wanted
    days: Span


@dataclass(frozen=True, slots=True)
class Notes:
    """What goes on the trail at the end, so that it is sent in one."""

    group: Group
    reason: str
    by: Actor
    taken: list[dict[str, Any]] = field(default_factory=list)

    def take(self, event: str, staff_id: int, *, before: Values | None = None, after: Values | None = None) -> None:
        """Note an event about somebody's place on the group."""
        self.taken.append({"event": event, "staff_id": staff_id, "before": before, "after": after})

    def write(self) -> None:
        """Put everything that was noted on the trail."""
        for note in self.taken:
            record(**note, by=self.by, subject_id=self.group.id, reason=self.reason)


def rewrite(group: Group, chain: Sequence[Wanted], *, days: Span, reason: str, by: Actor) -> None:
    """Give the group these days and this chain, and let its assignments follow; open it if each day has a supervisor.

    The chain is one that the rules allow: in order, without a hole, on authorisations that cover it.
    """
    notes = Notes(group, reason.strip(), by)
    lifted = places.lift(_days_kept(group, chain))
    parts = _let_go(group, chain, notes)
    _drop_links(group, chain, notes)
    _move_links(chain, notes)
    rows = _add_links(group, chain, notes)
    _settle(group, chain, days)
    taken_up = [_take_up(part, rows[chain.index(part.link)], notes) for part in parts]
    notes.write()
    db.session.flush()
    places.put_back(lifted, taken_up)


def _days_kept(group: Group, chain: Sequence[Wanted]) -> dict[int, Span | None]:
    """Return, for each spell that does not stay whole, by id, the days that it keeps, or None if it goes."""
    own = {link.row.id: link for link in chain if link.row is not None}
    kept: dict[int, Span | None] = {}
    for spell in group.assignments:
        link = own.get(spell.supervision_id)
        days = days_of(spell).shared_with(link.days) if link is not None else None
        if days != days_of(spell):
            kept[spell.id] = None if days is None or days.is_empty else days
    return kept


def _let_go(group: Group, chain: Sequence[Wanted], notes: Notes) -> list[Part]:
    """Take from every spell the days that its link loses; return those that another link takes up."""
    parts: list[Part] = []
    for spell in group.assignments:
        shared = {link: days_of(spell).shared_with(link.days) for link in chain}
        met = {link: days for link, days in shared.items() if not days.is_empty}
        own = next((link for link in met if link.row is not None and link.row.id == spell.supervision_id), None)
        if own is not None and met[own] == days_of(spell):
            continue
        before = {key: getattr(spell, key) for key in ("facilitator_id", "supervisor_id", "starts_on", "ends_on")}
        _note_days_lost(spell, list(met.values()), before, notes)
        parts += [
            Part(spell=spell, before=before, link=link, days=days) for link, days in met.items() if link is not own
        ]
        if own is None:
            db.session.delete(spell)
        else:
            spell.starts_on, spell.ends_on = met[own].first, met[own].last
    db.session.flush()
    return parts


def _note_days_lost(spell: Assignment, kept: Sequence[Span], before: Values, notes: Notes) -> None:
    """Note the days of a spell that nobody's link covers any more."""
    if not kept:
        notes.take("assignment.cancelled", spell.facilitator_id, before=before)
    elif without(days_of(spell), kept):
        after = {"starts_on": kept[0].first, "ends_on": kept[-1].last}
        notes.take("assignment.ended", spell.facilitator_id, before=before, after=after)


def _drop_links(group: Group, chain: Sequence[Wanted], notes: Notes) -> None:
    kept = {link.row.id for link in chain if link.row is not None}
    for row in group.supervisions:
        if row.id not in kept:
            before = {key: getattr(row, key) for key in ("supervisor_id", "role", "starts_on", "ends_on")}
            notes.take("supervision.ended", row.supervisor_id, before=before)
            db.session.delete(row)
    db.session.flush()


def _move_links(chain: Sequence[Wanted], notes: Notes) -> None:
    for number, link in enumerate(chain):
        row = link.row
        if row is None:
            continue
        if days_of(row) != link.days:
            notes.take(
                "supervision.changed",
                row.supervisor_id,
                before={"starts_on": row.starts_on, "ends_on": row.ends_on},
                after={"starts_on": link.days.first, "ends_on": link.days.last},
            )
        row.starts_on, row.ends_on = link.days.first, link.days.last
        row.follows_on = chain[number - 1].days.last if number else None
    db.session.flush()


def _add_links(group: Group, chain: Sequence[Wanted], notes: Notes) -> list[Supervision]:
    """Add the rows that are not there yet; return the row of every link, in order."""
    rows = []
    for number, link in enumerate(chain):
        row = link.row or Supervision(
            group_id=group.id,
            programme_id=group.programme_id,
            supervisor_id=link.supervisor_id,
            role=link.role,
            starts_on=link.days.first,
            ends_on=link.days.last,
            follows_on=chain[number - 1].days.last if number else None,
            deputises_for_id=link.deputises_for_id,
            authorisation_id=link.right.id,
            authorisation_from=link.right.days.first,
            authorisation_to=link.right.days.last,
        )
        rows.append(row)
        if link.row is None:
            db.session.add(row)
            values = {key: getattr(row, key) for key in ("supervisor_id", "role", "starts_on", "ends_on")}
            if link.deputises_for_id is not None:
                values["deputises_for_id"] = link.deputises_for_id
            notes.take("supervision.named", link.supervisor_id, after=values)
    db.session.flush()
    return rows


def _settle(group: Group, chain: Sequence[Wanted], days: Span) -> None:
    """Tie the group to its chain; one that waited for supervisors is open once each of its days has one."""
    group.starts_on, group.ends_on = days.first, days.last
    group.supervised_from = chain[0].days.first if chain else None
    group.supervised_to = chain[-1].days.last if chain else None
    whole = (group.supervised_from, group.supervised_to) == (days.first, days.last)
    if whole and group.state in {GroupState.PLANNED, GroupState.HALTED}:
        group.state, group.halted_reason = GroupState.OPEN, ""


def _take_up(part: Part, link: Supervision, notes: Notes) -> Assignment:
    old = part.spell
    values = {
        "facilitator_id": old.facilitator_id,
        "supervisor_id": link.supervisor_id,
        "starts_on": part.days.first,
        "ends_on": part.days.last,
    }
    row = Assignment(
        **values,
        group_id=old.group_id,
        programme_id=old.programme_id,
        kind=old.kind,
        authorisation_id=old.authorisation_id,
        authorisation_from=old.authorisation_from,
        authorisation_to=old.authorisation_to,
        supervision_id=link.id,
        supervision_from=link.starts_on,
        supervision_to=link.ends_on,
        practice_id=old.practice_id,
        practice_from=old.practice_from,
        practice_to=old.practice_to,
        made_at=clock.now(),
        made_by_id=notes.by.account_id,
    )
    db.session.add(row)
    notes.take("assignment.changed", old.facilitator_id, before=part.before, after=values)
    return row
